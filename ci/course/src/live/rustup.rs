//! Rust's libraries for Pyodide's platform, brought by rustup.

use std::path::Path;
use std::process::{Command, Stdio};

use verify::environment;
use verify::interpreter::pyodide::TARGET;

use crate::message;

/// Brings them. rustup itself says what goes wrong; that there is none is said here. What is then
/// still missing is looked for afterwards, as if nobody had tried.
pub(super) fn add_target(root: &Path) {
    let mut rustup = Command::new("rustup");
    environment::of_cargo(&mut rustup);
    eprintln!("{}", message::adding_target(TARGET));
    rustup.args(["target", "add", TARGET]).current_dir(root).stdout(Stdio::null());
    if rustup.status().is_err() {
        eprintln!("{}", message::no_rustup(TARGET));
    }
}
