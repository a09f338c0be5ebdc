//! A CPython that was asked what it is.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::cpython::tag::{Build, NEWEST, OLDEST, Tag};
use crate::message;
use crate::problem::Problem;
use crate::process::{self, Limits};

/// Variables that would make a Python, or PyO3's build, something else than it is.
const MISLEADING: [&str; 11] = [
    "CONDA_PREFIX",
    "PYO3_CONFIG_FILE",
    "PYO3_CROSS",
    "PYO3_NO_PYTHON",
    "PYO3_PYTHON",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONMALLOC",
    "PYTHONPATH",
    "PYTHON_GIL",
    "VIRTUAL_ENV",
];

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
    /// It is missing, not Python, not CPython, or older than 3.9; or it cannot be asked.
    pub fn probe(path: &Path, source: Source) -> Result<Interpreter, Problem> {
        if path.components().count() > 1 && !path.is_file() {
            return Err(message::no_interpreter(path));
        }
        process::can_watch()?;
        let mut command = Command::new(path);
        command.args(["-s", "-X", "utf8", "-c", include_str!("probe.py")]);
        clean(&mut command);
        let limits = Limits { time: Duration::from_secs(20), output: 1 << 16 };
        let said = process::ask(command, limits).ok_or_else(|| message::not_python(path))?;
        let answer: Answer = said
            .lines()
            .last()
            .and_then(|line| serde_json::from_str(line).ok())
            .ok_or_else(|| message::not_python(path))?;
        if answer.implementation != "cpython" {
            return Err(message::not_cpython(path, &answer.implementation, &answer.version));
        }
        if answer.minor.0 != 3 || answer.minor.1 < OLDEST.minor {
            return Err(message::too_old(path, &answer.version));
        }
        if answer.minor.1 > NEWEST.minor {
            return Err(message::too_new(path, &answer.version));
        }
        let build = match (answer.debug, answer.free_threaded) {
            (true, _) => Build::Debug,
            (false, true) => Build::FreeThreaded,
            (false, false) => Build::Gil,
        };
        Ok(Interpreter {
            tag: Tag { minor: answer.minor.1, build },
            version: answer.version + &answer.level,
            executable: answer.executable,
            source,
        })
    }

    /// The patch number, to prefer the newest of two.
    fn patch(&self) -> u32 {
        let digits = self.version.split('.').nth(2).unwrap_or_default();
        digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    }
}

/// Removes what would mislead a Python or a build from the environment of `command`.
pub(crate) fn clean(command: &mut Command) {
    for name in MISLEADING {
        command.env_remove(name);
    }
}

/// One interpreter per tag: named before `PATH` before the newest patch.
pub fn choose(found: Vec<Interpreter>) -> BTreeMap<Tag, Interpreter> {
    let mut chosen = BTreeMap::new();
    let mut found: Vec<_> = found.into_iter().enumerate().collect();
    found.sort_by_key(|(index, interpreter)| match interpreter.source {
        // The order in which they were named, or stand on PATH, is the user's own.
        Source::Named | Source::Path | Source::Npm => (interpreter.source, Reverse(0), *index),
        Source::Pyenv | Source::Uv => (Source::Pyenv, Reverse(interpreter.patch()), *index),
    });
    for (_, interpreter) in found {
        chosen.entry(interpreter.tag).or_insert(interpreter);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_with_one_tag_the_named_one_then_path_then_the_newest_patch() {
        let found = |source, version: &str| Interpreter {
            tag: OLDEST,
            version: version.to_owned(),
            executable: PathBuf::new(),
            source,
        };
        let pick = |found| choose(found)[&OLDEST].version.clone();
        let old = || found(Source::Pyenv, "3.9.2");
        let new = || found(Source::Uv, "3.9.18");
        assert_eq!(pick(vec![old(), new()]), "3.9.18");
        assert_eq!(pick(vec![old(), new(), found(Source::Path, "3.9.1")]), "3.9.1");
        let named = vec![
            found(Source::Path, "3.9.1"),
            found(Source::Named, "3.9.0"),
            found(Source::Named, "3.9.3"),
        ];
        assert_eq!(pick(named), "3.9.0");
    }
}
