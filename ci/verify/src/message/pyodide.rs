//! Sentences about Pyodide.

use std::path::Path;

use super::process::last_lines;
use crate::layout::{BUNDLE, LESSONS};
use crate::problem::{Place, Problem};

const NOT_LIVE: &str = "without it nothing runs as 3.14-wasm, and the pages are not live";

pub(crate) fn no_pyodide_pinned(place: Place) -> Problem {
    Problem::at(place, "no version of `pyodide` among its dependencies")
        .help("pin one: `\"pyodide\": \"314.0.7\"`")
}

pub(crate) fn no_node() -> Problem {
    Problem::new("no `node` on PATH")
        .note(NOT_LIVE)
        .help("install Node.js 20 or later (Debian: `apt-get install nodejs npm`)")
}

pub(crate) fn old_node(version: &str, oldest: u32) -> Problem {
    Problem::new(format!("`node` is {version}; Pyodide needs {oldest} or later"))
        .note(NOT_LIVE)
        .help("install a newer Node.js and put it first on PATH")
}

pub(crate) fn no_pyodide(pinned: &str, installed: Option<&str>) -> Problem {
    let installed = installed.map_or_else(String::new, |version| format!(" ({version} is there)"));
    Problem::new(format!("Pyodide {pinned} is not installed{installed}"))
        .note(NOT_LIVE)
        .help("npm ci --prefix ci/web")
}

pub(crate) fn no_rust_target(target: &str) -> Problem {
    Problem::new(format!("rustc has no libraries for {target}"))
        .note(NOT_LIVE)
        .help(format!("rustup target add {target}"))
}

pub(crate) fn not_bundled(package: &str, topic: &str) -> Problem {
    Problem::at(Place::file(bundle_manifest::PATH), format!("no lesson `{topic}` in the bundle"))
        .help(format!("add `{package}.path = \"../../{LESSONS}/{topic}\"` under [dependencies]"))
}

pub(crate) fn not_a_module(path: &Path, how: &str, said: &str) -> Problem {
    Problem::new(format!("`{}` cannot be read as a WebAssembly module: node {how}", path.display()))
        .note(last_lines(said))
        .help("remove the file, and build it again")
}

pub(crate) fn not_exported(names: &[String]) -> Problem {
    Problem::at(Place::file(BUNDLE), "imports what the pinned Pyodide does not export")
        .note(names.join("\n"))
        .help("take the call out of the lesson for this target: `#[cfg(not(target_os = \"emscripten\"))]`")
}
