//! Numbers in the text come from runs. This finds those that somebody typed.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use verify::{Place, Problems};

use crate::message;
use crate::read::markdown::{self, Parts};

/// A run of characters that can be part of a number, a version or a word with digits in it.
static CHUNK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[\p{L}\p{N}_.,:/+*×–—-]*\p{N}[\p{L}\p{N}_.,:/+*×–—-]*"));

/// `3.12`, `3.9–3.11`, `3.14.2`.
static VERSIONS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^3\.([6-9]|1\d|20)(\.\d+)?([–—/,-]3\.([6-9]|1\d|20)(\.\d+)?)*$"));

/// What may stand before a number that names something: `PEP 683`, `CPython 3`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:PEPs?(?: \d+,| \d+ and)*|C?Python) $"));

/// A number word that counts what the course counts.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\b(?i:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|",
        r"thousand|million)\b(?:[^\S\n]*\n?[^\S\n]*[\p{L}-]+)??[^\S\n]*\n?[^\S\n]*(?i:references?|counts?|calls?|owners?|holders?|",
        r"leaks?|blocks?|bytes?|allocations?|increments?|decrements?|modules|immortals)\b"
    ))
});

/// `<!-- typed: why -->` allows what its line types.
static TYPED: LazyLock<Regex> = LazyLock::new(|| regex(r"<!--\s*typed:\s*(.*?)\s*-->"));

static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<!--.*?-->|<[^>]*>"));

/// What is wrong with the numbers of `chapter`, whose directives are blanked out.
pub(crate) fn check(path: &Path, chapter: &str, parts: &Parts) -> Problems {
    let mut found: Vec<(usize, String)> = Vec::new();
    for range in &parts.text {
        numbers(&chapter[range.clone()], range, chapter, &mut found);
    }
    for range in &parts.html {
        // The text between the tags of a block of HTML is no Markdown text, and is read all the same.
        let blanked = TAG.replace_all(&chapter[range.clone()], |tag: &regex::Captures<'_>| {
            " ".repeat(tag[0].len())
        });
        numbers(&blanked, range, chapter, &mut found);
    }
    // A counted noun may stand behind markup: two *new* references. Links stay out, as ever.
    let plain = plain(chapter, parts);
    for counted in COUNTED.find_iter(&plain) {
        found.push((counted.start(), chapter[counted.range()].replace('\n', " ")));
    }
    let mut allowed: Vec<(usize, bool, String)> = Vec::new();
    for (index, line) in chapter.lines().enumerate() {
        for mark in TYPED.captures_iter(line) {
            allowed.push((index + 1, false, mark[1].to_owned()));
        }
    }
    let mut problems = Problems::new();
    for (at, number) in found {
        let line = markdown::line_of(chapter, at);
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

/// `chapter` with everything but its text blanked out, byte for byte. Code keeps a word's place.
fn plain(chapter: &str, parts: &Parts) -> String {
    let mut plain: Vec<u8> =
        chapter.bytes().map(|byte| if byte == b'\n' { byte } else { b' ' }).collect();
    for range in &parts.text {
        plain[range.clone()].copy_from_slice(&chapter.as_bytes()[range.clone()]);
    }
    for range in &parts.code {
        plain[range.clone()].fill(b'x');
    }
    String::from_utf8(plain).unwrap_or_default()
}

fn numbers(text: &str, range: &Range<usize>, chapter: &str, found: &mut Vec<(usize, String)>) {
    for chunk in CHUNK.find_iter(text) {
        let at = range.start + chunk.start();
        if is_typed(chunk.as_str(), &chapter[..at]) {
            found.push((at, chunk.as_str().trim_matches(PUNCTUATION).to_owned()));
        }
    }
}

const PUNCTUATION: &[char] = &['.', ',', ':', '-', '–', '—', '/', '+', '*', '×', '_'];

/// Whether a chunk with a digit in it is a number, rather than a version, a name or a word.
fn is_typed(chunk: &str, before: &str) -> bool {
    let chunk = chunk.trim_matches(PUNCTUATION);
    let is_word = chunk.chars().any(char::is_alphabetic);
    !is_word && !VERSIONS.is_match(chunk) && !NAMED.is_match(before)
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("compiles")
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
    fn versions_names_code_and_links_are_not() {
        for chapter in [
            "CPython 3.12",
            "3.9–3.11, 3.14t",
            "on 3.14.2,",
            "from 3.9 to 3.15.",
            "CPython 3",
            "PEP 683",
            "PEPs 683, 703 and 779",
            "UTF-8",
            "64-bit",
            "x86-64",
            "`4`",
            "[section 4](x.md)",
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
    fn a_typed_number_says_why() {
        is_fine("The year 1999. <!-- typed: a date -->");
        is_typed("The year 1999. <!-- typed: -->");
        is_typed("Nothing. <!-- typed: a date -->");
        is_typed("Line 1\n<!-- typed: a date --> and 2\n");
    }
}
