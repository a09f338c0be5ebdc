//! What the compiler says of code that it must refuse.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::lessons::Built;
use crate::lesson::Case;
use crate::lesson::Lesson;
use crate::mask;
use crate::message;
use crate::problem::{Place, Problem};
use crate::process::{self, Ended, Limits};

#[derive(Deserialize)]
struct Diagnostic {
    #[serde(rename = "$message_type")]
    kind: String,
    message: String,
    level: String,
    code: Option<Code>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// The version of the compiler: `1.95.0`.
pub fn rustc_version() -> Option<String> {
    let mut command = rustc();
    command.arg("--version");
    let said = process::ask(command, limits())?;
    Some(said.split_whitespace().nth(1)?.to_owned())
}

/// Compiles `case` against the libraries in `built`, and returns the compiler's words.
///
/// # Errors
///
/// It compiles, has more than one error, or another than it must.
pub fn refuse(lesson: &Lesson, case: &Case, built: &Built) -> Result<String, Problem> {
    let logs = tempfile::tempdir().map_err(|error| message::cannot_run_rustc(&error))?;
    let (printed, errors) = (logs.path().join("printed"), logs.path().join("errors"));
    let mut command = rustc();
    command.current_dir(&lesson.root).args(["--edition=2024", "--crate-type=lib"]);
    command.args(["--crate-name=must_not_compile", "--emit=metadata", "--error-format=json"]);
    command.arg("--out-dir").arg(logs.path()).arg("-L").arg(dependency(&built.deps));
    for (name, file) in &built.libraries {
        if name == "pyo3" || *name == lesson.module() {
            command.arg("--extern").arg(format!("{name}={}", file.display()));
        }
    }
    command.arg(&case.path);
    let finished = process::watch_split(command, &printed, &errors, limits())
        .map_err(|error| message::cannot_run_rustc(&error))?;
    let said = fs::read_to_string(&errors).unwrap_or_default();
    let errors: Vec<Diagnostic> = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Diagnostic>(line).ok())
        .filter(|said| said.kind == "diagnostic" && said.level == "error")
        .filter(|said| !said.message.starts_with("aborting due to"))
        .collect();
    let place = || Place::file(&case.path);
    match errors.as_slice() {
        [] if matches!(finished.ended, Ended::Itself(status) if status.success()) => {
            Err(message::compiles(place()))
        }
        [] => Err(message::rustc_failed(place(), &said)),
        [one] => {
            let code = one.code.as_ref().map(|code| &code.code);
            let rendered = mask::compiler(one.rendered.as_deref().unwrap_or_default());
            if code != case.code.as_ref() || !one.message.contains(&case.piece) {
                return Err(message::refused_otherwise(place(), &rendered));
            }
            Ok(rendered.trim_end().to_owned() + "\n")
        }
        several => {
            let all: String = several.iter().filter_map(|said| said.rendered.as_deref()).collect();
            Err(message::refused_twice(place(), several.len(), &all))
        }
    }
}

/// `RUSTC`, else the one beside the cargo that runs us, else that of `PATH`: to ask rustup
/// each time which one it is takes as long as the compiler takes to start.
fn rustc() -> Command {
    let named = std::env::var_os("RUSTC").map(PathBuf::from);
    let beside = || Some(PathBuf::from(std::env::var_os("CARGO")?).with_file_name("rustc"));
    let found = named.or_else(|| beside().filter(|path| path.is_file()));
    Command::new(found.unwrap_or_else(|| "rustc".into()))
}

fn dependency(folder: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("dependency=");
    argument.push(folder);
    argument
}

fn limits() -> Limits {
    Limits { time: Duration::from_secs(120), output: 1 << 20 }
}
