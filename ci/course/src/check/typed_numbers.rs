//! Numbers in the text come from runs. This finds those that somebody typed.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use verify::{Place, Problems};

use super::number;
use crate::message;
use crate::read::markdown::{self, Parts};
use crate::read::toml_rows::Sentence;

/// `<!-- typed: why -->` allows what its line types.
static TYPED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!--\s*typed:\s*(.*?)\s*-->").expect("compiles"));

/// What is wrong with the numbers of a sentence that stands in the file at `path`, which is no
/// chapter. `is_bound` says of a number, or of its word, that something else holds it to a run.
pub(crate) fn sentence(
    path: &Path,
    sentence: &Sentence,
    is_bound: &dyn Fn(&str) -> bool,
) -> Problems {
    let (place, why) = (Place::line(path, sentence.line), sentence.typed.clone());
    let text = sentence.text.replace('\n', " ");
    let mut found = number::all(&text, &markdown::parts(&text));
    found.retain(|(_, number)| {
        !is_bound(number.split(char::is_whitespace).next().unwrap_or_default())
    });
    let allowed = why.into_iter().map(|why| (1, false, why)).collect();
    let mut problems = judge(path, found.into_iter().map(|(_, number)| (1, number)), allowed);
    problems.iter_mut().for_each(|problem| problem.place = Some(place.clone()));
    problems
}

/// What is wrong with the numbers of `chapter`, whose directives are blanked out.
pub(crate) fn check(path: &Path, chapter: &str, parts: &Parts) -> Problems {
    let found = number::all(chapter, parts).into_iter();
    let found = found.map(|(at, number)| (markdown::line_of(chapter, at), number));
    let mut allowed: Vec<(usize, bool, String)> = Vec::new();
    for (index, line) in chapter.lines().enumerate() {
        for mark in TYPED.captures_iter(line) {
            allowed.push((index + 1, false, mark[1].to_owned()));
        }
    }
    judge(path, found, allowed)
}

/// The numbers, each with its line, on whose line nobody says why it is typed; and the reasons
/// that are none.
fn judge(
    path: &Path,
    found: impl Iterator<Item = (usize, String)>,
    mut allowed: Vec<(usize, bool, String)>,
) -> Problems {
    let mut problems = Problems::new();
    for (line, number) in found {
        match allowed.iter_mut().find(|(typed, ..)| *typed == line) {
            Some((_, used, _)) => *used = true,
            None => problems.push(message::typed_number(Place::line(path, line), &number)),
        }
    }
    for (line, used, why) in allowed {
        if why.is_empty() {
            problems.push(message::typed_without_why(Place::line(path, line)));
        } else if !used {
            problems.push(message::typed_covers_nothing(Place::line(path, line)));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chapter: &str) -> Vec<String> {
        let problems = super::check(Path::new("a.md"), chapter, &markdown::parts(chapter));
        problems.iter().map(|problem| problem.what.clone()).collect()
    }

    fn is_fine(chapter: &str) {
        assert_eq!(check(chapter), [""; 0], "{chapter}");
    }

    fn is_typed(chapter: &str) {
        assert_eq!(check(chapter).len(), 1, "{chapter}: {:?}", check(chapter));
    }

    #[test]
    fn a_number_is_typed() {
        for chapter in [
            "It rose by 1000.",
            "from 3 to here",
            "(4)",
            "# 2 owners",
            "1,000 calls",
            "3.5 of it",
            "| a |\n|---|\n| 17 |",
            "- 12",
            "> -1",
            "<p>9</p>\n",
            "at 3.x 5",
            "*8*",
            "CPython 3.14 frees 2",
            "2024",
        ] {
            is_typed(chapter);
        }
    }

    #[test]
    fn a_measured_number_is_no_version_though_it_looks_like_one() {
        for chapter in [
            "It ran for 3.7 seconds.",
            "in 3.8 s",
            "after 3.12 *minutes*",
            "3.10 times as large",
            "It is 3.12× as fast.",
            "of 3.9%",
            "about 3.7 on average",
            "~3.7",
            "a factor of 3.7",
            "It takes 3.11 of them.",
            "by 3.14",
            "10ms",
            "5x as much",
            "a 100-fold loss",
            "fifteen references",
            "thirty seconds",
            "a &#x31; of it",
            "[rose by 12](a.md)",
            "[it](a.md \"rose by 12\")",
            "![it](a.svg 'rose by 12')",
            "a <abbr title=\"12 of them\">few</abbr>",
            "<img src='a1.png' alt='12 of them'>",
            "a [few references, three calls](a.md) more",
        ] {
            is_typed(chapter);
        }
    }

    #[test]
    fn versions_names_and_code_are_not() {
        for chapter in [
            "CPython 3.12",
            "3.9–3.11, 3.14t",
            "on 3.14.2,",
            "from 3.9 to 3.15.",
            "**3.12** and later; before 3.11, since 3.10",
            "| 3.9 | up to 3.11 |\n|---|---|\n| *3.12* | (3.13) |",
            "The count\nof 3.12 is another.",
            "3.12+ only",
            "and 3.15 calls only the new one, on the free-threaded 3.14 too",
            "a 64-bit machine",
            "CPython 3",
            "PEP 683",
            "PEPs 683, 703 and 779",
            "UTF-8",
            "64-bit",
            "x86-64",
            "`4`",
            "[PEP 683](x4.md) and [since 3.12.7](y#5 'as of 3.12')",
            "<a href=\"x4.md\" title=\"PEP 683\">it</a>",
            "1st",
            "<p class=\"a1\">b</p>\n",
            "    4\n",
            "1. first\n2. second\n",
        ] {
            is_fine(chapter);
        }
    }

    #[test]
    fn number_words_that_count_are_typed() {
        is_typed("It holds two references.");
        is_typed("Three new references");
        is_typed("one call");
        is_typed("two *new* references");
        is_typed("two `PyObject` references");
        is_fine("two\n\nreferences to it");
        is_fine("two functions");
        is_fine("The one you own counts");
        is_fine("the second reference");
    }

    #[test]
    fn a_sentence_of_another_file_says_why_or_is_held_by_something_else() {
        let said = |text: &str, typed: Option<&str>| {
            let (text, typed) = (text.to_owned(), typed.map(str::to_owned));
            let sentence = Sentence { line: 6, text, typed };
            super::sentence(Path::new("a.toml"), &sentence, &|number| number == "5")
        };
        assert!(said("b 4", None)[0].to_string().starts_with("a.toml:6: "));
        assert_eq!(said("b 4", Some("a date")), []);
        assert_eq!(said("b 5", None), []);
        assert_eq!(said("none", Some("a date")).len(), 1);
        assert_eq!(said("b 4", Some("")).len(), 1);
    }

    #[test]
    fn a_typed_number_says_why() {
        is_fine("The year 1999. <!-- typed: a date -->");
        is_typed("The year 1999. <!-- typed: -->");
        is_typed("Nothing. <!-- typed: a date -->");
        is_typed("Line 1\n<!-- typed: a date --> and 2\n");
    }
}
