//! What a run of a session is made of, and what it gave.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cpython::Tag;
use crate::interpreter::Interpreter;
use crate::lesson::Lesson;
use crate::process::Limits;

/// What a run of a session is made of.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// Whose session.
    pub lesson: &'a Lesson,
    /// In which interpreter.
    pub interpreter: &'a Interpreter,
    /// The folder that holds the extension under its import name.
    pub extension: &'a Path,
    /// The expressions to evaluate after the last cell.
    pub expressions: &'a [String],
    /// `PYTHONHASHSEED`.
    pub hash_seed: u32,
    /// What the session may not do.
    pub limits: Limits,
}

/// What a session did on one interpreter.
#[derive(Clone, Debug)]
pub struct Run {
    /// The interpreter's column.
    pub tag: Tag,
    /// The interpreter's exact version.
    pub version: String,
    /// What each cell that ran printed, masked.
    pub printed: BTreeMap<String, String>,
    /// The cells that would have run here, and the command that each one misses.
    pub missing_commands: BTreeMap<String, String>,
    /// The expressions that were asked for.
    pub evaluated: Vec<String>,
    /// What each expression that has a value here was.
    pub values: BTreeMap<String, Value>,
    /// What is wrong with an expression.
    pub unbound: BTreeMap<String, String>,
}

impl Run {
    /// Whether an expression of names that `cells` assign has no value only because one of
    /// them misses its command here.
    pub(crate) fn cannot_have(&self, cells: &[String]) -> bool {
        cells.iter().any(|cell| self.missing_commands.contains_key(cell))
    }
}

/// What a bound expression was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its `str`, one line.
    pub text: String,
    /// The cells that assign the names in it, in the session's order.
    pub cells: Vec<String>,
}
