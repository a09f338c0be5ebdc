//! Rows that an author writes in TOML: read, each with its line.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use verify::{Place, Problem};

use super::markdown::line_of;
use crate::message;

/// Reads `text`, which is the file at `path`.
///
/// # Errors
///
/// It is not TOML, or not such a table.
pub(crate) fn read<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        message::bad_table(Place::line(path, line_of(text, at)), error.message())
    })
}

/// The rows of a table in `text`, each with its line, counted from 1.
pub(crate) fn with_lines<T>(text: &str, rows: Vec<Spanned<T>>) -> impl Iterator<Item = (usize, T)> {
    rows.into_iter().map(|row| (line_of(text, row.span().start), row.into_inner()))
}
