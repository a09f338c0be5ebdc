//! What `ci/web/package-lock.json` names, brought by npm.

use std::path::Path;
use std::process::{Command, Stdio};

use verify::environment;
use verify::layout::WEB;

use crate::message;

/// Brings the packages. npm itself says what goes wrong, and what is then still missing is
/// looked for afterwards, as if nobody had tried.
pub(super) fn install(root: &Path) {
    eprintln!("{}", message::installing());
    let mut npm = Command::new("npm");
    environment::of_node(&mut npm);
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]);
    let _ = npm.arg(root.join(WEB)).stdout(Stdio::null()).status();
}
