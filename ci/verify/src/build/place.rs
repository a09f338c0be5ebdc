//! The extension, put where Python imports it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::message;
use crate::problem::Problem;

/// The name by which Python imports `module`.
pub(crate) fn file_name(module: &str) -> String {
    format!("{module}.{}", if cfg!(windows) { "pyd" } else { "so" })
}

/// Puts the extension in `file` into `folder` under the name Python imports it by. A process
/// that imports it from there at this moment finds the old one or the new one.
///
/// # Errors
///
/// `folder` cannot be written.
pub fn place(file: &Path, folder: &Path, module: &str) -> Result<PathBuf, Problem> {
    let put = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let beside = TempDir::new_in(folder)?;
        let fresh = beside.path().join(module);
        // A linker makes a new file, as cargo counts on where it links its own outputs like this.
        fs::hard_link(file, &fresh).or_else(|_| fs::copy(file, &fresh).map(drop))?;
        fs::rename(&fresh, folder.join(file_name(module)))
    };
    put().map_err(|error| message::cannot_write(folder, &error))?;
    Ok(folder.to_owned())
}
