//! The folders in which everything is built.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use crate::cpython::Tag;
use crate::hash;
use crate::message;
use crate::problem::Problem;
use crate::process::{self, Limits};
use crate::toolchain;
use crate::ulimit;

#[derive(Deserialize)]
struct Metadata {
    target_directory: PathBuf,
}

/// Cargo's target folder: what CARGO_TARGET_DIR, CARGO_BUILD_TARGET_DIR or a file of cargo's
/// configuration names, else `target`.
///
/// # Errors
///
/// Cargo does not say.
pub fn target(root: &Path) -> Result<PathBuf, Problem> {
    static ASKED: Mutex<BTreeMap<PathBuf, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(target) = asked.get(root) {
        return Ok(target.clone());
    }
    let target = ask_cargo(root)?;
    asked.insert(root.to_owned(), target.clone());
    Ok(target)
}

fn ask_cargo(root: &Path) -> Result<PathBuf, Problem> {
    let mut command = toolchain::cargo_with_target();
    command.current_dir(root).args(["metadata", "--no-deps", "--offline", "--format-version=1"]);
    let limits = Limits { output: 1 << 26, ..Limits::default() };
    let unsaid = |how: &str, said: &str| message::no_target_folder(how, said, &ulimit::tight());
    let said = process::ask(command, limits).map_err(|none| unsaid(&none.how, &none.said))?;
    let metadata: Metadata = serde_json::from_str(&said.output)
        .map_err(|_| unsaid(message::WITHOUT_ANSWER, &said.errors))?;
    Ok(metadata.target_directory)
}

/// The folder of all tags: `tags` in the target folder. To cargo a lesson is the same in every
/// checkout, so in a target folder that others may use each has one by its own name.
///
/// # Errors
///
/// Those of [`target`].
pub fn tags(root: &Path) -> Result<PathBuf, Problem> {
    let target = target(root)?;
    if is_own(&target, root) {
        return Ok(target.join("tags"));
    }
    let root = whole(root);
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    Ok(target.join(format!("tags-{name}-{}", hash::of_text(&root.to_string_lossy()))))
}

/// Whether `folder` lies in the checkout at `root`, so that no other builds there.
pub(super) fn is_own(folder: &Path, root: &Path) -> bool {
    whole(folder).starts_with(whole(root))
}

fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether anything can be built, said once where every build would say it.
///
/// # Errors
///
/// The folder of all builds cannot be made, or not be written.
pub fn can_build(root: &Path) -> Result<(), Problem> {
    let target = target(root)?;
    // Where it lies is known once it is there.
    fs::create_dir_all(&target).map_err(|error| message::cannot_write(&target, &error))?;
    let folder = tags(root)?;
    let written = fs::create_dir_all(&folder).and_then(|()| tempfile::tempfile_in(&folder));
    written.map(drop).map_err(|error| message::cannot_write(&folder, &error))
}

/// The folder of `tag`, made where it is missing.
pub(crate) fn folder(root: &Path, tag: Tag) -> Result<PathBuf, Problem> {
    can_build(root)?;
    let folder = tags(root)?.join(tag.to_string());
    fs::create_dir_all(&folder).map_err(|error| message::cannot_write(&folder, &error))?;
    Ok(folder)
}
