//! The list of lessons in the bundle's `Cargo.toml`: one dependency a lesson, `lesson-<topic>`.
//!
//! The bundle's build script links what stands there, a build for the pages asks whether a lesson
//! is in it, and `cargo course new` adds one.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use toml_edit::{DocumentMut, Item, Table, value};

/// Where the manifest stands, below the course's folder.
pub const PATH: &str = "ci/bundle/Cargo.toml";

/// What a lesson's package is called before its topic.
const PREFIX: &str = "lesson-";

/// What is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected, or found.
    pub what: String,
}

/// The topics of the lessons that `manifest` has, in its order.
///
/// # Errors
///
/// It is not TOML, or has no table of dependencies.
pub fn topics(manifest: &str) -> Result<Vec<String>, Error> {
    let mut document = parse(manifest)?;
    let names = dependencies(&mut document)?.iter().map(|(name, _)| name.to_owned());
    Ok(names.filter_map(|name| name.strip_prefix(PREFIX).map(str::to_owned)).collect())
}

/// `manifest` with the lesson on `topic`, A to Z among the others; all else stays as it is.
///
/// # Errors
///
/// It is not TOML, or has no table of dependencies.
pub fn with_lesson(manifest: &str, topic: &str) -> Result<String, Error> {
    let mut document = parse(manifest)?;
    let dependencies = dependencies(&mut document)?;
    let name = format!("{PREFIX}{topic}");
    if dependencies.contains_key(&name) {
        return Ok(manifest.to_owned());
    }
    let mut dependency = Table::new();
    dependency.set_dotted(true);
    dependency.insert("path", value(format!("../../lessons/{topic}")));
    // What follows in the alphabet is put behind it; a table only appends.
    let is_after = |known: &str| known.starts_with(PREFIX) && *known > *name;
    let after: Vec<String> = dependencies
        .iter()
        .map(|(known, _)| known.to_owned())
        .filter(|known| is_after(known))
        .collect();
    let moved: Vec<_> = after.iter().filter_map(|known| dependencies.remove_entry(known)).collect();
    dependencies.insert(&name, Item::Table(dependency));
    for (key, item) in moved {
        dependencies.insert_formatted(&key, item);
    }
    Ok(document.to_string())
}

fn parse(manifest: &str) -> Result<DocumentMut, Error> {
    manifest.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        let line = manifest.get(..at).unwrap_or(manifest).matches('\n').count() + 1;
        Error { line, what: error.message().trim().replace('\n', " ") }
    })
}

fn dependencies(document: &mut DocumentMut) -> Result<&mut Table, Error> {
    let found = document.get_mut("dependencies").and_then(Item::as_table_mut);
    found.ok_or_else(|| Error { line: 1, what: "expected [dependencies], found none".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(topics: &[&str]) -> String {
        let line = |topic: &&str| format!("lesson-{topic}.path = \"../../lessons/{topic}\"\n");
        let lines: String = topics.iter().map(line).collect();
        format!("[dependencies]\npyo3.workspace = true\n# One line a lesson.\n{lines}\n[lints]\n")
    }

    #[test]
    fn a_new_lesson_has_its_line_in_order_and_all_else_stays() {
        let with = |topics: &[&str], topic| with_lesson(&bundle(topics), topic).unwrap();
        assert_eq!(with(&["list", "tuple"], "set"), bundle(&["list", "set", "tuple"]));
        assert_eq!(with(&["list"], "tuple"), bundle(&["list", "tuple"]));
        assert_eq!(with(&["list"], "list"), bundle(&["list"]));
        assert_eq!(topics(&with(&["list"], "dict")).unwrap(), ["dict", "list"]);
    }

    #[test]
    fn a_lesson_counts_however_its_line_is_written() {
        let manifest = "[dependencies]\npyo3 = \"1\"\n\"lesson-set\" = { path = \"../../lessons/set\" }\n\
                        [dependencies.lesson-list]\npath = \"../../lessons/list\"\n";
        assert_eq!(topics(manifest).unwrap(), ["set", "list"]);
        assert_eq!(with_lesson(manifest, "set").unwrap(), manifest);
    }

    #[test]
    fn what_is_no_manifest_is_said_with_its_line() {
        assert_eq!(topics("[dependencies]\nlesson-set.path =\n").unwrap_err().line, 2);
        assert!(topics("[package]\n").unwrap_err().what.contains("[dependencies]"));
        assert!(with_lesson("lesson-set.path", "list").is_err());
    }
}
