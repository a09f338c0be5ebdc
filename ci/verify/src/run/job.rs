//! What a run of a session is made of, and what it gave.

use std::collections::BTreeMap;
use std::path::Path;

use crate::build::Brought;
use crate::cpython::Tag;
use crate::interpreter::Interpreter;
use crate::lesson::{Cell, Lesson};
use crate::message;
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
    /// The packages that the session imports, as far as they can be had.
    pub packages: &'a Brought,
    /// The expressions to evaluate after the last cell.
    pub expressions: &'a [String],
    /// `PYTHONHASHSEED`.
    pub hash_seed: u32,
    /// What the session may not do.
    pub limits: Limits,
}

impl Job<'_> {
    /// What `cell`, which runs on this tag, misses on this machine.
    pub(super) fn missing(&self, cell: &Cell) -> Option<Missing> {
        if let Some(command) = cell.missing() {
            return Some(Missing::Command(command.to_owned()));
        }
        cell.packages.iter().find_map(|package| {
            let why = self.packages.get(&package.name)?.as_ref().err()?;
            Some(Missing::Package { name: package.name.clone(), why: why.clone() })
        })
    }

    /// Whether `cell` runs on this tag, and on this machine.
    pub(super) fn runs(&self, cell: &Cell) -> bool {
        cell.runs_on(self.interpreter.tag) && self.missing(cell).is_none()
    }
}

/// What a cell misses where it does not run although it should.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// This command is not on `PATH`.
    Command(String),
    /// This package cannot be had.
    Package {
        /// Its name.
        name: String,
        /// What the programs that should bring it said.
        why: String,
    },
}

impl Missing {
    /// Why the cell does not run, in words.
    pub fn why(&self) -> String {
        match self {
            Missing::Command(command) => message::command_missing(command),
            Missing::Package { name, why } => message::package_missing(name, why),
        }
    }
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
    /// The cells that would have run here, and what each one misses.
    pub missing: BTreeMap<String, Missing>,
    /// The expressions that were asked for.
    pub evaluated: Vec<String>,
    /// What each expression that has a value here was.
    pub values: BTreeMap<String, Value>,
    /// What is wrong with an expression.
    pub unbound: BTreeMap<String, String>,
}

impl Run {
    /// Whether an expression of names that `cells` assign has no value only because one of
    /// them misses something here.
    pub(crate) fn cannot_have(&self, cells: &[String]) -> bool {
        cells.iter().any(|cell| self.missing.contains_key(cell))
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
