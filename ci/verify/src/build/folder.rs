//! The folders in which everything is built.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cpython::Tag;
use crate::message;
use crate::problem::Problem;

/// The folder below which everything is built: `CARGO_TARGET_DIR`, else `target`.
pub fn target(root: &Path) -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty()) {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// Whether anything can be built, said once where every build would say it.
///
/// # Errors
///
/// The folder of all builds cannot be made, or not be written.
pub fn can_build(root: &Path) -> Result<(), Problem> {
    let folder = target(root).join("tags");
    let written = fs::create_dir_all(&folder).and_then(|()| tempfile::tempfile_in(&folder));
    written.map(drop).map_err(|error| message::cannot_write(&folder, &error))
}

/// `target/tags/<tag>`, made where it is missing.
pub(crate) fn folder(root: &Path, tag: Tag) -> Result<PathBuf, Problem> {
    can_build(root)?;
    let folder = target(root).join("tags").join(tag.to_string());
    fs::create_dir_all(&folder).map_err(|error| message::cannot_write(&folder, &error))?;
    Ok(folder)
}
