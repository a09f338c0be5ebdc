//! Writes the line that links each lesson, from the dependencies in Cargo.toml.

use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=Cargo.toml");
    let manifest = fs::read_to_string("Cargo.toml").expect("cargo has just read it");
    let linked: String =
        lessons(&manifest).map(|topic| format!("extern crate lesson_{topic} as _;\n")).collect();
    let folder = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&folder).join("lessons.rs"), linked).expect("OUT_DIR is writable");
}

/// The topics of the lines `lesson-<topic>.path = …`.
fn lessons(manifest: &str) -> impl Iterator<Item = &str> {
    manifest.lines().filter_map(|line| line.strip_prefix("lesson-")?.split('.').next())
}
