//! All lessons in one WebAssembly module, which Pyodide imports as any of them.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::artifact;
use super::cargo::{self, Output};
use super::folder::folder;
use crate::cpython;
use crate::interpreter::pyodide::{self, TARGET};
use crate::layout::BUNDLE;
use crate::message;
use crate::problem::{Place, Problem};
use crate::text;

/// Builds `ci/bundle` in `target/tags/3.14-wasm` and returns the module's file, whose every
/// import the pinned Pyodide has.
///
/// It is linked by `ci/bundle/linker`, or by the Emscripten that `COURSE_EMCC` names.
///
/// # Errors
///
/// Something is missing on this machine, a lesson does not compile, or the module imports what
/// Pyodide does not export.
pub fn build(root: &Path) -> Result<PathBuf, Problem> {
    if let Some(problem) = pyodide::missing(root) {
        return Err(problem);
    }
    let folder = folder(root, cpython::pyodide())?;
    let linker = match env::var_os("COURSE_EMCC").filter(|value| !value.is_empty()) {
        Some(emcc) => PathBuf::from(emcc),
        None => {
            let said = cargo::build_here(root, &folder, &["--package", "bundle-linker"], &[])?;
            artifact(&said, "bundle-linker", "bin")?
        }
    };
    let version = format!("3.{}", cpython::pyodide().minor);
    let environment = [
        ("CARGO_TARGET_WASM32_UNKNOWN_EMSCRIPTEN_LINKER", linker.as_os_str()),
        ("PYO3_CROSS", OsStr::new("1")),
        ("PYO3_CROSS_PYTHON_VERSION", OsStr::new(&version)),
    ];
    let arguments = ["--package", "bundle", "--profile", "browser", "--target", TARGET];
    let module =
        artifact(&cargo::build(root, &folder, &arguments, &environment)?, "lessons", "cdylib")?;
    let unknown = pyodide::not_exported(root, &module)?;
    if unknown.is_empty() { Ok(module) } else { Err(message::not_exported(&unknown)) }
}

/// The topics of the lessons that the bundle holds.
pub(crate) fn bundled(root: &Path) -> Result<Vec<String>, Problem> {
    let path = Path::new(bundle_manifest::PATH);
    let manifest = text::read(root, path)?;
    bundle_manifest::topics(&manifest)
        .map_err(|error| message::not_toml(Place::line(path, error.line), &error.what))
}

/// What cargo made of the target `name`.
fn artifact(said: &Output, name: &str, kind: &str) -> Result<PathBuf, Problem> {
    let file = artifact::of_target(said, name, kind).map(Path::to_owned);
    file.ok_or_else(|| {
        message::does_not_build(Place::file(BUNDLE), cpython::pyodide(), &said.all_errors())
    })
}
