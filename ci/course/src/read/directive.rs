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

/// One kind of directive: its name, how it is written, and what reads the rest of it: `None`
/// where that is written otherwise, an error with what stands in `on=` and is no tag.
struct Form {
    name: &'static str,
    examples: &'static str,
    read: fn(&str) -> Result<Option<Kind>, String>,
}

/// The directives there are. A name without a reader cannot stand here.
const FORMS: [Form; 10] = [
    Form {
        name: "listing",
        examples: "{{#listing tuple/src/raw.rs:reverse_tuple}}",
        read: listing,
    },
    Form {
        name: "cell",
        examples: "{{#cell tuple:reverse}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Cell { topic, name })),
    },
    Form {
        name: "edges",
        examples: "{{#edges tuple}}",
        read: |rest| Ok(word(rest).map(|topic| Kind::Edges { topic })),
    },
    Form { name: "value", examples: "{{#value tuple: after - before}}", read: value },
    Form {
        name: "predict",
        examples: "{{#predict tuple:reverse}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Predict { topic, name })),
    },
    Form {
        name: "diff",
        examples: "{{#diff tuple:reverse_tuple_leaks_result}}",
        read: |rest| Ok(named(rest, |topic, function| Kind::Diff { topic, function })),
    },
    Form {
        name: "refused",
        examples: "{{#refused tuple:moved}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Refused { topic, name })),
    },
    Form {
        name: "picture",
        examples: "{{#picture tuple}}",
        read: |rest| Ok(word(rest).map(|topic| Kind::Picture { topic })),
    },
    Form {
        name: "clinic",
        examples: "{{#clinic refused}}`, `{{#clinic harmless}}` or `{{#clinic still yours}}",
        read: |rest| Ok(Verdict::from_word(rest).map(|verdict| Kind::Clinic { verdict })),
    },
    Form {
        name: "notebook",
        examples: "{{#notebook cells}}` or `{{#notebook claims}}",
        read: |rest| Ok(part_of_notebook(rest).map(|claims| Kind::Notebook { claims })),
    },
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

/// Whether a directive of `chapter` may be about a lesson on one of `topics`, so that the chapter
/// must be read. The notebook is about any.
pub(crate) fn may_concern(chapter: &str, topics: &[String]) -> bool {
    let mut lines = chapter.lines().filter(|line| line.contains("{{"));
    lines.any(|line| line.contains("notebook") || topics.iter().any(|it| line.contains(it)))
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
    let form = FORMS.iter().find(|form| form.name == name).ok_or_else(|| {
        let known: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
        message::unknown_directive(place.clone(), name, &known)
    })?;
    let read = (form.read)(rest).map_err(|on| message::value_on_no_tag(place.clone(), &on))?;
    read.ok_or_else(|| message::bad_directive(place.clone(), name, rest, form.examples))
}

/// Reads `tuple/src/raw.rs:reverse`, the anchor if there is one.
fn listing(rest: &str) -> Result<Option<Kind>, String> {
    let Some((topic, path)) = rest.split_once('/') else { return Ok(None) };
    let (file, anchor) = match path.split_once(':') {
        Some((file, anchor)) => (file, Some(anchor.to_owned())),
        None => (path, None),
    };
    let inside = !file.is_empty() && !file.split('/').any(|part| part == ".." || part.is_empty());
    let fits = is_word(topic) && inside && anchor.as_deref().is_none_or(is_word);
    let (topic, file) = (topic.to_owned(), file.to_owned());
    Ok(fits.then_some(Kind::Listing { topic, file, anchor }))
}

/// Reads `tuple:reverse`.
fn named(rest: &str, kind: fn(String, String) -> Kind) -> Option<Kind> {
    let (topic, name) = rest.split_once(':')?;
    Some(kind(word(topic)?, word(name.trim())?))
}

/// Reads `tuple: after - before as=word on=3.11`.
fn value(rest: &str) -> Result<Option<Kind>, String> {
    let Some((topic, rest)) = rest.split_once(':') else { return Ok(None) };
    let (mut expression, mut on, mut as_word) = (rest.trim(), None, false);
    while let Some((before, option)) = expression.rsplit_once(char::is_whitespace) {
        if option == "as=word" {
            as_word = true;
        } else if let Some(tag) = option.strip_prefix("on=") {
            on = Some(tag.parse().map_err(|_| tag.to_owned())?);
        } else {
            break;
        }
        expression = before.trim_end();
    }
    let expression = expression.to_owned();
    let topic = word(topic).filter(|_| !expression.is_empty());
    Ok(topic.map(|topic| Kind::Value { topic, expression, on, as_word }))
}

fn part_of_notebook(rest: &str) -> Option<bool> {
    [("cells", false), ("claims", true)].into_iter().find(|(word, _)| *word == rest).map(|it| it.1)
}

fn word(text: &str) -> Option<String> {
    is_word(text).then(|| text.to_owned())
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
    fn each_form_is_read_as_its_examples_are_written() {
        for Form { examples, .. } in &FORMS {
            for example in examples.split("`, `").flat_map(|some| some.split("` or `")) {
                assert_eq!(found(example).1, [], "{example}");
                assert_eq!(found(example).0.len(), 1, "{example}");
            }
        }
        let kinds: Vec<Kind> = FORMS
            .iter()
            .map(|form| {
                (form.read)(
                    form.examples.split(['`', '}']).next().unwrap().split_once(' ').unwrap().1,
                )
            })
            .map(|kind| kind.unwrap().unwrap())
            .collect();
        let different: std::collections::HashSet<_> =
            kinds.iter().map(std::mem::discriminant).collect();
        assert_eq!(different.len(), FORMS.len());
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
    fn a_chapter_may_concern_whatever_lesson_its_directives_name() {
        let topics = ["tuple".to_owned()];
        for Form { examples, name, .. } in &FORMS {
            // What the clinic shows stands in the lessons.
            assert_eq!(may_concern(examples, &topics), *name != "clinic", "{examples}");
        }
        assert!(may_concern("a\n\nb {{ #value tuple: a}} c\n", &topics));
        assert!(!may_concern("A tuple.\n\n{{#value list: a}}\n", &topics));
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
            problem("\n{{#include a.rs}}")
                .starts_with("book/a.md:2: expected a directive, found `include`")
        );
        assert!(problem("{{#cell tuple}}").contains("`{{#cell"));
        assert!(problem("see {{#cell tuple:a}}").contains("alone on its line"));
        assert!(problem("{{#value tuple:\na}}").contains("on the directive's line, found none"));
        assert!(problem("\n{{#cell tuple:a}\n").starts_with("book/a.md:2: "));
        assert!(
            problem("{{#value tuple: a on=x}}")
                .contains("expected a tag in `on=`, such as 3.9 or 3.14t, found `x`")
        );
        assert!(problem("{{#listing tuple/../raw.rs}}").contains("`{{#listing"));
    }
}
