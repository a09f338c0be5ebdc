//! The answers to a question, and the choices that it offers, on each CPython: all of it from
//! the record.

use sha2::{Digest, Sha256};
use verify::record::{OutputGroup, text_for};
use verify::run::Run;
use verify::{Record, Tag};

use super::questions::Question;

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// In a bound expression.
    Value(&'a str),
    /// In a line of what a cell printed: from 1, or from -1 at the end.
    Line(&'a str, isize),
}

impl Source<'_> {
    /// What it is in `record`, each text once.
    pub(crate) fn recorded(self, record: &Record) -> Vec<OutputGroup> {
        match self {
            Source::Value(expression) => {
                let value = record.value(expression);
                grouped(
                    value
                        .iter()
                        .flat_map(|value| &value.was)
                        .map(|shared| (shared.tags.as_slice(), shared.text.trim().to_owned())),
                )
            }
            Source::Line(name, line) => {
                let cell = record.cell(name);
                let printed = cell.iter().flat_map(|cell| &cell.printed);
                grouped(printed.filter_map(|shared| {
                    Some((shared.tags.as_slice(), nth_line(&shared.text, line)?.to_owned()))
                }))
            }
        }
    }

    /// What it was in `run`.
    fn of_run(self, run: &Run) -> Option<String> {
        match self {
            Source::Value(expression) => Some(run.values.get(expression)?.text.trim().to_owned()),
            Source::Line(name, line) => nth_line(run.printed.get(name)?, line).map(str::to_owned),
        }
    }
}

impl Question {
    /// Where its answer stands: one place, or one for each row of its table.
    pub(crate) fn sources(&self) -> Vec<Source<'_>> {
        let value = self.answer.iter().map(|answer| Source::Value(answer));
        let line = self.cell.as_deref().zip(self.printed_line);
        let line = line.map(|(cell, line)| Source::Line(cell, line));
        let rows = self.row.iter().map(|row| Source::Value(&row.answer));
        value.chain(line).chain(rows).collect()
    }

    /// What answers it on each tag that has all of it; the rows of a table are a line each.
    pub(crate) fn keys(&self, record: &Record) -> Vec<OutputGroup> {
        let sources: Vec<_> = self.sources().iter().map(|it| it.recorded(record)).collect();
        let key = |tag: Tag| {
            let texts: Option<Vec<&str>> = sources.iter().map(|was| text_for(was, tag)).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join("\n"))
        };
        let tags = record.tags();
        let keys: Vec<([Tag; 1], String)> =
            tags.into_iter().filter_map(|tag| Some(([tag], key(tag)?))).collect();
        grouped(keys.iter().map(|(tag, text)| (tag.as_slice(), text.clone())))
    }

    /// What answers it in `run`.
    pub(crate) fn key_of(&self, run: &Run) -> Option<String> {
        let texts: Option<Vec<String>> =
            self.sources().iter().map(|source| source.of_run(run)).collect();
        texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join("\n"))
    }

    /// What can be chosen, or typed and is then explained, in an order that tells nothing:
    /// numbers ascend, all else stands by a hash. Of a table there is none.
    pub(crate) fn choices(&self, record: &Record) -> Vec<Choice<'_>> {
        let answers = if self.row.is_empty() { self.keys(record) } else { Vec::new() };
        let tags: Vec<Tag> = answers.iter().flat_map(|shared| shared.tags.clone()).collect();
        let Some(newest) = Tag::newest(&tags) else { return Vec::new() };
        let mut choices: Vec<Choice<'_>> = Vec::new();
        for answer in &answers {
            let row = self.otherwise.iter().find(|row| answer.tags.contains(&row.on));
            let (line, says, why) = match row {
                _ if answer.tags.contains(&newest) => (self.line, &self.says, self.why.as_deref()),
                Some(row) => (row.line, &row.says, Some(row.why.as_str())),
                None => (self.line, &None, None),
            };
            let (reads, right_on) = (vec![answer.clone()], answer.tags.clone());
            choices.push(Choice { line, reads, right_on, says: says.as_deref(), why });
        }
        for wrong in &self.wrong {
            let reads = match (&wrong.is, &wrong.text) {
                (Some(is), _) => Source::Value(is).recorded(record),
                (None, text) => {
                    let text = text.as_deref().unwrap_or_default().trim().to_owned();
                    vec![OutputGroup { tags: tags.clone(), text }]
                }
            };
            let (says, why) = (wrong.says.as_deref(), Some(wrong.why.as_str()));
            choices.push(Choice { line: wrong.line, reads, right_on: Vec::new(), says, why });
        }
        choices.retain(|choice| !choice.reads.is_empty());
        let first = |choice: &Choice<'_>| choice.on(newest).unwrap_or_default().to_owned();
        let number = |choice: &Choice<'_>| first(choice).parse::<f64>().ok();
        if choices.iter().all(|choice| number(choice).is_some_and(f64::is_finite)) {
            choices.sort_by(|one, other| number(one).partial_cmp(&number(other)).expect("finite"));
        } else {
            choices
                .sort_by_cached_key(|it| Sha256::digest(format!("{}\n{}", self.name, first(it))));
        }
        choices
    }
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice<'a> {
    /// The line of the row that has it.
    pub(crate) line: usize,
    /// How it reads, on the tags that have it.
    pub(crate) reads: Vec<OutputGroup>,
    /// The tags on which it is right.
    pub(crate) right_on: Vec<Tag>,
    /// The reason one would give for it.
    pub(crate) says: Option<&'a str>,
    /// Why it is right, or not; `None` of an answer of which its author says nothing.
    pub(crate) why: Option<&'a str>,
}

impl Choice<'_> {
    /// How it reads on `tag`: as on the newest release that has it, where this one has not.
    pub(crate) fn on(&self, tag: Tag) -> Option<&str> {
        let tags: Vec<Tag> = self.reads.iter().flat_map(|shared| shared.tags.clone()).collect();
        text_for(&self.reads, tag).or_else(|| text_for(&self.reads, Tag::newest(&tags)?))
    }
}

/// The line of `text` that `number` counts, if something stands there: from 1, or from -1 at the
/// end.
fn nth_line(text: &str, number: isize) -> Option<&str> {
    let mut lines = text.trim_end_matches('\n').lines();
    let at = number.unsigned_abs().checked_sub(1)?;
    let line = if number > 0 { lines.nth(at) } else { lines.nth_back(at) };
    line.map(str::trim).filter(|line| !line.is_empty())
}

/// Texts and the tags that share them, each text once.
fn grouped<'a>(texts: impl Iterator<Item = (&'a [Tag], String)>) -> Vec<OutputGroup> {
    let mut groups: Vec<OutputGroup> = Vec::new();
    for (tags, text) in texts {
        match groups.iter_mut().find(|known| known.text == text) {
            Some(known) => known.tags.extend(tags),
            None => groups.push(OutputGroup { tags: tags.to_vec(), text }),
        }
    }
    groups.iter_mut().for_each(|group| group.tags.sort());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_counted_from_either_end() {
        for (number, line) in [
            (1, Some("a")),
            (3, Some("c")),
            (-1, Some("c")),
            (-3, Some("a")),
            (4, None),
            (0, None),
            (-4, None),
        ] {
            assert_eq!(nth_line("a\n b \nc\n", number), line, "{number}");
        }
        assert_eq!(nth_line("a\n b \n", 2), Some("b"));
        assert_eq!(nth_line("", 1), None);
        assert_eq!(nth_line("a\n\nb\n", 2), None);
    }
}
