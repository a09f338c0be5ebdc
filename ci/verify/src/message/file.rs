//! Sentences about files.

use std::io;
use std::path::Path;
use std::str::Utf8Error;

use crate::problem::{Place, Problem};

pub(crate) fn cannot_read(place: Place, error: &io::Error) -> Problem {
    Problem::at(place, format!("cannot be read: {error}"))
}

pub(crate) fn not_utf8(place: Place, error: Utf8Error) -> Problem {
    Problem::at(place, format!("is not UTF-8: {error}")).help("save it as UTF-8")
}

/// `path` cannot be written; says how to point elsewhere.
pub fn cannot_write(path: &Path, error: &io::Error) -> Problem {
    Problem::new(format!("cannot write `{}`: {error}", path.display())).help(
        "set CARGO_TARGET_DIR (builds) and TMPDIR (sessions) to folders that can be written; \
         `regen` and `new` also need to write `lessons/` and `book/`",
    )
}

pub(crate) fn not_toml(place: Place, why: &str) -> Problem {
    Problem::at(place, format!("is not TOML: {}", why.trim()))
}
