//! What is wrong, where, and what to type.

use std::fmt;
use std::path::PathBuf;

/// A file, relative to the course's folder, and a line in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the course's folder where it lies there.
    pub path: PathBuf,
    /// The line, counted from 1; `None` for the file as a whole.
    pub line: Option<usize>,
}

impl Place {
    /// Line `line` (from 1) of `path`.
    pub fn line(path: impl Into<PathBuf>, line: usize) -> Place {
        Place { path: path.into(), line: Some(line) }
    }

    /// All of `path`.
    pub fn file(path: impl Into<PathBuf>) -> Place {
        Place { path: path.into(), line: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        match self.line {
            Some(line) => write!(f, ":{line}"),
            None => Ok(()),
        }
    }
}

/// One thing that is wrong, printed as `path:line: what`, what exists instead, and `help:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` where it is no file's fault.
    pub place: Option<Place>,
    /// What is wrong: one sentence without a capital or a period.
    pub what: String,
    /// What exists instead, a diff, other places: each printed indented.
    pub notes: Vec<String>,
    /// What to type.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at `place`.
    pub fn at(place: Place, what: impl Into<String>) -> Problem {
        Problem { place: Some(place), what: what.into(), notes: Vec::new(), help: None }
    }

    /// A problem that is no file's fault.
    pub fn new(what: impl Into<String>) -> Problem {
        Problem { place: None, what: what.into(), notes: Vec::new(), help: None }
    }

    /// The same, with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Problem {
        self.notes.push(note.into());
        self
    }

    /// The same, with what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.what)?;
        for line in self.notes.iter().flat_map(|note| note.lines()) {
            write!(f, "\n    {line}")?;
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// All that a step found wrong; never empty in an `Err`.
pub type Problems = Vec<Problem>;
