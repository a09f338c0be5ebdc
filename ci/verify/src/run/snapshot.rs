//! The memory of a Pyodide that has just started, kept for the next session.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::build;
use crate::cpython::{self, launch};
use crate::hash;
use crate::interpreter::pyodide::{HOST, LIMITS, host, pinned};
use crate::process;

/// The memory of a CPython that has just started with this hash seed, from which a session
/// starts in a tenth of the time; made where it is missing. `None` where it cannot be made.
pub(crate) fn snapshot(root: &Path, hash_seed: u32) -> Option<PathBuf> {
    static MAKING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let made_by =
        format!("{}-{}", pinned(root).ok()?, hash::of_text(&[HOST, launch::TEXT].concat()));
    let folder = build::folder(root, cpython::pyodide()).ok()?;
    let file = folder.join(format!("snapshot-{made_by}-{hash_seed}.bin"));
    if !file.is_file() {
        let part = tempfile::NamedTempFile::new_in(&folder).ok()?;
        let (_folder, mut command) = host(root, "snapshot").ok()?;
        command.arg(part.path()).env("PYTHONHASHSEED", hash_seed.to_string());
        process::ask(command, LIMITS).ok()?;
        part.persist(&file).ok()?;
        remove_snapshots(&folder, &made_by);
    }
    Some(file)
}

/// Removes what another version made: each is as large as a CPython's memory.
fn remove_snapshots(folder: &Path, but: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("snapshot-") && !name.contains(but) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
