//! What a Python runs before anything it is told to run.

use std::path::Path;
use std::process::Command;

use crate::environment;
use crate::process::{self, Limits};

/// The `sitecustomize`, `usercustomize` and `.pth` files of the Python at `executable`; none where
/// it does not say.
pub(crate) fn at_start(executable: &Path) -> Vec<String> {
    let mut command = Command::new(executable);
    environment::of_python(&mut command);
    command.args(["-S", "-s", "-X", "utf8", "-c", include_str!("at_start.py")]);
    let answer = process::ask(command, Limits::default()).ok();
    answer.and_then(|said| serde_json::from_str(said.output.trim()).ok()).unwrap_or_default()
}
