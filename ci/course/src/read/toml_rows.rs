//! Rows that an author writes in TOML: read, each with its line, and their sentences with theirs.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use serde::de::DeserializeOwned;
use toml::Spanned;
use verify::{Place, Problem};

use super::markdown::line_of;
use crate::message;

/// `# typed: why`, behind a key's text, allows what that types.
static TYPED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"#\s*typed:\s*(.*?)\s*$").expect("compiles"));

/// Reads `text`, which is the file at `path`; `form` says which keys such a table has.
///
/// # Errors
///
/// It is not TOML, or not such a table.
pub(crate) fn read<T: DeserializeOwned>(path: &Path, text: &str, form: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        message::bad_table(Place::line(path, line_of(text, at)), error.message(), form)
    })
}

/// The rows of a table in `text`, each with its line, counted from 1.
pub(crate) fn with_lines<T>(text: &str, rows: Vec<Spanned<T>>) -> impl Iterator<Item = (usize, T)> {
    rows.into_iter().map(|row| (line_of(text, row.span().start), row.into_inner()))
}

/// A text that a page shows, with its line, and why a number in it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) line: usize,
    pub(crate) text: String,
    pub(crate) typed: Option<String>,
}

impl Sentence {
    /// The `text` that `key` has in the row that begins at line `row` of `file`.
    pub(crate) fn of(file: &str, row: usize, key: &str, text: &str) -> Sentence {
        let is_key = |line: &str| {
            line.trim_start()
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let lines = file.lines().enumerate().skip(row.saturating_sub(1));
        let found = lines.into_iter().find(|(_, line)| is_key(line));
        let (index, line) = found.unwrap_or((row.saturating_sub(1), ""));
        let typed = TYPED.captures(line).map(|why| why[1].to_owned());
        Sentence { line: index + 1, text: text.to_owned(), typed }
    }
}

/// The texts that a row has: `key`, and what stands there.
pub(crate) fn sentences(
    file: &str,
    row: usize,
    texts: &[(&str, Option<&String>)],
) -> Vec<Sentence> {
    let texts = texts.iter().filter_map(|(key, text)| Some((key, (*text)?)));
    texts.map(|(key, text)| Sentence::of(file, row, key, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_at_its_key_with_the_reason_for_its_number() {
        let file = "[[bug]]\nwhat = \"a\"\n\n[[bug]]\nwhy = \"what = 3\"\n  what = \"b 4\" # typed: a date\n";
        let first = Sentence::of(file, 1, "what", "a");
        assert_eq!((first.line, first.typed.as_deref()), (2, None));
        let second = Sentence::of(file, 4, "what", "b 4");
        assert_eq!((second.line, second.typed.as_deref()), (6, Some("a date")));
    }
}
