//! Sentences about Pyodide.

use std::path::Path;

use super::process::last_lines;
use crate::layout::{BUNDLE, LESSONS};
use crate::problem::{Place, Problem};

const NOT_LIVE: &str = "without it nothing runs as 3.14-wasm, and the pages are not live";

pub(crate) fn no_pyodide_pinned(place: Place) -> Problem {
    Problem::at(place, "expected a version of `pyodide` among the dependencies, found none")
        .help("pin one: `\"pyodide\": \"314.0.7\"`")
}

pub(crate) fn no_node() -> Problem {
    Problem::new("expected `node` on PATH, found none")
        .note(NOT_LIVE)
        .help("install Node.js 20 or later (Debian: `apt-get install nodejs npm`)")
}

pub(crate) fn old_node(version: &str, oldest: u32) -> Problem {
    Problem::new(format!(
        "`node`: expected {oldest} or later, which Pyodide needs, found {version}"
    ))
    .note(NOT_LIVE)
    .help("install a newer Node.js and put it first on PATH")
}

pub(crate) fn no_pyodide(pinned: &str, installed: Option<&str>) -> Problem {
    let installed = installed.unwrap_or("none");
    Problem::new(format!("expected Pyodide {pinned}, found {installed}"))
        .note(NOT_LIVE)
        .help("npm ci --prefix ci/web")
}

pub(crate) fn no_rust_target(target: &str) -> Problem {
    Problem::new(format!("expected rustc's libraries for {target}, found none"))
        .note(NOT_LIVE)
        .help(format!("rustup target add {target}"))
}

pub(crate) fn not_bundled(package: &str, topic: &str) -> Problem {
    Problem::at(
        Place::file(bundle_manifest::PATH),
        format!("expected lesson `{topic}` in the bundle, found none"),
    )
    .help(format!("add `{package}.path = \"../../{LESSONS}/{topic}\"` under [dependencies]"))
}

pub(crate) fn not_a_module(path: &Path, how: &str, said: &str) -> Problem {
    Problem::new(format!(
        "`{}`: expected a WebAssembly module, found that node {how}",
        path.display()
    ))
    .note(last_lines(said))
    .help("remove the file, and build it again")
}

pub(crate) fn not_exported(names: &[String]) -> Problem {
    Problem::at(Place::file(BUNDLE), "expected imports that the pinned Pyodide exports, found others")
        .note(names.join("\n"))
        .help("take the call out of the lesson for this target: `#[cfg(not(target_os = \"emscripten\"))]`")
}
