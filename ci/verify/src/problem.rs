//! What is wrong, where, and what to type.

use std::fmt;
use std::path::PathBuf;

use crate::cpython::{self, Tag, tag};

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
    /// The interpreters on which it is so; empty where it is no matter of theirs.
    pub tags: Vec<Tag>,
    /// What exists instead, a diff, other places: each printed indented.
    pub notes: Vec<String>,
    /// What to type.
    pub help: Option<String>,
    /// Whether that changes the lesson, which may be right.
    pub blames_lesson: bool,
}

impl Problem {
    /// A problem at `place`.
    pub fn at(place: Place, what: impl Into<String>) -> Problem {
        Problem { place: Some(place), ..Problem::new(what) }
    }

    /// A problem that is no file's fault.
    pub fn new(what: impl Into<String>) -> Problem {
        Problem {
            place: None,
            what: what.into(),
            tags: Vec::new(),
            notes: Vec::new(),
            help: None,
            blames_lesson: false,
        }
    }

    /// The same, on one more interpreter.
    #[must_use]
    pub fn on(mut self, tag: Tag) -> Problem {
        self.tags.push(tag);
        self
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
        self.blames_lesson = false;
        self
    }

    /// The same, with how to mend the lesson, should it be at fault.
    #[must_use]
    pub fn mend(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self.blames_lesson = true;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.what)?;
        if !self.tags.is_empty() {
            write!(f, " on CPython {}", tag::ranges(&self.tags, &cpython::possible()))?;
        }
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

/// `problems` with those that differ only in their interpreters told once.
pub fn merge(problems: Problems) -> Problems {
    let mut merged = Problems::new();
    for problem in problems {
        let same = |known: &&mut Problem| {
            (&known.place, &known.what, &known.notes, &known.help)
                == (&problem.place, &problem.what, &problem.notes, &problem.help)
        };
        match merged.iter_mut().find(same) {
            Some(known) => known.tags.extend(problem.tags),
            None => merged.push(problem),
        }
    }
    for problem in &mut merged {
        problem.tags.sort();
        problem.tags.dedup();
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_on_several_interpreters_is_told_once() {
        let on = |tag: &str, what: &str| {
            Problem::at(Place::line("a.py", 3), what).on(tag.parse().unwrap()).help("mend it")
        };
        let merged = merge(vec![on("3.10", "x"), on("3.9", "y"), on("3.9", "x"), on("3.11", "x")]);
        let texts: Vec<String> = merged.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "a.py:3: x on CPython 3.9–3.11\nhelp: mend it",
                "a.py:3: y on CPython 3.9\nhelp: mend it"
            ]
        );
    }
}
