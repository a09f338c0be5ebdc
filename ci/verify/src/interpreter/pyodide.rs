//! The CPython of the pages: Pyodide, run by Node.js here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::probe::{Interpreter, Source};
use crate::cpython::{self, launch};
use crate::environment;
use crate::layout::WEB;
use crate::message;
use crate::problem::{Place, Problem};
use crate::process::{self, Limits};
use crate::text;
use crate::toolchain;

/// What Rust calls Pyodide's platform.
pub const TARGET: &str = "wasm32-unknown-emscripten";

/// The program that Node.js runs: driver.py's `main`, for Pyodide.
pub(crate) const HOST: &str = include_str!("pyodide.mjs");

/// Where `npm ci` puts the pinned Pyodide, below the pages' folder.
const FOLDER: &str = "node_modules/pyodide";

/// The oldest Node.js that the pinned Pyodide runs in.
const OLDEST_NODE: u32 = 20;

/// Each answers in less than a second; a machine under load is given time.
pub(crate) const LIMITS: Limits = Limits { time: Duration::from_secs(120), output: 1 << 20 };

#[derive(Deserialize)]
struct Package {
    version: Option<String>,
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Lock {
    info: Info,
}

#[derive(Deserialize)]
struct Info {
    python: String,
}

/// Pyodide's own files: `pyodide.mjs`, `pyodide.asm.wasm`, `python_stdlib.zip` and the rest.
pub fn folder(root: &Path) -> PathBuf {
    root.join(WEB).join(FOLDER)
}

/// The version of Pyodide that `ci/web/package.json` pins.
///
/// # Errors
///
/// There is no such file, or no such line in it.
pub fn pinned(root: &Path) -> Result<String, Problem> {
    let path = &Path::new(WEB).join("package.json");
    let text = text::read(root, path)?;
    let package: Option<Package> = serde_json::from_str(&text).ok();
    let pinned = package.and_then(|package| package.dependencies.get("pyodide").cloned());
    pinned.ok_or_else(|| message::no_pyodide_pinned(Place::file(path)))
}

/// What this machine lacks to build lessons for Pyodide and to run them, with the command
/// that gets it; `None` where all is there.
pub fn missing(root: &Path) -> Option<Problem> {
    lacking(root).or_else(lacks_target).or_else(|| not_installed(root))
}

/// What it lacks and neither rustup nor npm brings: Node.js.
pub fn lacking(root: &Path) -> Option<Problem> {
    if let Err(problem) = pinned(root) {
        return Some(problem);
    }
    let mut node = Command::new("node");
    environment::of_node(&mut node);
    node.arg("--version");
    let Ok(node) = process::ask(node, LIMITS) else { return Some(message::no_node()) };
    let node = node.output;
    let major = node.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse().is_ok_and(|major: u32| major < OLDEST_NODE) {
        return Some(message::old_node(node.trim(), OLDEST_NODE));
    }
    None
}

/// Whether rustup has yet to bring Rust's libraries for Pyodide's platform.
pub fn lacks_target() -> Option<Problem> {
    let mut rustc = toolchain::rustc();
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let library = process::ask(rustc, LIMITS);
    let there = library.is_ok_and(|path| Path::new(path.output.trim()).is_dir());
    (!there).then(|| message::no_rust_target(TARGET))
}

/// Whether npm has yet to bring the pinned Pyodide.
pub fn not_installed(root: &Path) -> Option<Problem> {
    let pinned = match pinned(root) {
        Ok(pinned) => pinned,
        Err(problem) => return Some(problem),
    };
    let package = fs::read_to_string(folder(root).join("package.json")).unwrap_or_default();
    let installed =
        serde_json::from_str(&package).ok().and_then(|package: Package| package.version);
    // Half of it is none of it.
    let same = installed.as_ref() == Some(&pinned) && lock(root).is_some();
    (!same).then(|| message::no_pyodide(&pinned, installed.as_deref()))
}

/// What the installed Pyodide says of itself.
fn lock(root: &Path) -> Option<Lock> {
    let text = fs::read_to_string(folder(root).join("pyodide-lock.json")).ok()?;
    serde_json::from_str(&text).ok()
}

/// The pinned Pyodide as an interpreter, where nothing is missing.
pub(crate) fn find(root: &Path) -> Option<Interpreter> {
    // Most courses that a test makes have no pages that live.
    let version = pinned(root).ok()?;
    if missing(root).is_some() {
        return None;
    }
    let lock = lock(root)?;
    Some(Interpreter {
        tag: cpython::pyodide(),
        version: lock.info.python + &in_words(&version),
        executable: process::find("node")?,
        source: Source::Npm,
    })
}

/// Whether a column of the Pyodide that ran as `python`, an [`Interpreter`]'s version, is one of
/// another Pyodide than the pinned one; where none is pinned it is not.
pub(crate) fn is_another(root: &Path, python: &str) -> bool {
    pinned(root).is_ok_and(|version| !python.ends_with(&in_words(&version)))
}

fn in_words(version: &str) -> String {
    format!(" (Pyodide {version})")
}

/// The names that `module` imports and Pyodide's main module does not export.
pub(crate) fn not_exported(root: &Path, module: &Path) -> Result<Vec<String>, Problem> {
    let (_folder, mut command) = host(root, "imports")?;
    command.arg(module);
    let said = process::ask(command, LIMITS)
        .map_err(|none| message::not_a_module(module, &none.how, &none.said))?;
    Ok(said.output.split_whitespace().map(str::to_owned).collect())
}

/// Node.js about to run the host's command `name`, and the folder that holds the host.
pub(crate) fn host(root: &Path, name: &str) -> Result<(tempfile::TempDir, Command), Problem> {
    let wrong = |error: std::io::Error| message::cannot_write(&std::env::temp_dir(), &error);
    let folder = tempfile::tempdir().map_err(wrong)?;
    let [file, launch] = ["pyodide.mjs", "launch.json"].map(|name| folder.path().join(name));
    fs::write(&file, HOST).and_then(|()| fs::write(&launch, launch::TEXT)).map_err(wrong)?;
    let mut command = Command::new("node");
    environment::of_node(&mut command);
    command.arg(file).arg(name).arg(self::folder(root)).arg(launch);
    Ok((folder, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A WebAssembly module with one function of each name, imported or exported.
    fn module(imports: &[&str], exports: &[&str]) -> Vec<u8> {
        let name = |text: &str| [&[text.len() as u8], text.as_bytes()].concat();
        let section = |id: u8, items: Vec<Vec<u8>>| {
            let content = [vec![items.len() as u8], items.concat()].concat();
            [vec![id, content.len() as u8], content].concat()
        };
        let function = |index: usize| (imports.len() + index) as u8;
        let import = |text: &&str| [name("env"), name(text), vec![0, 0]].concat();
        let export =
            |(index, text): (usize, &&str)| [name(text), vec![0, function(index)]].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, vec![vec![0x60, 0, 0]]),
            section(2, imports.iter().map(import).collect()),
            section(3, exports.iter().map(|_| vec![0]).collect()),
            section(7, exports.iter().enumerate().map(export).collect()),
            section(10, exports.iter().map(|_| vec![2, 0, 0x0b]).collect()),
        ]
        .concat()
    }

    /// A course whose Pyodide exports `known` and no more.
    fn course() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder(root.path())).unwrap();
        fs::write(folder(root.path()).join("pyodide.asm.wasm"), module(&[], &["known"])).unwrap();
        let package = r#"{ "dependencies": { "pyodide": "314.0.7" } }"#;
        fs::write(root.path().join("ci/web/package.json"), package).unwrap();
        root
    }

    #[test]
    fn an_import_that_pyodide_does_not_export_is_named() {
        let left_out = std::env::var("COURSE_WITHOUT").unwrap_or_default();
        if left_out.split(',').any(|name| name == cpython::pyodide().to_string()) {
            return;
        }
        assert!(
            process::find("node").is_some(),
            "no `node`; COURSE_WITHOUT=3.14-wasm does without"
        );
        let root = course();
        let file = root.path().join("lessons.wasm");
        let unknown = |imports: &[&str]| {
            fs::write(&file, module(imports, &["PyInit_lesson_tuple"])).unwrap();
            not_exported(root.path(), &file)
        };
        assert_eq!(unknown(&["known", "__memory_base"]).unwrap(), [""; 0]);
        assert_eq!(
            unknown(&["unheard", "known", "PyOld_Call"]).unwrap(),
            ["PyOld_Call", "unheard"]
        );
        fs::write(&file, "no module").unwrap();
        assert!(not_exported(root.path(), &file).is_err());
        let said = message::not_exported(&["PyOld_Call".to_owned()]).to_string();
        assert!(said.contains("found others\n    PyOld_Call\nhelp: "), "{said}");
    }

    #[test]
    fn what_is_missing_is_said_with_the_command_that_gets_it() {
        let root = course();
        assert_eq!(pinned(root.path()).unwrap(), "314.0.7");
        let help = |problem: Problem| problem.help.unwrap_or_default();
        let missing = not_installed(root.path()).unwrap();
        assert_eq!(missing.what, "expected Pyodide 314.0.7, found none");
        assert_eq!(help(missing), "npm ci --prefix ci/web");
        assert!(find(root.path()).is_none());
        assert!(help(message::no_node()).contains("apt-get install nodejs npm"));
        assert_eq!(help(message::no_rust_target(TARGET)), format!("rustup target add {TARGET}"));
        fs::write(root.path().join("ci/web/package.json"), "{}").unwrap();
        let problem = pinned(root.path()).unwrap_err().to_string();
        assert!(
            problem.starts_with("ci/web/package.json: expected a version of `pyodide`"),
            "{problem}"
        );
    }
}
