//! What of a text is a number, rather than a version, a name or a word.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::read::markdown::Parts;

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

/// What a tag says to whoever points at it, or cannot see it.
static SAID: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)\s(?:title|alt|aria-label)\s*=\s*(?:"([^"]*)"|'([^']*)')"#));

static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<!--.*?-->|<[^>]*>"));

/// Every typed number of `chapter`, with its byte.
pub(super) fn all(chapter: &str, parts: &Parts) -> Vec<(usize, String)> {
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
        for said in SAID.captures_iter(&chapter[range.clone()]) {
            let text = said.get(1).or(said.get(2)).expect("one of the quotes");
            let inside = range.start + text.start()..range.start + text.end();
            numbers(text.as_str(), &inside, chapter, &mut found);
        }
    }
    for (title, at) in &parts.titles {
        // Its bytes are not the chapter's, where a character is written as an entity.
        let mut typed = Vec::new();
        numbers(title, &(0..title.len()), title, &mut typed);
        found.extend(typed.into_iter().map(|(_, number)| (*at, number)));
    }
    // A counted noun may stand behind markup: two *new* references.
    let plain = plain(chapter, parts);
    for counted in COUNTED.find_iter(&plain) {
        found.push((counted.start(), chapter[counted.range()].replace('\n', " ")));
    }
    found
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

/// The number that `text` is, written in digits or as a word.
pub(super) fn value(text: &str) -> Option<usize> {
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
