//! What `check` and `regen` print.

use std::collections::{BTreeMap, BTreeSet};

use verify::compare::Subject;
use verify::cpython::{self, tag};
use verify::interpreter::Interpreter;
use verify::problem::merge;
use verify::record::{OutputGroup, text_for};
use verify::run::Missing;
use verify::{Lesson, Problem, Problems, Record, Tag, message::diff};

use crate::message;
use crate::read::index::Index;
use crate::read::questions::Questions;

/// How a lesson stands on a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Run, and as recorded.
    Agrees,
    /// Run, and not as recorded.
    Differs,
    /// Could not be run to its end.
    Failed,
    /// Run, and there is no column.
    New,
    /// Recorded, and not run here.
    NotChecked,
    /// Recorded from another lesson than this, and not run here.
    Stale,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            State::Agrees => "ok",
            State::Differs => "differs",
            State::Failed => "failed",
            State::New => "new",
            State::NotChecked => "-",
            State::Stale => "stale",
        }
    }
}

/// Lesson by tag.
#[derive(Debug, Default)]
pub(crate) struct Table {
    states: BTreeMap<(String, Tag), State>,
}

impl Table {
    pub(crate) fn new() -> Table {
        Table::default()
    }

    pub(crate) fn set(&mut self, topic: &str, tag: Tag, state: State) {
        self.states.insert((topic.to_owned(), tag), state);
    }

    fn tags(&self) -> BTreeSet<Tag> {
        self.states.keys().map(|(_, tag)| *tag).collect()
    }

    fn count(&self, state: State) -> usize {
        self.states.values().filter(|known| **known == state).count()
    }

    /// The table as text: a row a lesson, a column a tag.
    fn text(&self) -> String {
        let topics: BTreeSet<&str> = self.states.keys().map(|(topic, _)| topic.as_str()).collect();
        let first = topics.iter().map(|topic| topic.len()).max().unwrap_or(0);
        let mut text = " ".repeat(first);
        for tag in self.tags() {
            text.push_str(&format!("  {:<7}", tag.to_string()));
        }
        for topic in topics {
            text = text.trim_end().to_owned() + &format!("\n{topic:<first$}");
            for tag in self.tags() {
                let state = self.states.get(&(topic.to_owned(), tag));
                text.push_str(&format!("  {:<7}", state.map_or("", |state| state.word())));
            }
        }
        text.trim_end().to_owned()
    }
}

/// The table, every problem, and one line that sums up.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
///
/// `not_live` is what the pages' CPython misses, where it was left out for that.
pub(crate) fn check(
    table: &Table,
    interpreters: &BTreeMap<Tag, Interpreter>,
    not_live: Option<&Problem>,
    found: &Problems,
) {
    println!("{}", table.text());
    let skipped: Vec<String> = table
        .tags()
        .iter()
        .filter(|tag| !interpreters.contains_key(tag))
        .map(Tag::to_string)
        .collect();
    if !skipped.is_empty() {
        println!(
            "not checked, because no interpreter was found or asked for: {}",
            skipped.join(", ")
        );
    }
    if let Some(problem) = not_live.filter(|_| skipped.contains(&cpython::pyodide().to_string())) {
        println!("{}", message::not_live(problem));
    }
    if table.count(State::Stale) > 0 {
        println!(
            "a stale column was recorded before its lesson changed; `cargo course regen` with its interpreter renews it"
        );
    }
    problems(found);
    println!(
        "{} agree, {} differ, {} failed; {} problems",
        table.count(State::Agrees),
        table.count(State::Differs) + table.count(State::New),
        table.count(State::Failed),
        merge(found.clone()).len()
    );
}

/// A cell that this machine could not run, and whose record is kept.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn not_run(topic: &str, cell: &str, missing: &Missing, tags: &[Tag]) {
    let said = verify::message::not_run(topic, cell, &missing.why());
    // A command is missing everywhere; a package perhaps for one CPython.
    match missing {
        Missing::Command(_) => println!("{said}"),
        Missing::Package { .. } => println!("{said}: {}", tag::ranges(tags, tags)),
    }
}

