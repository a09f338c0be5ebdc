//! A long listing: the lines that the text speaks of stand, the others unfold.

use std::ops::Range;

use super::code::{self, Language, Row};

/// The fewest lines that are worth a fold, which takes a line itself.
const FEWEST: usize = 5;

/// `rows` with those left out that none of `words` is about; an error is the word that stands
/// in none.
///
/// The signature stays, and so does the last line; and around each line that has a word, the comment
/// over it and one line before and after.
pub(super) fn around(language: Language, rows: &[Row], words: &[String]) -> Result<String, String> {
    let has = |row: &Row, word: &str| row.text.contains(word);
    if let Some(missing) = words.iter().find(|word| !rows.iter().any(|row| has(row, word))) {
        return Err(missing.clone());
    }
    let mut stays = standing(rows, words);
    for run in runs(&stays) {
        let lines: usize = rows[run.clone()].iter().map(Row::lines).sum();
        if lines < FEWEST {
            stays[run].fill(true);
        }
    }
    let mut html = String::new();
    for run in runs(&stays) {
        let (stands, rows) = (stays[run.start], &rows[run]);
        let lines: usize = rows.iter().map(Row::lines).sum();
        let pre = code::pre(language, "", &code::html(rows));
        html.push_str(&match stands {
            true => pre,
            false => format!(
                "<details class=\"fold\"><summary>{lines} more lines</summary>{pre}</details>"
            ),
        });
    }
    Ok(format!("<div class=\"code\">{html}</div>"))
}

/// Which of `rows` stand for `words`.
fn standing(rows: &[Row], words: &[String]) -> Vec<bool> {
    let opens = rows.iter().position(|row| row.text.trim_end().ends_with(['{', '[']));
    let speaks = |row: &Row| words.iter().any(|word| row.text.contains(word));
    let mut stays: Vec<bool> = (0..rows.len())
        .map(|at| {
            opens.is_some_and(|opens| at <= opens)
                || at + 1 == rows.len()
                || rows[at.saturating_sub(1)..rows.len().min(at + 2)].iter().any(speaks)
        })
        .collect();
    // A comment belongs to the code under it.
    for at in (1..rows.len()).rev().filter(|at| rows[at - 1].remark) {
        stays[at - 1] = stays[at];
    }
    stays
}

/// The runs of what is equal in `stays`.
fn runs(stays: &[bool]) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = stays.chunk_by(|one, two| one == two).map(|run| {
        start += run.len();
        start - run.len()..start
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
/// A doc.
fn a() {
    one();
    two();
    three();
    four();
    and_a_half();
    // SAFETY: why
    // it holds.
    five(PyList_New);
    six();
    seven();
    eight();
    nine();
}
";

    fn folded(words: &[&str]) -> Result<String, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        around(Language::Rust, &code::rows(Language::Rust, SOURCE), &words)
    }

    #[test]
    fn what_the_words_are_about_stands_and_the_rest_unfolds() {
        let html = folded(&["PyList_New"]).unwrap();
        let folds: Vec<&str> = html
            .split("<details")
            .skip(1)
            .map(|it| it.split("</details>").next().unwrap())
            .collect();
        assert_eq!(folds.len(), 1, "{html}");
        assert!(folds[0].contains("5 more lines") && folds[0].contains("three()"), "{html}");
        let stands = folds.iter().fold(html.clone(), |html, fold| html.replace(fold, ""));
        for line in ["A doc.", "fn a()", "why", "it holds", "PyList_New", "six()", "nine()", "}"] {
            assert!(stands.contains(line), "{line}: {stands}");
        }
    }

    #[test]
    fn a_word_that_is_not_there_is_told() {
        assert_eq!(folded(&["five", "PyList_Append"]), Err("PyList_Append".to_owned()));
    }

    #[test]
    fn too_few_lines_are_not_folded() {
        let html = folded(&["two", "five"]).unwrap();
        assert!(!html.contains("<details"), "{html}");
    }
}
