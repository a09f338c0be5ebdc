//! What the compiler says of code that it must refuse.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::lessons::Built;
use crate::lesson::Case;
use crate::lesson::Lesson;
use crate::mask;
use crate::message;
use crate::problem::{Place, Problem};
use crate::process::{self, Ended, Limits};
use crate::toolchain;
use crate::ulimit;

#[derive(Deserialize)]
struct Diagnostic {
    #[serde(rename = "$message_type")]
    kind: String,
    message: String,
    level: String,
    code: Option<Code>,
    spans: Vec<IgnoredAny>,
    rendered: Option<String>,
}

/// What rustc says of libraries that it cannot find, read or use.
const OF_LIBRARIES: [&str; 11] = [
    "E0457", "E0458", "E0459", "E0460", "E0461", "E0462", "E0463", "E0514", "E0519", "E0523",
    "E0786",
];

impl Diagnostic {
    /// Whether it is about the code that was compiled, and not about a disk, or a library.
    fn is_of_the_code(&self) -> bool {
        let of_libraries = |code: &Code| OF_LIBRARIES.contains(&code.code.as_str());
        !self.spans.is_empty() && !self.code.as_ref().is_some_and(of_libraries)
    }
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// The version of the compiler: `1.95.0`.
pub fn rustc_version() -> Option<String> {
    let mut command = toolchain::rustc();
    command.arg("--version");
    let said = process::ask(command, patience()).ok()?;
    Some(said.output.split_whitespace().nth(1)?.to_owned())
}

/// Compiles `case` against the libraries in `built`, and returns the compiler's words.
///
/// # Errors
///
/// It compiles, has more than one error, or another than it must.
pub fn refuse(lesson: &Lesson, case: &Case, built: &Built) -> Result<String, Problem> {
    let logs = tempfile::tempdir()
        .map_err(|error| message::cannot_write(&std::env::temp_dir(), &error))?;
    let (printed, errors) = (logs.path().join("printed"), logs.path().join("errors"));
    let mut command = toolchain::rustc();
    command.current_dir(&lesson.root).args(["--edition=2024", "--crate-type=lib"]);
    command.args(["--crate-name=must_not_compile", "--emit=metadata", "--error-format=json"]);
    command.arg("--out-dir").arg(logs.path());
    for folder in &built.deps {
        command.arg("-L").arg(dependency(folder));
    }
    for (name, file) in &built.libraries {
        if name == "pyo3" || *name == lesson.module() {
            command.arg("--extern").arg(format!("{name}={}", file.display()));
        }
    }
    command.arg(&case.path);
    let finished = process::watch_split(command, &printed, &errors, patience())
        .map_err(|error| message::cannot_run_rustc(&error, &ulimit::tight()))?;
    let said = fs::read_to_string(&errors).unwrap_or_default();
    let errors: Vec<Diagnostic> = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Diagnostic>(line).ok())
        .filter(|said| said.kind == "diagnostic" && said.level == "error")
        .filter(|said| !said.message.starts_with("aborting due to"))
        .collect();
    if let Some(other) = errors.iter().find(|error| !error.is_of_the_code()) {
        return Err(message::libraries_unread(&other.message, &ulimit::tight()));
    }
    let place = || Place::file(&case.path);
    match errors.as_slice() {
        [] if matches!(finished.ended, Ended::Itself(status) if status.success()) => {
            Err(message::compiles(place()))
        }
        [] => Err(message::rustc_failed(&finished.ended.how(patience()), &said, &ulimit::tight())),
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

fn dependency(folder: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("dependency=");
    argument.push(folder);
    argument
}

fn patience() -> Limits {
    Limits { time: Duration::from_secs(120), output: 1 << 20 }
}
