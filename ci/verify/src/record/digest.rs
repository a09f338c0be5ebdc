//! A digest of what a column ran, so that a machine without its interpreter can tell
//! whether the column still speaks of the lesson as it is.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::hash;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem};
use crate::run::driver;

/// The packages whose locked version a count can depend on.
const PACKAGES: [&str; 2] = ["pyo3", "pyo3-ffi"];

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
}

/// The digest of `lesson`: 16 hexadecimal digits over `src/**`, `build.rs`, `Cargo.toml` and
/// `session.py` with LF, the locked PyO3, and the driver's MODE.
///
/// # Errors
///
/// One of the files cannot be read.
pub fn digest(lesson: &Lesson) -> Result<String, Problem> {
    let mut hasher = Sha256::new();
    let mut add = |name: &str, content: &[u8]| {
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name);
        hasher.update((content.len() as u64).to_le_bytes());
        hasher.update(content);
    };
    let mut files = vec![lesson.folder().join("Cargo.toml"), lesson.session_path()];
    files.extend(
        Some(lesson.folder().join("build.rs")).filter(|path| lesson.root.join(path).exists()),
    );
    files.extend(below(&lesson.root, &lesson.folder().join("src"))?);
    files.sort();
    for path in files {
        let content =
            fs::read(lesson.root.join(&path)).map_err(|error| unreadable(&path, &error))?;
        let name =
            path.strip_prefix("lessons").unwrap_or(&path).to_string_lossy().replace('\\', "/");
        add(&name, &with_lf(&content));
    }
    for (name, version) in locked(&lesson.root)? {
        add(&name, version.as_bytes());
    }
    add("MODE", driver::mode().as_bytes());
    Ok(hash::short(&hasher.finalize()))
}

fn locked(root: &Path) -> Result<Vec<(String, String)>, Problem> {
    let path = Path::new("Cargo.lock");
    let text = fs::read_to_string(root.join(path)).map_err(|error| unreadable(path, &error))?;
    let lock: Lock = toml::from_str(&text)
        .map_err(|error| message::not_toml(Place::file(path), error.message()))?;
    let ours = lock.package.into_iter().filter(|package| PACKAGES.contains(&package.name.as_str()));
    Ok(ours.map(|package| (package.name, package.version)).collect())
}

/// The files below `folder`, which is relative to `root`.
fn below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    let entries = fs::read_dir(root.join(folder)).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let path = folder.join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        // What an editor or a file manager leaves there is no part of the lesson.
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if entry.path().is_dir() {
            files.extend(below(root, &path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn with_lf(content: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(content) {
        Ok(text) => text.replace("\r\n", "\n").into_bytes(),
        Err(_) => content.to_vec(),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    message::cannot_read(Place::file(path), error)
}
