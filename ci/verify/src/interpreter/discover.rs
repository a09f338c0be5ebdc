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
use crate::cpython::{self, Build, Tag, supported};
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
    let candidates = candidates()?;
    let (native, pyodide) = rayon::join(|| probe(&candidates), || pyodide::find(root));
    Ok(native?.into_iter().chain(pyodide).collect())
}

/// Those that `wanted` asks for, tags or paths; without a word of it, all. No other is started:
/// of a tag, those whose name does not promise another one.
///
/// # Errors
///
/// A tag that no interpreter has, a path that is not a usable CPython; `PYO3_PYTHON` or
/// `COURSE_PYTHONS` names a file that is not there, or one that may be asked for and cannot be used.
pub fn asked(root: &Path, wanted: &[String]) -> Result<Vec<Interpreter>, Problems> {
    if wanted.is_empty() {
        return all(root);
    }
    process::can_watch().map_err(|problem| vec![problem])?;
    let tags: Vec<Tag> = wanted.iter().filter_map(|name| name.parse().ok()).collect();
    let paths = wanted.iter().filter(|name| name.parse::<Tag>().is_err());
    let paths: Vec<Candidate> =
        paths.map(|name| Candidate::found(name.into(), Source::Named)).collect();
    let (likely, others): (Vec<_>, Vec<_>) =
        candidates()?.into_iter().partition(|one| tags.iter().any(|tag| one.may_be(*tag)));
    let pyodide = || tags.contains(&cpython::pyodide()).then(|| pyodide::find(root)).flatten();
    let ((named, likely), pyodide) =
        rayon::join(|| rayon::join(|| probe(&paths), || probe(&likely)), pyodide);
    let mut found: Vec<Interpreter> = likely?.into_iter().chain(pyodide).collect();
    if !missing(&tags, &found).is_empty() {
        // One may have a name that promises another; if not, those that are there are told.
        found.extend(probe(&others)?);
    }
    let known = || found.iter().map(|known| known.tag).collect();
    let missing = missing(&tags, &found).into_iter();
    let problems: Problems = missing.map(|tag| message::tag_not_found(tag, known())).collect();
    let of_tags = found.into_iter().filter(|known| tags.contains(&known.tag));
    match named {
        Ok(named) if problems.is_empty() => Ok(named.into_iter().chain(of_tags).collect()),
        Ok(_) => Err(problems),
        Err(unusable) => Err(unusable.into_iter().chain(problems).collect()),
    }
}

/// Those of `tags` that none of `found` has.
fn missing(tags: &[Tag], found: &[Interpreter]) -> Vec<Tag> {
    let has = |tag: &&Tag| found.iter().any(|known| known.tag == **tag);
    tags.iter().filter(|tag| !has(tag)).copied().collect()
}

/// Those of `candidates` that can be used, all asked side by side.
fn probe(candidates: &[Candidate]) -> Result<Vec<Interpreter>, Problems> {
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

    /// The tag in its name, or in the name of the file that it leads to.
    fn promised(&self) -> Option<Tag> {
        let of = |path: &Path| -> Option<Tag> {
            let name = path.file_name()?.to_str()?.strip_suffix(EXE_SUFFIX)?;
            name.strip_prefix("python")?.parse().ok()
        };
        of(&self.path).or_else(|| of(&fs::canonicalize(&self.path).ok()?))
    }

    /// Whether it may be one of `tag`, as far as its name tells.
    fn may_be(&self, tag: Tag) -> bool {
        // `python3.14` may be a build of any kind, `python3.14t` of one alone.
        let any = Tag { build: Build::Gil, ..tag };
        let fits = |promised| promised == tag || promised == any;
        tag.build.is_native() && self.promised().is_none_or(fits)
    }
}

/// Every program that may be one, each once, and none started yet.
///
/// # Errors
///
/// A variable names a file that is not there, or a folder without one.
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
            } else if path.components().count() > 1 && !path.is_file() {
                problems.push(message::named_by(message::no_interpreter(&path), name));
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
    let mut seen = BTreeSet::new();
    found.retain(|Candidate { path, .. }| {
        seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
    });
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
