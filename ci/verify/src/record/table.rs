//! What each tag printed for each cell, and what each bound expression was.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cpython::Tag;

/// A lesson's `record.toml`. Parts are in the session's order, tags from old to new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// One column per tag.
    #[serde(default)]
    pub ran: BTreeMap<Tag, Column>,
    /// One entry per cell that ran somewhere.
    #[serde(default, rename = "cell")]
    pub cells: Vec<RecordedCell>,
    /// One entry per bound expression.
    #[serde(default, rename = "value")]
    pub values: Vec<RecordedValue>,
    /// What the compiler said of code that must not compile.
    #[serde(default)]
    pub refused: Option<Refused>,
}

/// Which interpreter a column comes from, and what it ran.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The exact version: `3.14.10`.
    pub python: String,
    /// The [`digest`](crate::record::digest::digest) of what it ran.
    pub digest: String,
}

/// What one cell printed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedCell {
    /// The cell's name.
    pub name: String,
    /// Each output once, with the tags that printed it.
    pub printed: Vec<OutputGroup>,
}

/// What one expression was.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedValue {
    /// The expression, as the chapter has it.
    pub expression: String,
    /// The cells that assign the names in it.
    pub cells: Vec<String>,
    /// Each result once, with the tags that gave it.
    pub was: Vec<OutputGroup>,
}

/// A text and the tags that share it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputGroup {
    /// From old to new.
    pub tags: Vec<Tag>,
    /// What they share.
    pub text: String,
}

/// What one compiler said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// The compiler: `1.95.0`.
    pub rustc: String,
    /// What it said, by the name of the case.
    pub cases: BTreeMap<String, CompilerOutput>,
}

/// What the compiler said of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompilerOutput {
    /// The [`digest`](crate::lesson::Case::digest) of the case.
    pub digest: String,
    /// The compiler's words.
    pub words: String,
}

impl Record {
    /// The outputs of the cell of this name.
    pub fn cell(&self, name: &str) -> Option<&RecordedCell> {
        self.cells.iter().find(|cell| cell.name == name)
    }

    /// The results of this expression.
    pub fn value(&self, expression: &str) -> Option<&RecordedValue> {
        self.values.iter().find(|value| value.expression == expression)
    }

    /// The tags that have a column, from old to new.
    pub fn tags(&self) -> Vec<Tag> {
        self.ran.keys().copied().collect()
    }
}

/// The text that `shared` has for `tag`.
pub fn text_for(shared: &[OutputGroup], tag: Tag) -> Option<&str> {
    let entry = shared.iter().find(|entry| entry.tags.contains(&tag))?;
    Some(&entry.text)
}
