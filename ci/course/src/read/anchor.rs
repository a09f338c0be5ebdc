//! The parts of a source file between `ANCHOR: name` and `ANCHOR_END: name`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use verify::{Place, Problems};

use crate::message;

static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR(_END)?:\s*([\w-]+)").expect("compiles"));

/// Every anchored part of `source`, by name, without its indentation and without marks.
///
/// # Errors
///
/// An anchor is opened twice, never closed, or closed without being open.
pub(crate) fn parts(path: &Path, source: &str) -> Result<BTreeMap<String, String>, Problems> {
    let mut open: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    let mut parts = BTreeMap::new();
    let mut problems = Problems::new();
    for (index, line) in source.lines().enumerate() {
        let place = || Place::line(path, index + 1);
        let Some(mark) = MARK.captures(line) else {
            open.values_mut().for_each(|(_, lines)| lines.push(line));
            continue;
        };
        let name = mark.get(2).expect("always there").as_str();
        if mark.get(1).is_none() {
            if open.contains_key(name) || parts.contains_key(name) {
                problems.push(message::anchor_twice(place(), name));
            }
            open.insert(name, (index + 1, Vec::new()));
        } else if let Some((_, lines)) = open.remove(name) {
            parts.insert(name.to_owned(), dedent(&lines));
        } else {
            problems.push(message::anchor_not_open(place(), name));
        }
    }
    for (name, (line, _)) in open {
        problems.push(message::anchor_not_closed(Place::line(path, line), name));
    }
    if problems.is_empty() { Ok(parts) } else { Err(problems) }
}

/// `source` without the lines that hold marks.
pub(crate) fn without_marks(source: &str) -> String {
    source.lines().filter(|line| !MARK.is_match(line)).map(|line| format!("{line}\n")).collect()
}

fn dedent(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let blank = |line: &&&str| !line.trim().is_empty();
    let least = lines.iter().filter(blank).map(indent).min().unwrap_or(0);
    lines.iter().map(|line| format!("{}\n", line.get(least..).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(source: &str) -> Result<BTreeMap<String, String>, Vec<String>> {
        super::parts(Path::new("raw.rs"), source)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_part_is_cut_dedented_and_free_of_marks() {
        let source = "x\n  // ANCHOR: a\n  fn a() {\n    // ANCHOR: b\n    b();\n    // ANCHOR_END: b\n\n  }\n  // ANCHOR_END: a\n";
        let parts = parts(source).unwrap();
        assert_eq!(parts["a"], "fn a() {\n  b();\n\n}\n");
        assert_eq!(parts["b"], "b();\n");
        assert_eq!(without_marks("// ANCHOR: a\nx\n"), "x\n");
    }

    #[test]
    fn an_anchor_opens_once_and_closes() {
        let error = |source| parts(source).unwrap_err().join("\n");
        assert!(error("// ANCHOR: a\n").starts_with("raw.rs:1: "));
        assert!(
            error("// ANCHOR: a\n// ANCHOR_END: a\n// ANCHOR: a\n// ANCHOR_END: a\n")
                .contains("raw.rs:3: ")
        );
        assert!(error("// ANCHOR_END: a\n").contains("raw.rs:1: "));
    }
}
