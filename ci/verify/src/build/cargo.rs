//! Cargo, run in a target folder of ours and with nothing in its environment that misleads.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::message;
use crate::problem::Problem;
use crate::process::{self, Ended, Limits};
use crate::toolchain;
use crate::ulimit;

/// What a build said.
pub(crate) struct Output {
    /// Cargo's own messages.
    pub(crate) messages: Vec<Message>,
    /// What it said to a person, the compiler's words not among it.
    errors: String,
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
    #[serde(rename = "compiler-message")]
    Diagnosed {
        package_id: String,
        message: Diagnostic,
    },
    #[serde(other)]
    Other,
}

/// What an artifact was made from.
#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    kind: Vec<String>,
}

/// What the compiler said of a package.
#[derive(Deserialize)]
pub(crate) struct Diagnostic {
    level: String,
    /// The places that it points at; none where it is about no code, but a linker or a disk.
    spans: Vec<IgnoredAny>,
    rendered: Option<String>,
}

impl Target {
    /// Whether it is of this kind: `cdylib`, `bin`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.iter().any(|known| known == kind)
    }
}

impl Output {
    /// The errors in the code of `package`.
    pub(crate) fn errors_in(&self, package: &str) -> String {
        self.compiler(|of, message| is_of(of, package) && !message.spans.is_empty())
    }

    /// All that went wrong, whoever is to blame.
    pub(crate) fn all_errors(&self) -> String {
        self.compiler(|_, _| true) + &self.errors
    }

    fn compiler(&self, asked: impl Fn(&str, &Diagnostic) -> bool) -> String {
        let said = self.messages.iter().filter_map(|message| match message {
            Message::Diagnosed { package_id, message }
                if message.level == "error" && asked(package_id, message) =>
            {
                message.rendered.as_deref()
            }
            _ => None,
        });
        said.collect()
    }

    /// Whether what it made for this machine lies where cargo puts what is for another: a file
    /// of cargo's configuration may say so, and no variable can take that back.
    fn is_for_another(&self, folder: &Path) -> bool {
        let elsewhere = |file: &PathBuf| {
            file.strip_prefix(folder).is_ok_and(|inside| !inside.starts_with("debug"))
        };
        self.messages.iter().any(|message| match message {
            Message::CompilerArtifact { filenames, .. } => filenames.iter().any(elsewhere),
            _ => false,
        })
    }
}

/// Whether `package_id` is one of the package `name`.
pub(super) fn is_of(package_id: &str, name: &str) -> bool {
    // `registry+https://…#pyo3-ffi@0.30.1`, `path+file:///…/lessons/tuple#lesson-tuple@0.1.0`
    let after = package_id.rsplit(['#', '/']).next().unwrap_or_default();
    after.split('@').next() == Some(name)
}

/// Runs `cargo build` with `arguments` and `environment` in the course's folder, into `folder`,
/// for this machine.
///
/// # Errors
///
/// Cargo cannot be run, or was stopped. What it did not build is told in its errors.
pub(crate) fn build_here(
    root: &Path,
    folder: &Path,
    arguments: &[&str],
    environment: &[(&str, &OsStr)],
) -> Result<Output, Problem> {
    let output = build(root, folder, arguments, environment)?;
    match output.is_for_another(folder).then(toolchain::host).flatten() {
        Some(host) => build(root, folder, &[arguments, &["--target", &host]].concat(), environment),
        None => Ok(output),
    }
}

/// The same, for the platform that `arguments` or cargo's configuration name.
///
/// # Errors
///
/// Those of [`build_here`].
pub(crate) fn build(
    root: &Path,
    folder: &Path,
    arguments: &[&str],
    environment: &[(&str, &OsStr)],
) -> Result<Output, Problem> {
    let failed = |error: io::Error| message::cannot_run_cargo(&error, &ulimit::tight());
    let logs =
        tempfile::tempdir_in(folder).map_err(|error| message::cannot_write(folder, &error))?;
    let (messages, errors) = (logs.path().join("messages"), logs.path().join("errors"));
    let mut command = toolchain::cargo();
    command.current_dir(root).args(["build", "--message-format=json"]);
    command.args(["--quiet", "--target-dir"]).arg(folder).args(arguments);
    command.env("PYO3_BUILD_EXTENSION_MODULE", "1").envs(environment.iter().copied());
    // A cold build says nothing for minutes, and may.
    let limits = Limits { time: Duration::from_secs(3600), output: u64::MAX };
    let finished = process::watch_split(command, &messages, &errors, limits).map_err(failed)?;
    if matches!(finished.ended, Ended::Stopped) {
        return Err(message::stopped());
    }
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let messages = read(&messages);
    let messages = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
    Ok(Output { messages: messages.collect(), errors: read(&errors) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    impl Output {
        /// One of these messages.
        pub(in crate::build) fn of(messages: serde_json::Value) -> Output {
            let messages = serde_json::from_value(messages).expect("as cargo writes them");
            Output { messages, errors: "could not compile".to_owned() }
        }
    }

    #[test]
    fn an_error_is_a_lessons_own_only_if_it_points_at_its_code() {
        let said = |id: &str, spans: serde_json::Value, text: &str| {
            json!({"reason": "compiler-message", "package_id": id,
                   "message": {"level": "error", "spans": spans, "rendered": text}})
        };
        let lesson = "path+file:///x/lessons/tuple#lesson-tuple@0.1.0";
        let other = "path+file:///x/lessons/list#lesson-list@0.1.0";
        let spans = json!([{"line_start": 3}]);
        let output = Output::of(json!([
            said(lesson, spans.clone(), "E0599 "),
            said(lesson, json!([]), "linking failed "),
            said(other, spans, "E0382 "),
        ]));
        assert_eq!(output.errors_in("lesson-tuple"), "E0599 ");
        assert_eq!(output.errors_in("lesson-tup"), "");
        assert_eq!(output.all_errors(), "E0599 linking failed E0382 could not compile");
    }

    #[test]
    fn what_was_made_for_another_platform_lies_in_a_folder_of_its_name() {
        let made = |file: &str| {
            Output::of(json!([{"reason": "compiler-artifact", "filenames": [file],
                               "target": {"name": "lesson_tuple", "kind": ["cdylib", "rlib"]}}]))
        };
        let another = |file: &str| made(file).is_for_another(Path::new("/t/3.14"));
        assert!(another("/t/3.14/x86_64-unknown-linux-musl/debug/liblesson_tuple.rlib"));
        assert!(!another("/t/3.14/debug/liblesson_tuple.so"));
        assert!(!another("/elsewhere/debug/deps/liblesson_tuple.so"));
    }
}
