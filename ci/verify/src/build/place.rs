//! The extension, put where Python imports it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::message;
use crate::problem::Problem;

/// Puts the extension in `file` into a fresh `folder` under the name Python imports it by.
///
/// # Errors
///
/// `folder` cannot be written.
pub fn place(file: &Path, folder: &Path, module: &str) -> Result<PathBuf, Problem> {
    let put = || -> io::Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let named = folder.join(format!("{module}.so"));
        // A linker makes a new file, as cargo counts on where it links its own outputs like this.
        fs::hard_link(file, &named).or_else(|_| fs::copy(file, &named).map(drop))
    };
    put().map_err(|error| message::cannot_write(folder, &error))?;
    Ok(folder.to_owned())
}
