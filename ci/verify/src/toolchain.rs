//! The cargo and the rustc that everything is built with.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::environment;
use crate::process::{self, Limits};

/// The cargo that runs us, else that of `PATH`.
pub fn cargo() -> Command {
    let outer = env::var_os("CARGO").filter(|value| !value.is_empty());
    let mut command = Command::new(outer.unwrap_or_else(|| "cargo".into()));
    environment::of_cargo(&mut command);
    command
}

/// The same, told where it is to build, as by whoever runs us.
pub(crate) fn cargo_with_target() -> Command {
    let mut command = cargo();
    for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"] {
        command
            .envs(env::var_os(name).filter(|value| !value.is_empty()).map(|value| (name, value)));
    }
    command
}

/// The rustc that this cargo runs: `RUSTC`, else the one beside it, else that of `PATH`.
///
/// To ask rustup each time which one it is takes as long as the compiler takes to start.
pub fn rustc() -> Command {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let beside =
        || set("CARGO").map(|cargo| cargo.with_file_name("rustc")).filter(|it| it.is_file());
    let mut command = Command::new(set("RUSTC").or_else(beside).unwrap_or_else(|| "rustc".into()));
    environment::of_cargo(&mut command);
    command
}

/// What Rust calls this machine's platform.
pub(crate) fn host() -> Option<String> {
    let mut command = rustc();
    command.arg("-vV");
    let said = process::ask(command, Limits::default()).ok()?.output;
    said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}
