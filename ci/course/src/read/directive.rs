//! `{{#cell tuple:reverse}}` and its kin: what a chapter asks to be put in its place.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use verify::{Place, Problem, Problems, Tag};

use super::clinic::Verdict;
use super::markdown::{self, Parts};
use crate::message;

/// One directive and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    /// What it asks for.
    pub(crate) kind: Kind,
    /// Its bytes in the chapter.
    pub(crate) range: Range<usize>,
    /// Its line, counted from 1.
    pub(crate) line: usize,
}

/// What a directive asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A part of a lesson's file: `tuple/src/raw.rs:reverse_tuple`.
    Listing { topic: String, file: String, anchor: Option<String> },
    /// A cell and what it printed.
    Cell { topic: String, name: String },
    /// A cell, and what it printed once the reader has guessed.
    Predict { topic: String, name: String },
    /// All edge cases of a lesson, folded.
    Edges { topic: String },
    /// A bound expression, in the text.
    Value { topic: String, expression: String, on: Option<Tag>, as_word: bool },
    /// A wrong function as its difference from the right one.
    Diff { topic: String, function: String },
    /// What must not compile, and what the compiler said.
    Refused { topic: String, name: String },
    /// Who owns what: `tuple.dot` beside the chapter.
    Picture { topic: String },
    /// The bugs of all lessons with this verdict.
    Clinic { verdict: Verdict },
    /// The lecture's cells and claims: `notebook.toml` beside the chapter.
    Notebook { claims: bool },
}

/// The directives there are.
pub(crate) const NAMES: [&str; 10] = [
    "listing", "cell", "edges", "value", "predict", "diff", "refused", "picture", "clinic",
    "notebook",
];

