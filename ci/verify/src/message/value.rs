//! Sentences about bound expressions.

use crate::cpython::Tag;
use crate::problem::{Place, Problem};

pub(crate) fn assigned_by_none(name: &str) -> String {
    format!("no cell assigns `{name}`")
}

pub(crate) fn assigned_by_several(name: &str, cells: &[&str]) -> String {
    format!("several cells assign `{name}`: {}; use a name of its own", cells.join(", "))
}

pub(crate) fn not_one_line(text: &str) -> String {
    format!("its text is not one line: {text:?}")
}

pub(crate) fn value_raised(error: &str) -> String {
    format!("it raises {error}")
}

/// An expression that has no value.
pub fn unbound(place: Place, expression: &str, tag: Tag, why: &str) -> Problem {
    Problem::at(place, format!("`{expression}`: expected a value, found none"))
        .on(tag)
        .note(why)
        .help("bind an expression of names that one cell assigns")
}
