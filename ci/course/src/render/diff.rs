//! A wrong function, as what differs between it and the right one.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use similar::{ChangeTag, DiffOp, DiffTag, TextDiff};

use super::code::{self, Language, Row};
use super::escape::{block, breakable};
use super::listing::{at, caption, figure};
use super::role::Role;

/// How many rows stand before and after each change: the reader has just seen the whole function.
const CONTEXT: usize = 3;

/// How much two sides have in common at least, where single words are marked; else all of it differs.
const ALIKE: f32 = 0.5;

/// What code is compared by: names, and each sign for itself.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\n|[^\S\n]+|\w+|[^\w\s]").expect("compiles"));

/// A function by its name, with its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) source: &'a str,
}

/// The function `wrong` of the file at `path` as its difference from `right`, both under the
/// right one's name; `None` where there is no difference.
pub(crate) fn diff(
    topic: &str,
    path: &Path,
    wrong: Function<'_>,
    right: Function<'_>,
) -> Option<String> {
    let source = wrong.source.replace(wrong.name, right.name);
    let (old, new) = (rows(right.source), rows(&source));
    let (before, after) = (texts(&old), texts(&new));
    let groups = TextDiff::from_slices(&before, &after).grouped_ops(CONTEXT);
    let lines: Vec<String> = groups
        .iter()
        .map(|group| group.iter().map(|operation| lines(operation, &old, &new)).collect())
        .collect();
    if lines.is_empty() {
        return None;
    }
    let words = format!(
        "<code>{}</code> against <code>raw.{}</code> {}",
        breakable(wrong.name),
        breakable(right.name),
        at(path)
    );
    let code =
        code::pre(Language::Rust, "code", &lines.join("<span class=\"l gap\">⋮</span>&#10;"));
    let id = format!("{topic}-{}", wrong.name);
    Some(figure(Role::Wrong, Some(&id), &caption(Role::Wrong, &words), &code))
}

/// The rows of `source`, a comment on one line: here nobody copies it, and a word that has moved
/// to the next line is no difference.
fn rows(source: &str) -> Vec<Row> {
    let mut rows = code::rows(Language::Rust, source);
    for row in rows.iter_mut().filter(|row| row.lines() > 1) {
        let mut lines = row.text.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        let marker = first.trim_start().split(' ').next().unwrap_or_default().to_owned();
        let more = lines.map(|line| line.trim_start().trim_start_matches(&marker).trim_start());
        row.text = format!("{}\n", more.fold(first, |text, more| format!("{text} {more}")));
    }
    rows
}

/// The rows that `operation` is about: of both, of the right one (`was`), of the wrong (`is`).
fn lines(operation: &DiffOp, old: &[Row], new: &[Row]) -> String {
    let (old, new) = (&old[operation.old_range()], &new[operation.new_range()]);
    if operation.tag() == DiffTag::Equal {
        return code::html(old);
    }
    let code = |rows: &[Row]| -> String {
        rows.iter().filter(|row| !row.remark).map(|row| row.text.as_str()).collect()
    };
    let (before, after) = (code(old), code(new));
    let (before, after) = (words(&before), words(&after));
    let words = TextDiff::from_slices(&before, &after);
    let mut html = side(old, "del", "was", &marked(&words, ChangeTag::Delete));
    html.push_str(&side(new, "ins", "is", &marked(&words, ChangeTag::Insert)));
    html
}

fn texts(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.text.as_str()).collect()
}

fn words(code: &str) -> Vec<&str> {
    WORD.find_iter(code).map(|word| word.as_str()).collect()
}

/// `rows` of one side; `code` has the HTML of those that are code.
fn side(rows: &[Row], element: &str, class: &str, code: &[String]) -> String {
    let mut code = code.iter();
    let line = |row: &Row| match row.remark {
        true => row.marked(element, class, &row.body()),
        false => row.marked(element, class, code.next().map_or("", String::as_str)),
    };
    rows.iter().map(line).collect()
}

/// The lines of code of one side, with what the other has not marked.
fn marked(words: &TextDiff<'_, '_, str>, side: ChangeTag) -> Vec<String> {
    let is_alike = words.ratio() >= ALIKE;
    let mut lines = Vec::new();
    let (mut line, mut differs) = (String::new(), String::new());
    for change in words.iter_all_changes() {
        let word = block(change.value());
        if change.tag() == side && is_alike && change.value() != "\n" {
            differs.push_str(&word);
        } else if [side, ChangeTag::Equal].contains(&change.tag()) {
            line.push_str(&mark(std::mem::take(&mut differs)));
            line.push_str(&word);
            if change.value() == "\n" {
                lines.push(std::mem::take(&mut line));
            }
        }
    }
    lines
}

/// `words` marked; the space around them is not.
fn mark(words: String) -> String {
    let bare = words.trim();
    let (before, after) = words.split_at(words.len() - words.trim_start().len());
    match bare {
        "" => words,
        _ => format!("{before}<mark>{bare}</mark>{}", &after[bare.len()..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(wrong: &str, right: &str) -> Option<String> {
        let function = |name, source| Function { name, source };
        super::diff("a", Path::new("wrong.rs"), function("f_leaks", wrong), function("f", right))
    }

    #[test]
    fn the_sides_have_elements_of_their_own_and_the_word_that_differs_is_marked() {
        let html = diff(
            "fn f_leaks() {\n    // SAFETY: fine.\n    Ok(unsafe { borrowed(py, new) })\n}\n",
            "fn f() {\n    // SAFETY: ours, and\n    // not NULL.\n    Ok(unsafe { owned(py, new) })\n}\n",
        )
        .unwrap();
        for piece in [
            "<del class=\"l was\" style=\"--in:4\">    Ok(unsafe { <mark>owned</mark>(py, new) })</del>&#10;",
            "<ins class=\"l is\" style=\"--in:4\">    Ok(unsafe { <mark>borrowed</mark>(py, new) })</ins>&#10;",
            "ours, and not NULL.</span>",
            "<span class=\"l\">fn f() {</span>&#10;",
        ] {
            assert!(html.contains(piece), "{piece} is not in {html}");
        }
        assert!(html.find("<del").unwrap() < html.find("<ins").unwrap());
    }

    #[test]
    fn a_side_that_has_nothing_in_common_with_the_other_differs_as_a_whole() {
        let html =
            diff("fn f() {\n    a(b);\n}\n", "fn f() {\n    let y = 1 + 2 * 3;\n}\n").unwrap();
        assert!(
            !html.contains("<mark>") && html.contains("<del") && html.contains("<ins"),
            "{html}"
        );
        let gone = diff("fn f() {\n}\n", "fn f() {\n    release(a);\n}\n").unwrap();
        assert!(!gone.contains("<ins") && !gone.contains("<mark>"), "{gone}");
    }

    #[test]
    fn a_comment_that_only_breaks_elsewhere_is_no_difference() {
        assert_eq!(diff("// one two\n// three\n", "// one\n// two three\n"), None);
    }
}
