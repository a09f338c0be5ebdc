//! Code that the compiler must refuse: `lessons/<topic>/must_not_compile/<name>.rs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::build::Built;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem};
use crate::process::{self, Ended, Limits};
use crate::record::digest;
use crate::run::mask;

/// One program that must not compile, and the error it must end in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The file's stem.
    pub name: String,
    /// The file, relative to the course's folder.
    pub path: PathBuf,
    /// The code without its first line.
    pub source: String,
    /// The error's code, `E0382`, where the compiler gives one.
    pub code: Option<String>,
    /// A piece of its message.
    pub piece: String,
    /// A digest of the file, by which recorded words are known to be about it.
    pub digest: String,
}

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

/// The cases of `lesson`, A to Z.
///
/// # Errors
///
/// A file cannot be read, or its first line is not `//~ error[E0382]: a piece`.
pub fn cases(lesson: &Lesson) -> Result<Vec<Case>, Problem> {
    let folder = lesson.folder().join("must_not_compile");
    let Ok(entries) = fs::read_dir(lesson.root.join(&folder)) else { return Ok(Vec::new()) };
    let mut cases = Vec::new();
    for entry in entries.flatten() {
        let path = folder.join(entry.file_name());
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(lesson.root.join(&path))
                .map_err(|error| message::cannot_read(Place::file(&path), &error))?;
            cases.push(parse(&path, &text)?);
        }
    }
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(cases)
}

fn parse(path: &Path, text: &str) -> Result<Case, Problem> {
    let (first, source) = text.split_once('\n').unwrap_or((text, ""));
    let wrong = || message::no_expected_error(Place::line(path, 1));
    let rest = first.trim_end().strip_prefix("//~ error").ok_or_else(wrong)?;
    let (code, piece) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (code, piece) = rest.split_once("]:").ok_or_else(wrong)?;
            (Some(code.to_owned()), piece)
        }
        None => (None, rest.strip_prefix(':').ok_or_else(wrong)?),
    };
    if piece.trim().is_empty() {
        return Err(wrong());
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(message::bad_case_name(Place::file(path)));
    }
    Ok(Case {
        name,
        path: path.to_owned(),
        digest: digest::of_text(&text.replace("\r\n", "\n")),
        source: source.replace("\r\n", "\n"),
        code,
        piece: piece.trim().to_owned(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_says_which_error() {
        let case =
            parse(Path::new("a/moved.rs"), "//~ error[E0382]: use of moved value\nfn f() {}\n");
        let case = case.unwrap();
        assert_eq!((case.name.as_str(), case.code.as_deref()), ("moved", Some("E0382")));
        assert_eq!(
            (case.piece.as_str(), case.source.as_str()),
            ("use of moved value", "fn f() {}\n")
        );
        assert_eq!(parse(Path::new("a.rs"), "//~ error: lifetime\n").unwrap().code, None);
        for text in ["fn f() {}\n", "//~ error[E0382] x\n", "//~ error[E0382]:\n", ""] {
            assert!(
                parse(Path::new("a.rs"), text).unwrap_err().to_string().starts_with("a.rs:1: ")
            );
        }
    }
}