/// Every problem, on standard error.
pub(crate) fn problems(problems: &Problems) {
    if !problems.is_empty() {
        eprintln!("\n{}\n", message::all(problems));
    }
}

/// What `regen` changed in one record: old and new by tag, and the chapter lines that show it.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn regen(lesson: &Lesson, old: &Record, new: &Record, written: bool, index: &Index) {
    let topic = &lesson.topic;
    if !written {
        println!("{topic}: nothing changed");
        return;
    }
    println!("{topic}: wrote {}", lesson.record_path().display());
    for (tag, column) in &new.ran {
        match old.ran.get(tag) {
            None => println!("  {tag}: new column, CPython {}", column.python),
            Some(before) if before.python != column.python => {
                println!("  {tag}: CPython {} → {}", before.python, column.python);
            }
            Some(_) => {}
        }
    }
    let cells: BTreeSet<&str> =
        old.cells.iter().chain(&new.cells).map(|cell| cell.name.as_str()).collect();
    for name in cells {
        let texts = |record: &Record| {
            record.cell(name).map(|cell| cell.printed.clone()).unwrap_or_default()
        };
        change(topic, &Subject::Cell(name.to_owned()), &texts(old), &texts(new), old, index);
    }
    let values: BTreeSet<&str> =
        old.values.iter().chain(&new.values).map(|value| value.expression.as_str()).collect();
    for expression in values {
        let texts = |record: &Record| {
            record.value(expression).map(|value| value.was.clone()).unwrap_or_default()
        };
        change(topic, &Subject::Value(expression.to_owned()), &texts(old), &texts(new), old, index);
    }
}

/// The questions whose answers are others than before, on the tags that had one.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn moved(questions: &Questions, old: &Record, new: &Record) {
    for question in &questions.all {
        let (was, is) = (question.keys(old), question.keys(new));
        let mut moves: BTreeMap<(&str, &str), Vec<Tag>> = BTreeMap::new();
        for tag in old.tags() {
            if let (Some(was), Some(is)) = (text_for(&was, tag), text_for(&is, tag))
                && was != is
            {
                moves.entry((was, is)).or_default().push(tag);
            }
        }
        for ((was, is), tags) in moves {
            let place = questions.place(question.line);
            let tags = tag::ranges(&tags, &old.tags());
            println!("{}", message::answer_moves(&place, &question.name, was, is, &tags));
        }
    }
}

/// One cell's or value's changes, equal ones of several tags told once. Tags that were not
/// recorded before are new columns, and told as such.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
fn change(
    topic: &str,
    subject: &Subject,
    old: &[OutputGroup],
    new: &[OutputGroup],
    before: &Record,
    index: &Index,
) {
    let mut changes: BTreeMap<(Option<&str>, Option<&str>), Vec<String>> = BTreeMap::new();
    for tag in before.tags() {
        let (was, is) = (text_for(old, tag), text_for(new, tag));
        if was != is {
            changes.entry((was, is)).or_default().push(tag.to_string());
        }
    }
    if changes.is_empty() {
        return;
    }
    let (kind, name) = match subject {
        Subject::Cell(name) => ("cell", name),
        Subject::Value(expression) => ("value", expression),
    };
    let shown: Vec<String> = index.places(topic, subject).iter().map(ToString::to_string).collect();
    let shown =
        if shown.is_empty() { String::new() } else { format!(", shown at {}", shown.join(", ")) };
    println!("  {kind} `{name}`{shown}");
    for ((was, is), tags) in changes {
        println!("    {}:", tags.join(", "));
        let text = match (was, is) {
            (None, Some(is)) => format!("new\n{is}"),
            (Some(_), None) => "gone".to_owned(),
            (was, is) => diff(was.unwrap_or_default(), is.unwrap_or_default()),
        };
        text.lines().for_each(|line| println!("      {line}"));
    }
}