static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\\?\{\{\s*#([^}\s]*)(.*?)\}\}").expect("compiles"));

/// What begins a directive, whether it ends or not.
static OPENED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\?\{\{\s*#").expect("compiles"));

impl Kind {
    /// The lesson it is about; empty where it is about all of them.
    pub(crate) fn topic(&self) -> &str {
        match self {
            Kind::Listing { topic, .. }
            | Kind::Cell { topic, .. }
            | Kind::Predict { topic, .. }
            | Kind::Edges { topic }
            | Kind::Value { topic, .. }
            | Kind::Diff { topic, .. }
            | Kind::Refused { topic, .. }
            | Kind::Picture { topic } => topic,
            Kind::Clinic { .. } | Kind::Notebook { .. } => "",
        }
    }

    /// Whether it stands in a line of text; all others stand on lines of their own.
    pub(crate) fn is_inline(&self) -> bool {
        matches!(self, Kind::Value { .. })
    }
}

/// Finds the directives of `chapter` outside its code; `\{{#…}}` is none.
pub(crate) fn find(path: &Path, chapter: &str, parts: &Parts) -> (Vec<Directive>, Problems) {
    let mut directives = Vec::new();
    let mut problems = Problems::new();
    let mut opened: Vec<usize> = Vec::new();
    for found in DIRECTIVE.captures_iter(chapter) {
        let range = found.get(0).expect("the match itself").range();
        opened.push(range.start);
        if parts.is_code(range.start)
            || parts.is_comment(chapter, range.start)
            || found[0].starts_with('\\')
        {
            continue;
        }
        let line = markdown::line_of(chapter, range.start);
        let place = Place::line(path, line);
        match parse(&found[1], found[2].trim(), &place) {
            Ok(kind) if !kind.is_inline() && !is_alone(chapter, &range) => {
                problems.push(message::directive_not_alone(place, &found[0]));
            }
            Ok(kind) => directives.push(Directive { kind, range, line }),
            Err(problem) => problems.push(problem),
        }
    }
    for start in OPENED.find_iter(chapter) {
        if !opened.contains(&start.start()) && !parts.is_code(start.start()) {
            let line = markdown::line_of(chapter, start.start());
            problems.push(message::directive_not_closed(Place::line(path, line)));
        }
    }
    (directives, problems)
}

fn is_alone(chapter: &str, range: &Range<usize>) -> bool {
    let before = chapter[..range.start].rsplit('\n').next().unwrap_or_default();
    let after = chapter[range.end..].split('\n').next().unwrap_or_default();
    before.is_empty() && after.trim_end().is_empty()
}

fn parse(name: &str, rest: &str, place: &Place) -> Result<Kind, Problem> {
    if !NAMES.contains(&name) {
        return Err(message::unknown_directive(place.clone(), name, &NAMES));
    }
    let bad = || message::bad_directive(place.clone(), name);
    if name == "edges" || name == "picture" {
        let topic = is_word(rest).then(|| rest.to_owned()).ok_or_else(bad)?;
        return Ok(if name == "edges" { Kind::Edges { topic } } else { Kind::Picture { topic } });
    }
    if name == "clinic" {
        let verdict = Verdict::from_word(rest).ok_or_else(bad)?;
        return Ok(Kind::Clinic { verdict });
    }
    if name == "notebook" {
        let claims = rest == "claims";
        return (claims || rest == "cells").then_some(Kind::Notebook { claims }).ok_or_else(bad);
    }
    if name == "listing" {
        let (topic, file) = rest.split_once('/').ok_or_else(bad)?;
        let (file, anchor) = match file.split_once(':') {
            Some((file, anchor)) => (file, Some(anchor.to_owned())),
            None => (file, None),
        };
        let inside =
            !file.is_empty() && !file.split('/').any(|part| part == ".." || part.is_empty());
        if !is_word(topic) || !inside || anchor.as_deref().is_some_and(|anchor| !is_word(anchor)) {
            return Err(bad());
        }
        return Ok(Kind::Listing { topic: topic.to_owned(), file: file.to_owned(), anchor });
    }
    let (topic, rest) = rest.split_once(':').ok_or_else(bad)?;
    let (topic, rest) = (topic.to_owned(), rest.trim());
    if name == "value" {
        return value(topic, rest, place);
    }
    if !is_word(&topic) || !is_word(rest) {
        return Err(bad());
    }
    let named = rest.to_owned();
    Ok(match name {
        "cell" => Kind::Cell { topic, name: named },
        "predict" => Kind::Predict { topic, name: named },
        "diff" => Kind::Diff { topic, function: named },
        _ => Kind::Refused { topic, name: named },
    })
}

/// Reads `after - before as=word on=3.11`.
fn value(topic: String, rest: &str, place: &Place) -> Result<Kind, Problem> {
    let bad = || message::bad_directive(place.clone(), "value");
    let (mut expression, mut on, mut as_word) = (rest, None, false);
    while let Some((before, option)) = expression.rsplit_once(char::is_whitespace) {
        if option == "as=word" {
            as_word = true;
        } else if let Some(tag) = option.strip_prefix("on=") {
            on = Some(tag.parse().map_err(|why: String| Problem::at(place.clone(), why))?);
        } else {
            break;
        }
        expression = before.trim_end();
    }
    if expression.is_empty() || !is_word(&topic) {
        return Err(bad());
    }
    Ok(Kind::Value { topic, expression: expression.to_owned(), on, as_word })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chapter: &str) -> (Vec<Directive>, Problems) {
        find(Path::new("book/a.md"), chapter, &markdown::parts(chapter))
    }

    fn kind(chapter: &str) -> Kind {
        let (mut directives, problems) = found(chapter);
        assert!(problems.is_empty(), "{problems:?}");
        directives.remove(0).kind
    }

    fn problem(chapter: &str) -> String {
        found(chapter).1[0].to_string()
    }

    #[test]
    fn each_directive_is_read() {
        let topic = || "tuple".to_owned();
        let name = || "a".to_owned();
        assert_eq!(kind("{{#cell tuple:a}}"), Kind::Cell { topic: topic(), name: name() });
        assert_eq!(kind("{{ #predict tuple:a }}"), Kind::Predict { topic: topic(), name: name() });
        assert_eq!(kind("{{#edges tuple}}"), Kind::Edges { topic: topic() });
        assert_eq!(kind("{{#picture tuple}}"), Kind::Picture { topic: topic() });
        let verdict = Verdict::StillYours;
        assert_eq!(kind("{{#clinic still yours}}"), Kind::Clinic { verdict });
        assert_eq!(kind("{{#notebook cells}}"), Kind::Notebook { claims: false });
        assert_eq!(kind("{{#diff tuple:a}}"), Kind::Diff { topic: topic(), function: name() });
        assert_eq!(kind("{{#refused tuple:a}}"), Kind::Refused { topic: topic(), name: name() });
        let listing =
            |anchor| Kind::Listing { topic: topic(), file: "src/raw.rs".to_owned(), anchor };
        assert_eq!(kind("{{#listing tuple/src/raw.rs:a}}"), listing(Some(name())));
        assert_eq!(kind("{{#listing tuple/src/raw.rs}}"), listing(None));
    }

    #[test]
    fn a_value_is_an_expression_with_options_after_it() {
        let value = |expression: &str, on: Option<&str>, as_word| Kind::Value {
            topic: "tuple".to_owned(),
            expression: expression.to_owned(),
            on: on.map(|tag| tag.parse().unwrap()),
            as_word,
        };
        assert_eq!(kind("x {{#value tuple: b - a}} y"), value("b - a", None, false));
        assert_eq!(kind("{{#value tuple: b as=word on=3.11}}"), value("b", Some("3.11"), true));
        assert_eq!(kind("{{#value tuple: d['on=1']}}"), value("d['on=1']", None, false));
    }

    #[test]
    fn code_and_a_backslash_are_left_alone() {
        assert_eq!(found("<!--\n{{#cell a:b}}\n-->\n").0, []);
        assert_eq!(
            found("`{{#cell a:b}}`\n\n```rust\n{{#cell a:b}}\n```\n\n\\{{#cell a:b}}\n").0,
            []
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert!(
            problem("\n{{#include a.rs}}").starts_with("book/a.md:2: unknown directive `include`")
        );
        assert!(problem("{{#cell tuple}}").contains("`{{#cell"));
        assert!(problem("see {{#cell tuple:a}}").contains("starts a line"));
        assert!(problem("{{#value tuple:\na}}").contains("not closed on its line"));
        assert!(problem("\n{{#cell tuple:a}\n").starts_with("book/a.md:2: "));
        assert!(problem("{{#value tuple: a on=x}}").contains("not a tag"));
        assert!(problem("{{#listing tuple/../raw.rs}}").contains("`{{#listing"));
    }
}
