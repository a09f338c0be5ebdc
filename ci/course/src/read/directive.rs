//! `{{#cell tuple:reverse}}` and its kin: what a chapter asks to be put in its place.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use verify::{Place, Problems};

use super::kind::{self, Kind};
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

static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\\?\{\{\s*#([^}\s]*)(.*?)\}\}").expect("compiles"));

/// What begins a directive, whether it ends or not.
static OPENED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\?\{\{\s*#").expect("compiles"));

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
        match kind::parse(&found[1], found[2].trim(), &place) {
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

#[cfg(test)]
mod tests {
    use super::super::clinic::Verdict;
    use super::super::kind::{FORMS, Form};
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
        assert_eq!(kind("{{#answered}}"), Kind::Answered);
        assert_eq!(kind("{{#again tuple:a}}"), Kind::Again { topic: topic(), name: name() });
        assert_eq!(kind("{{#questions}}"), Kind::Questions);
        assert_eq!(kind("{{#edges tuple}}"), Kind::Edges { topic: topic() });
        assert_eq!(kind("{{#picture tuple}}"), Kind::Picture { topic: topic() });
        let verdict = Some(Verdict::StillYours);
        assert_eq!(kind("{{#clinic still yours}}"), Kind::Clinic { verdict });
        assert_eq!(kind("{{#clinic}}"), Kind::Clinic { verdict: None });
        assert_eq!(kind("{{#notebook cells}}"), Kind::Notebook { claims: false });
        let expression = "rose[*] + 1".to_owned();
        let words = vec!["safe".to_owned(), "raw".to_owned()];
        assert_eq!(
            kind("{{#tally tuple: rose[*] + 1 of safe  raw}}"),
            Kind::Tally { topic: topic(), expression, words }
        );
        assert_eq!(kind("{{#rest}}"), Kind::Rest);
        assert_eq!(kind("{{#diff tuple:a}}"), Kind::Diff { topic: topic(), function: name() });
        assert_eq!(kind("{{#refused tuple:a}}"), Kind::Refused { topic: topic(), name: name() });
        let listing = |anchor, around| {
            let file = "src/raw.rs".to_owned();
            Kind::Listing { topic: topic(), file, anchor, around }
        };
        assert_eq!(kind("{{#listing tuple/src/raw.rs:a}}"), listing(Some(name()), vec![]));
        assert_eq!(kind("{{#listing tuple/src/raw.rs}}"), listing(None, vec![]));
        let around = vec!["let a".to_owned(), "b:".to_owned()];
        assert_eq!(
            kind("{{#listing tuple/src/raw.rs:a around=\"let a, b:\"}}"),
            listing(Some(name()), around.clone())
        );
        let pair = |around| Kind::Pair { topic: topic(), name: name(), around };
        assert_eq!(kind("{{#pair tuple:a}}"), pair(vec![]));
        assert_eq!(kind("{{#pair tuple:a around=\"let a,b:\"}}"), pair(around));
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
                let example = form.examples.split(['`', '}']).next().unwrap();
                (form.read)(example.split_once(' ').map_or("", |(_, rest)| rest))
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
            // What these show, or close, is another line's or stands in the lessons.
            let unnamed = ["clinic", "answered", "questions", "facts", "routes", "map", "rest"];
            let named = !unnamed.contains(name);
            assert_eq!(may_concern(examples, &topics), named, "{examples}");
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
        assert!(problem("{{#rest here}}").contains("expected `{{#rest}}`"));
        assert!(problem("{{#tally tuple: rose of safe}}").contains("`{{#tally"));
        assert!(problem("{{#tally tuple: rose[*] of }}").contains("`{{#tally"));
        assert!(problem("{{#listing tuple/../raw.rs}}").contains("`{{#listing"));
        for around in ["a", "\"a", "\"\"", "\"a,\""] {
            let directive = format!("{{{{#pair tuple:a around={around}}}}}");
            assert!(problem(&directive).contains("expected `{{#pair"), "{directive}");
        }
    }
}
