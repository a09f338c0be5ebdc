//! Finds the CPythons of this machine.

use std::collections::BTreeSet;
use std::env;
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

use super::probe::{Interpreter, Source};
use super::pyodide;
use crate::cpython::{Build, Tag, supported};
use crate::environment;
use crate::message;
use crate::problem::{Problem, Problems};
use crate::process;

/// Every CPython that can run lessons: those of `PYO3_PYTHON` and `COURSE_PYTHONS`, then
/// `python3.N[t]` and `python3` on `PATH`, then pyenv's and uv's, and the Pyodide of the course
/// in `root`.
///
/// # Errors
///
/// An interpreter that was named, by `PYO3_PYTHON` or `COURSE_PYTHONS`, cannot be used.
/// Those found elsewhere that cannot be used are left out.
pub fn all(root: &Path) -> Result<Vec<Interpreter>, Problems> {
    // If none could be asked, each would seem to be none.
    process::can_watch().map_err(|problem| vec![problem])?;
    let mut seen = BTreeSet::new();
    let candidates: Vec<Candidate> = candidates()?
        .into_iter()
        .filter(|Candidate { path, .. }| {
            seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
        })
        .collect();
    let probed: Vec<_> =
        candidates.par_iter().map(|candidate| (candidate.source, candidate.probe())).collect();
    let mut found = Vec::new();
    let mut problems = Problems::new();
    for (source, result) in probed {
        match result {
            Ok(interpreter) => found.push(interpreter),
            Err(problem) if source == Source::Named => problems.push(problem),
            Err(_) => {}
        }
    }
    found.extend(pyodide::find(root));
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The interpreter that PyO3 builds for when nobody says which: `PYO3_PYTHON`, else the
/// active environment's, else `python`, else `python3`.
///
/// The order is that of `find_interpreter` in pyo3-build-config 0.30.
///
/// # Errors
///
/// None of them is a CPython that can run lessons.
pub fn as_pyo3_does() -> Result<Interpreter, Problem> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = set("PYO3_PYTHON") {
        return Candidate::named(path, "PYO3_PYTHON").probe();
    }
    let [in_venv, in_conda] = if cfg!(windows) {
        ["Scripts/python.exe", "python.exe"]
    } else {
        ["bin/python", "bin/python"]
    };
    match (set("VIRTUAL_ENV"), set("CONDA_PREFIX")) {
        (Some(prefix), None) => {
            return Candidate::named(prefix.join(in_venv), "VIRTUAL_ENV").probe();
        }
        (None, Some(prefix)) => {
            return Candidate::named(prefix.join(in_conda), "CONDA_PREFIX").probe();
        }
        _ => {}
    }
    let answers = |name: &&str| {
        let mut command = Command::new(name);
        environment::of_python(&mut command);
        let output = command.arg("--version").output();
        output.is_ok_and(|output| output.stdout.starts_with(b"Python 3"))
    };
    let name = ["python", "python3"].into_iter().find(answers);
    Interpreter::probe(Path::new(name.ok_or_else(message::no_python_at_all)?), Source::Path)
}

/// A program that may be a CPython.
struct Candidate {
    path: PathBuf,
    source: Source,
    /// The variable that names it, if one does.
    named_by: Option<&'static str>,
}

impl Candidate {
    fn named(path: PathBuf, variable: &'static str) -> Candidate {
        Candidate { path, source: Source::Named, named_by: Some(variable) }
    }

    fn found(path: PathBuf, source: Source) -> Candidate {
        Candidate { path, source, named_by: None }
    }

    fn probe(&self) -> Result<Interpreter, Problem> {
        let probed = Interpreter::probe(&self.path, self.source);
        match self.named_by {
            Some(variable) => probed.map_err(|problem| message::named_by(problem, variable)),
            None => probed,
        }
    }
}

fn candidates() -> Result<Vec<Candidate>, Problems> {
    let mut found = Vec::new();
    let mut problems = Problems::new();
    for name in ["PYO3_PYTHON", "COURSE_PYTHONS"] {
        for path in paths(name) {
            if path.is_dir() {
                let inside: Vec<PathBuf> =
                    executables(&path).into_iter().chain(plain(&path)).collect();
                if inside.is_empty() {
                    problems.push(message::no_interpreter_in(&path, name));
                }
                found.extend(inside.into_iter().map(|path| Candidate::named(path, name)));
            } else {
                found.push(Candidate::named(path, name));
            }
        }
    }
    for folder in paths("PATH").into_iter().filter(|folder| !is_shims(folder)) {
        let inside = executables(&folder).into_iter().chain(plain(&folder));
        found.extend(inside.map(|path| Candidate::found(path, Source::Path)));
    }
    let home = env::home_dir().unwrap_or_default();
    let pyenv = env::var_os("PYENV_ROOT").map_or_else(|| home.join(".pyenv"), PathBuf::from);
    let data =
        env::var_os("XDG_DATA_HOME").map_or_else(|| home.join(".local/share"), PathBuf::from);
    let uv =
        env::var_os("UV_PYTHON_INSTALL_DIR").map_or_else(|| data.join("uv/python"), PathBuf::from);
    for (folder, source) in [(pyenv.join("versions"), Source::Pyenv), (uv, Source::Uv)] {
        for version in entries(&folder) {
            let inside = executables(&version.join("bin"));
            found.extend(inside.into_iter().map(|path| Candidate::found(path, source)));
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The path list in variable `name`, without its empty entries.
fn paths(name: &str) -> Vec<PathBuf> {
    let list = env::var_os(name).unwrap_or_default();
    env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// pyenv's shims run whatever pyenv was told to run; its versions are looked at themselves.
fn is_shims(folder: &Path) -> bool {
    folder.ends_with(".pyenv/shims")
        || env::var_os("PYENV_ROOT").is_some_and(|root| folder == Path::new(&root).join("shims"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

/// `python3` in `folder`, which may be any version.
fn plain(folder: &Path) -> Option<PathBuf> {
    Some(folder.join(format!("python3{EXE_SUFFIX}"))).filter(|path| path.is_file())
}

/// `python3.N`, `python3.Nt` and `python3.Nd` in `folder`.
fn executables(folder: &Path) -> Vec<PathBuf> {
    let native = || Build::ALL.iter().filter(|build| build.is_native());
    supported::minors()
        .flat_map(|minor| {
            native().map(move |build| {
                folder.join(format!("python3.{minor}{}{EXE_SUFFIX}", build.suffix()))
            })
        })
        .filter(|path| path.is_file())
        .collect()
}

/// Those of `found` that `wanted` asks for: tags, or paths that are probed now.
///
/// # Errors
///
/// A tag that no interpreter has, a path that is not a usable CPython.
pub fn select(found: Vec<Interpreter>, wanted: &[String]) -> Result<Vec<Interpreter>, Problems> {
    let mut chosen = Vec::new();
    let mut problems = Problems::new();
    for name in wanted {
        if let Ok(tag) = name.parse::<Tag>() {
            let same: Vec<_> = found.iter().filter(|known| known.tag == tag).cloned().collect();
            if same.is_empty() {
                problems.push(message::tag_not_found(
                    tag,
                    found.iter().map(|known| known.tag).collect(),
                ));
            }
            chosen.extend(same);
        } else {
            match Interpreter::probe(Path::new(name), Source::Named) {
                Ok(interpreter) => chosen.push(interpreter),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(chosen) } else { Err(problems) }
}
