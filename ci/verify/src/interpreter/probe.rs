//! A CPython that was asked what it is.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::cpython::{Build, Tag, newest, oldest};
use crate::environment;
use crate::message;
use crate::problem::Problem;
use crate::process::{self, Limits};

/// Where an interpreter was found; earlier ones are preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// `--python`, `PYO3_PYTHON` or `COURSE_PYTHONS`.
    Named,
    /// A folder of `PATH`.
    Path,
    /// One of pyenv's versions.
    Pyenv,
    /// One of uv's managed versions.
    Uv,
    /// The Pyodide that npm installed for the pages.
    Npm,
}

impl Source {
    /// Where that is, in a word.
    pub fn word(self) -> &'static str {
        match self {
            Source::Named => "named",
            Source::Path => "PATH",
            Source::Pyenv => "pyenv",
            Source::Uv => "uv",
            Source::Npm => "npm",
        }
    }
}

/// A CPython that can run lessons.
#[derive(Clone, Debug)]
pub struct Interpreter {
    /// Its column.
    pub tag: Tag,
    /// Its exact version: `3.14.10`, `3.14.2 (Pyodide 314.0.7)`.
    pub version: String,
    /// Its own `sys.executable`, never a shim; of Pyodide, the `node` that runs it.
    pub executable: PathBuf,
    /// Where it was found.
    pub source: Source,
}

#[derive(Deserialize)]
struct Answer {
    implementation: String,
    version: String,
    level: String,
    minor: (u8, u8),
    free_threaded: bool,
    debug: bool,
    executable: PathBuf,
}

impl Interpreter {
    /// Asks the program at `path` what it is.
    ///
    /// # Errors
    ///
    /// It is missing, not Python, not CPython, or of a release or a build that lessons do not run
    /// on; or it cannot be asked.
    pub fn probe(path: &Path, source: Source) -> Result<Interpreter, Problem> {
        if path.components().count() > 1 && !path.is_file() {
            return Err(message::no_interpreter(path));
        }
        process::can_watch()?;
        let mut command = Command::new(path);
        command.args(["-s", "-X", "utf8", "-c", include_str!("probe.py")]);
        environment::of_python(&mut command);
        let limits = Limits { time: Duration::from_secs(20), output: 1 << 16 };
        let said = process::ask(command, limits)
            .map_err(|none| message::not_python(path, &none.how, &none.said))?;
        // What a Python runs at its start, or at its end, may print too.
        let mut lines = said.output.lines().rev();
        let answer: Answer = lines
            .find_map(|line| serde_json::from_str(line).ok())
            .ok_or_else(|| message::not_python(path, message::WITHOUT_ANSWER, &said.output))?;
        if answer.implementation != "cpython" {
            return Err(message::not_cpython(path, &answer.implementation, &answer.version));
        }
        if answer.minor.0 != 3 || answer.minor.1 < oldest().minor {
            return Err(message::too_old(path, &answer.version));
        }
        if answer.minor.1 > newest().minor {
            return Err(message::too_new(path, &answer.version));
        }
        let build = Build::native(answer.debug, answer.free_threaded)
            .ok_or_else(|| message::debug_and_free_threaded(path, &answer.version))?;
        Ok(Interpreter {
            tag: Tag { minor: answer.minor.1, build },
            version: answer.version + &answer.level,
            executable: answer.executable,
            source,
        })
    }

    /// The patch number, to prefer the newest of two.
    pub(super) fn patch(&self) -> u32 {
        let digits = self.version.split('.').nth(2).unwrap_or_default();
        digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    }
}
