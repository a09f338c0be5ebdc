//! The CPython of the pages: Pyodide, run by Node.js here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;

use crate::build;
use crate::digest;
use crate::interpreter::{Interpreter, Source};
use crate::message;
use crate::problem::{Place, Problem};
use crate::process::{self, Limits};
use crate::tag::{Build, Tag};
use crate::wasm::TARGET;

/// The pinned Pyodide's column.
pub const TAG: Tag = Tag { minor: 14, build: Build::Wasm };

/// The program that Node.js runs: driver.py's `main`, for Pyodide.
pub(crate) const HOST: &str = include_str!("pyodide.mjs");

/// Where `npm ci` puts the pinned Pyodide, below the course's folder.
const FOLDER: &str = "ci/web/node_modules/pyodide";

/// The oldest Node.js that the pinned Pyodide runs in.
const OLDEST_NODE: u32 = 20;

/// Each answers in less than a second; a machine under load is given time.
const LIMITS: Limits = Limits { time: Duration::from_secs(120), output: 1 << 20 };

#[derive(Deserialize)]
struct Package {
    version: Option<String>,
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Lock {
    info: Info,
}

#[derive(Deserialize)]
struct Info {
    python: String,
}

/// Pyodide's own files: `pyodide.mjs`, `pyodide.asm.wasm`, `python_stdlib.zip` and the rest.
pub fn folder(root: &Path) -> PathBuf {
    root.join(FOLDER)
}

/// The version of Pyodide that `ci/web/package.json` pins.
///
/// # Errors
///
/// There is no such file, or no such line in it.
pub fn pinned(root: &Path) -> Result<String, Problem> {
    let path = Path::new("ci/web/package.json");
    let text = fs::read_to_string(root.join(path))
        .map_err(|error| message::cannot_read(Place::file(path), &error))?;
    let package: Option<Package> = serde_json::from_str(&text).ok();
    let pinned = package.and_then(|package| package.dependencies.get("pyodide").cloned());
    pinned.ok_or_else(|| message::no_pyodide_pinned(Place::file(path)))
}

/// What this machine lacks to build lessons for Pyodide and to run them, with the command
/// that gets it; `None` where all is there.
pub fn missing(root: &Path) -> Option<Problem> {
    let pinned = match pinned(root) {
        Ok(pinned) => pinned,
        Err(problem) => return Some(problem),
    };
    let Some(node) = ask("node", &["--version"]) else { return Some(message::no_node()) };
    let major = node.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse().is_ok_and(|major: u32| major < OLDEST_NODE) {
        return Some(message::old_node(node.trim(), OLDEST_NODE));
    }
    let package = fs::read_to_string(folder(root).join("package.json")).unwrap_or_default();
    let installed =
        serde_json::from_str(&package).ok().and_then(|package: Package| package.version);
    if installed.as_ref() != Some(&pinned) {
        return Some(message::no_pyodide(&pinned, installed.as_deref()));
    }
    let library = ask("rustc", &["--print", "target-libdir", "--target", TARGET]);
    if !library.is_some_and(|path| Path::new(path.trim()).is_dir()) {
        return Some(message::no_rust_target(TARGET));
    }
    None
}

/// The pinned Pyodide as an interpreter, where nothing is missing.
pub(crate) fn find(root: &Path) -> Option<Interpreter> {
    // Most courses that a test makes have no pages that live.
    let version = pinned(root).ok()?;
    if missing(root).is_some() {
        return None;
    }
    let lock = fs::read_to_string(folder(root).join("pyodide-lock.json")).ok()?;
    let lock: Lock = serde_json::from_str(&lock).ok()?;
    Some(Interpreter {
        tag: TAG,
        version: format!("{} (Pyodide {version})", lock.info.python),
        executable: process::find("node")?,
        source: Source::Npm,
    })
}

/// The names that `module` imports and Pyodide's main module does not export.
pub(crate) fn not_exported(root: &Path, module: &Path) -> Result<Vec<String>, Problem> {
    let (_folder, mut command) = host(root, "imports")?;
    command.arg(module);
    let said = process::ask(command, LIMITS).ok_or_else(|| message::not_a_module(module))?;
    Ok(said.split_whitespace().map(str::to_owned).collect())
}

/// The memory of a CPython that has just started with this hash seed, from which a session
/// starts in a tenth of the time; made where it is missing. `None` where it cannot be made.
pub fn snapshot(root: &Path, hash_seed: u32) -> Option<PathBuf> {
    static MAKING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let made_by = format!("{}-{}", pinned(root).ok()?, digest::of_text(HOST));
    let folder = build::folder(root, TAG).ok()?;
    let file = folder.join(format!("snapshot-{made_by}-{hash_seed}.bin"));
    if !file.is_file() {
        let part = tempfile::NamedTempFile::new_in(&folder).ok()?;
        let (_folder, mut command) = host(root, "snapshot").ok()?;
        command.arg(part.path()).env("PYTHONHASHSEED", hash_seed.to_string());
        process::ask(command, LIMITS)?;
        part.persist(&file).ok()?;
    }
    Some(file)
}

/// Node.js about to run the host's command `name`, and the folder that holds the host.
fn host(root: &Path, name: &str) -> Result<(tempfile::TempDir, Command), Problem> {
    let wrong = |error: std::io::Error| message::cannot_write(&std::env::temp_dir(), &error);
    let folder = tempfile::tempdir().map_err(wrong)?;
    let file = folder.path().join("pyodide.mjs");
    fs::write(&file, HOST).map_err(wrong)?;
    let mut command = Command::new("node");
    command.arg(file).arg(name).arg(self::folder(root));
    Ok((folder, command))
}

fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments);
    process::ask(command, LIMITS)
}
