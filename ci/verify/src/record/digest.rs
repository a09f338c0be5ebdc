//! A digest of what a column ran, so that a machine without its interpreter can tell
//! whether the column still speaks of the lesson as it is.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::hash;
use crate::layout::LESSONS;
use crate::lesson::{Lesson, below};
use crate::message;
use crate::problem::{Place, Problem};
use crate::run::driver;
use crate::text;

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
/// `session.py` as [`text::normal`] has them, the locked PyO3, and the driver's MODE.
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
    let root = &lesson.root;
    let mut files = vec![lesson.folder().join("Cargo.toml"), lesson.session_path()];
    let build = lesson.folder().join("build.rs");
    if text::is_there(root, &build)? {
        files.push(build);
    }
    files.extend(below(root, &lesson.folder().join("src"))?);
    files.sort();
    for path in files {
        let name = path.strip_prefix(LESSONS).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        add(&name, &content(root, &path)?);
    }
    for (name, version) in locked(root)? {
        add(&name, version.as_bytes());
    }
    add("MODE", driver::mode().as_bytes());
    Ok(hash::short(&hasher.finalize()))
}

fn locked(root: &Path) -> Result<Vec<(String, String)>, Problem> {
    let path = Path::new("Cargo.lock");
    let text = text::read(root, path)?;
    let lock: Lock = toml::from_str(&text)
        .map_err(|error| message::not_toml(Place::file(path), error.message()))?;
    let ours = lock.package.into_iter().filter(|package| PACKAGES.contains(&package.name.as_str()));
    Ok(ours.map(|package| (package.name, package.version)).collect())
}

/// What of a file can matter: its text, or its bytes where a lesson includes something else.
fn content(root: &Path, path: &Path) -> Result<Vec<u8>, Problem> {
    let bytes = text::bytes(root, path)?;
    let is_code = path
        .extension()
        .is_some_and(|extension| ["rs", "py", "toml"].iter().any(|it| extension == *it));
    match text::normal(path, &bytes) {
        Ok(text) => Ok(text.into_bytes()),
        Err(problem) if is_code => Err(problem),
        Err(_) => Ok(bytes),
    }
}
