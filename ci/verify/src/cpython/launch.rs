//! How the Python of a session is started: its options and its whole environment.
//!
//! The environment of a session is made here, and in [`environment`](crate::environment) that of
//! every other program: an interpreter that is asked what it is, cargo, Node.js.
//! They stand in `launch.json` and nowhere else. This library reads it, hands it to Pyodide's host
//! and shows it in `cargo course describe`; the pages' Worker has it bundled. A change of it that
//! can move a count raises the MODE of `driver.py`.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The file, as a host that is no Rust reads it.
pub(crate) const TEXT: &str = include_str!("launch.json");

/// What the file says.
pub static LAUNCH: LazyLock<Launch> =
    LazyLock::new(|| serde_json::from_str(TEXT).expect("launch.json is well formed"));

/// How the Python of a session is started.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Launch {
    /// Python's own options.
    pub options: Vec<String>,
    /// The variables that it has of its surroundings, where they are set.
    pub kept: Vec<String>,
    /// All its other variables; among them what keeps NumPy from starting threads when it is
    /// imported. `{work}` is the empty folder that it starts in, `{temporary}` another one.
    pub environment: BTreeMap<String, String>,
}

impl Launch {
    /// Gives `command` the environment of a session, and no other, in these folders.
    pub(crate) fn surround(&self, command: &mut Command, work: &Path, temporary: &Path) {
        command.env_clear().current_dir(work);
        for name in &self.kept {
            command.envs(env::var_os(name).map(|value| (name, value)));
        }
        for (name, value) in &self.environment {
            match value.as_str() {
                "{work}" => command.env(name, work),
                "{temporary}" => command.env(name, temporary),
                value => command.env(name, value),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_the_environment_of_the_file_and_nothing_else() {
        let mut command = Command::new("python3");
        command.env("PYTHONPATH", "/elsewhere");
        LAUNCH.surround(&mut command, Path::new("/a"), Path::new("/b"));
        let names: Vec<&str> = command.get_envs().filter_map(|(name, _)| name.to_str()).collect();
        let known = |name: &&str| {
            LAUNCH.environment.contains_key(*name) || LAUNCH.kept.iter().any(|kept| kept == name)
        };
        assert!(names.iter().all(known), "{names:?}");
        let value = |name: &str| {
            let found = command.get_envs().find(|(known, _)| *known == name);
            found.and_then(|(_, value)| value?.to_str())
        };
        assert_eq!((value("HOME"), value("TMPDIR")), (Some("/a"), Some("/b")));
        assert_eq!(value("PYTHONHASHSEED"), Some("0"));
    }
}
