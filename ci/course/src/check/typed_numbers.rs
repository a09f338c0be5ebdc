//! Numbers in the text come from runs. This finds those that somebody typed.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use verify::{Place, Problems};

use crate::message;
use crate::read::markdown::{self, Parts};
use crate::read::toml_rows::Sentence;

/// A run of characters that can be part of a number, a version or a word with digits in it.
static CHUNK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[\p{L}\p{N}_.,:/+*×–—-]*\p{N}[\p{L}\p{N}_.,:/+*×–—-]*"));

/// `3.12`, `3.9–3.11`, `3.14.2`, `3.12+`.
static VERSIONS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^3\.([6-9]|1\d|20)(\.\d+)?([–—/,-]3\.([6-9]|1\d|20)(\.\d+)?)*\+?$"));

/// What may stand before a version: a word that leads to a place in time, or the start of
/// something. A measured number has another before it: about 3.7, takes 3.7, a mean of 3.7.
static LEADS_TO_VERSION: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?:^|[\n.,:;|(\[—–/\x22“‘?!…]|(?i:\b(?:C?Python|free-threaded|debug|versions?|on|in|from|to|until|till|since|before|",
        r"after|for|and|or|of|with|than|under|early|late|the|an?|this|that|why|always|never|both|",
        r"between|where|when|not|only on))\b)[\s*_]*$"
    ))
});

/// What a measure is of, where `of` is no place in time.
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?i:averages?|factors?|means?|medians?|rates?|ratios?|sizes?|speeds?|totals?|values?) (?:of|from|to)[\s*_]*$",
    )
});

/// What follows a measured number, and no version.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"^[\s*_]*(?:[%‰×°]|(?:[µmn]?s|min|h|x|[kMGT]i?B|B)\b|(?i:(?:micro|milli|nano)?seconds?|minutes?|",
        r"hours?|days?|years?|times|percent|per cent|fold|(?:kilo|mega|giga)?bytes?|[kmg]?bits?|words?|",
        r"references?|owners?|holders?|blocks?|allocations?|objects?|items?|rounds?)\b)"
    ))
});

/// Digits with the unit that they count written behind them: `10ms`, `5x`, `100-fold`.
static WITH_UNIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"^\d+(?:[.,]\d+)*(?:[µmn]?s|min|h|x|k|[kKMGT]i?B|B|th)$|",
        r"^\d+(?:[.,]\d+)*-(?:fold|times|bytes?|calls?|items?|blocks?|references?|seconds?|minutes?)$"
    ))
});

/// What may stand before a number that names something: `PEP 683`, `CPython 3`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:PEPs?(?: \d+,| \d+ and)*|C?Python) $"));

/// A number word that counts what the course counts.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\b(?i:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|",
        r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|",
        r"ninety|dozen|hundred|thousand|million)\b(?:[^\S\n]*\n?[^\S\n]*[\p{L}-]+)??[^\S\n]*\n?[^\S\n]*(?i:references?|counts?|calls?|owners?|holders?|",
        r"leaks?|blocks?|bytes?|allocations?|increments?|decrements?|modules|immortals|percent|",
        r"(?:milli|micro|nano)?seconds?|minutes?|(?:kilo|mega|giga)bytes?)\b"
    ))
});

/// `<!-- typed: why -->` allows what its line types.
static TYPED: LazyLock<Regex> = LazyLock::new(|| regex(r"<!--\s*typed:\s*(.*?)\s*-->"));

static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<!--.*?-->|<[^>]*>"));

/// What is wrong with the numbers of a sentence that stands in the file at `path`, which is no
/// chapter. `is_bound` says of a number, or of its word, that something else holds it to a run.
pub(crate) fn sentence(
    path: &Path,
    sentence: &Sentence,
    is_bound: &dyn Fn(&str) -> bool,
) -> Problems {
    let (place, why) = (Place::line(path, sentence.line), sentence.typed.clone());
    let text = sentence.text.replace('\n', " ");
    let mut found = numbers_of(&text, &markdown::parts(&text));
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
    let found = numbers_of(chapter, parts).into_iter();
    let found = found.map(|(at, number)| (markdown::line_of(chapter, at), number));
    let mut allowed: Vec<(usize, bool, String)> = Vec::new();
    for (index, line) in chapter.lines().enumerate() {
        for mark in TYPED.captures_iter(line) {
            allowed.push((index + 1, false, mark[1].to_owned()));
        }
    }
    judge(path, found, allowed)
}

/// Every typed number of `chapter`, with its byte.
fn numbers_of(chapter: &str, parts: &Parts) -> Vec<(usize, String)> {
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
    found
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
        let after = &chapter[range.start + chunk.end()..];
        if is_typed(chunk.as_str(), &chapter[..at], after) {
            found.push((at, chunk.as_str().trim_matches(PUNCTUATION).to_owned()));
        }
    }
}

const PUNCTUATION: &[char] = &['.', ',', ':', '-', '–', '—', '/', '+', '*', '×', '_'];

/// Whether a chunk with a digit in it is a number, rather than a version, a name or a word.
fn is_typed(chunk: &str, before: &str, after: &str) -> bool {
    let times = chunk.ends_with(['×', '*']) && !after.starts_with('*');
    let chunk = chunk.trim_matches(PUNCTUATION);
    if chunk.chars().any(char::is_alphabetic) {
        // `&#x31;` is a 1 to a reader.
        return WITH_UNIT.is_match(chunk) || before.ends_with("&#");
    }
    let is_version = VERSIONS.is_match(chunk)
        && LEADS_TO_VERSION.is_match(before)
        && !MEASURE.is_match(before)
        && !UNIT.is_match(after)
        && !times;
    !is_version && !NAMED.is_match(before)
}

/// The number that `text` is, in digits or as a word.
pub(crate) fn number(text: &str) -> Option<usize> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let word = || WORDS.iter().position(|word| text.eq_ignore_ascii_case(word));
    text.parse().ok().or_else(word)
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
