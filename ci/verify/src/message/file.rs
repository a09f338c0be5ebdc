//! Sentences about files.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use crate::layout::{BOOK, LESSONS};
use crate::problem::{Place, Problem};

pub(crate) fn cannot_read(place: Place, error: &io::Error) -> Problem {
    Problem::at(place, format!("cannot be read: {error}"))
}

pub(crate) fn not_a_file(place: Place, found: &str) -> Problem {
    Problem::at(place, format!("expected a file, found {found}")).help("move it away")
}

pub(crate) fn bad_file_name(folder: &Path, name: &OsStr) -> Problem {
    Problem::at(Place::file(folder), format!("expected names in UTF-8, found {name:?}"))
        .help("rename it, or remove it")
}

/// `bytes` are no UTF-8 from `at` on.
pub(crate) fn not_utf8(place: Place, bytes: &[u8], at: usize) -> Problem {
    let found = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16".to_owned(),
        _ => format!("the byte {:#04x}", bytes[at]),
    };
    Problem::at(place, format!("expected UTF-8, found {found}")).help("save the file as UTF-8")
}

pub(crate) fn not_text(place: Place, found: char) -> Problem {
    let code = format!("U+{:04X}", u32::from(found));
    match found {
        '\r' => Problem::at(place, format!("expected LF or CRLF, found CR alone ({code})"))
            .help("save the file with LF at the end of each line"),
        '\0' => Problem::at(place, format!("expected text, found NUL ({code})"))
            .help("restore the file from version control, or remove the character"),
        _ => Problem::at(place, format!("expected text, found the invisible character {code}"))
            .help("remove it; in code, write it as an escape"),
    }
}

/// `path` cannot be written; says how to point elsewhere.
pub fn cannot_write(path: &Path, error: &io::Error) -> Problem {
    Problem::new(format!("cannot write `{}`: {error}", path.display())).help(format!(
        "set CARGO_TARGET_DIR (builds) and TMPDIR (sessions) to folders that can be written; \
         `regen` and `new` also need to write `{LESSONS}/` and `{BOOK}/`",
    ))
}

pub(crate) fn not_toml(place: Place, why: &str) -> Problem {
    Problem::at(place, format!("expected TOML, found what is none: {}", why.trim()))
}
