//! What `build` brings for live pages.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

use crate::scratch::Scratch;

fn tool(folder: &Path, name: &str, script: &str) {
    let file = folder.join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// What a build says whose rustc has no libraries for WebAssembly, and what rustup was asked.
fn built(with_rustup: bool) -> (String, String) {
    let course = Scratch::new();
    course.recorded();
    course.write("ci/web/package.json", "{ \"dependencies\": { \"pyodide\": \"314.0.7\" } }");
    let tools = TempDir::new().unwrap();
    tool(tools.path(), "node", "echo v22.0.0");
    tool(tools.path(), "npm", "exit 1");
    tool(tools.path(), "rustc", "echo /nowhere");
    let asked = tools.path().join("asked");
    if with_rustup {
        tool(tools.path(), "rustup", &format!("echo \"$@\" >> {}; exit 1", asked.display()));
    }
    let mut process = course.process(&["build"]);
    process.env("PATH", format!("{}:/usr/bin:/bin", tools.path().display()));
    process.env("RUSTC", tools.path().join("rustc"));
    let output = process.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(course.read("target/book/probe.html").contains("hello"));
    (said, fs::read_to_string(asked).unwrap_or_default())
}

#[test]
fn a_build_asks_rustup_once_for_what_is_missing_and_goes_on_without_it() {
    let (said, asked) = built(true);
    assert_eq!(asked, "target add wasm32-unknown-emscripten\n");
    assert!(said.contains("note: rustup brings Rust's libraries for live pages"), "{said}");
    assert!(said.contains("help: rustup target add wasm32-unknown-emscripten"), "{said}");
    let (said, _) = built(false);
    assert!(said.contains("expected rustup on PATH, found none"), "{said}");
}
