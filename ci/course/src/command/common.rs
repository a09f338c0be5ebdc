//! What several commands do.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use verify::interpreter::{Interpreter, choose, discover};
use verify::{Problems, lesson};

use crate::cli::Python;
use crate::message;

/// The course's folder, at or above the current one.
pub(super) fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder is gone")?;
    lesson::find_root(&here).ok_or_else(|| anyhow!(message::no_course(&here)))
}

/// Problems as one error.
pub(super) fn failed(problems: Problems) -> anyhow::Error {
    anyhow!(message::all(&problems))
}

/// The one interpreter a command asks for.
pub(super) fn interpreter(root: &Path, python: &Python) -> Result<Interpreter> {
    let Some(wanted) = &python.python else {
        return discover::as_pyo3_does().map_err(|problem| failed(vec![problem]));
    };
    let wanted = [wanted.to_string_lossy().into_owned()];
    let mut chosen = choose(discover::asked(root, &wanted).map_err(failed)?).into_values();
    chosen.next().context("no interpreter")
}

/// Ctrl-C ends what runs; a second one ends this process.
pub(super) fn stop_on_interrupt() {
    let handler = || {
        if verify::process::stopped() {
            std::process::exit(130);
        }
        verify::process::stop();
    };
    // Without a handler Ctrl-C still ends this process, and sessions end by their time limit.
    let _ = ctrlc::set_handler(handler);
}
