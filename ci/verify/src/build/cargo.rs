//! Cargo, run in a target folder of ours and with nothing in its environment that misleads.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::environment;
use crate::message;
use crate::problem::Problem;
use crate::process::{self, Ended, Limits};

/// What cargo sets for the program it runs, which must not reach the cargo that we run.
const OUTER: [&str; 9] = [
    "CARGO",
    "CARGO_BIN_NAME",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_TARGET_DIR",
    "CARGO_TARGET_TMPDIR",
];

/// What a build said.
pub(crate) struct Output {
    messages: String,
    /// What it said to a person.
    pub(crate) errors: String,
}

impl Output {
    /// Cargo's own messages.
    pub(crate) fn messages(&self) -> impl Iterator<Item = Message> {
        self.messages.lines().filter_map(|line| serde_json::from_str(line).ok())
    }
}

/// One line of what cargo says to a program.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub(crate) enum Message {
    CompilerArtifact {
        target: Target,
        filenames: Vec<PathBuf>,
    },
    BuildScriptExecuted {
        package_id: String,
        cfgs: Vec<String>,
    },
    #[serde(other)]
    Other,
}

/// What an artifact was made from.
#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

/// Runs `cargo build` with `arguments` and `environment` in the course's folder, into `folder`.
///
/// # Errors
///
/// Cargo cannot be run, or was stopped. What it did not build is told in its errors.
pub(crate) fn build<'a>(
    root: &Path,
    folder: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
    environment: &[(&str, &OsStr)],
) -> Result<Output, Problem> {
    let failed = |error: io::Error| message::cannot_run_cargo(&error);
    let logs = tempfile::tempdir().map_err(failed)?;
    let (messages, errors) = (logs.path().join("messages"), logs.path().join("errors"));
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(["build", "--message-format=json-render-diagnostics"]);
    command.args(["--quiet", "--target-dir"]).arg(folder).args(arguments);
    environment::clean(&mut command);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let set_by_cargo = text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_BIN_EXE_");
        if set_by_cargo || OUTER.contains(&text.as_ref()) {
            command.env_remove(&name);
        }
    }
    command.env("PYO3_BUILD_EXTENSION_MODULE", "1").envs(environment.iter().copied());
    // A cold build says nothing for minutes, and may.
    let limits = Limits { time: Duration::from_secs(3600), output: u64::MAX };
    let finished = process::watch_split(command, &messages, &errors, limits).map_err(failed)?;
    if matches!(finished.ended, Ended::Stopped) {
        return Err(message::stopped());
    }
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    Ok(Output { messages: read(&messages), errors: read(&errors) })
}
