//! `doctor`: what is there, what is missing, and how to get it.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Result;
use verify::cpython::supported;
use verify::interpreter::discover;
use verify::interpreter::{Interpreter, choose};
use verify::{Tag, toolchain};

use crate::message;

/// Prints what was found. Exit status 1 where lessons cannot be built and run.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn doctor(root: &Path) -> Result<ExitCode> {
    let mut well = true;
    println!("course      {}", root.display());
    for (name, program, help) in [
        ("cargo", toolchain::cargo(), "install Rust with rustup"),
        ("rustc", toolchain::rustc(), "install Rust with rustup"),
        (
            "cc",
            Command::new("cc"),
            "install a C linker (Debian: `apt-get install gcc`; macOS: `xcode-select --install`)",
        ),
    ] {
        let found = version(program);
        well &= found.is_some();
        println!("{name:<11} {}", found.unwrap_or_else(|| format!("missing\nhelp: {help}")));
    }
    match verify::build::tags(root) {
        Ok(folder) => println!("builds in   {}", folder.display()),
        Err(problem) => {
            well = false;
            println!("builds in   {problem}");
        }
    }
    match discover::as_pyo3_does() {
        Ok(python) => {
            println!("cargo test  CPython {}, {}", python.version, python.executable.display())
        }
        Err(problem) => {
            well = false;
            println!("cargo test  {problem}");
        }
    }
    match discover::all(root) {
        Ok(found) => interpreters(found),
        Err(problems) => {
            well = false;
            problems.iter().for_each(|problem| println!("{problem}"));
        }
    }
    if let Some(problem) = verify::interpreter::pyodide::missing(root) {
        println!("live pages  {}", message::not_live(&problem));
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[expect(clippy::print_stdout, reason = "this is the command's output")]
fn interpreters(found: Vec<Interpreter>) {
    let chosen = choose(found.clone());
    let mut found = found;
    found.sort_by_key(|interpreter| interpreter.tag);
    for interpreter in &found {
        let taken = chosen[&interpreter.tag].executable == interpreter.executable;
        println!(
            "{:<6} {:<8} {:<6} {}{}",
            interpreter.tag.to_string(),
            interpreter.version,
            interpreter.source.word(),
            interpreter.executable.display(),
            if taken { "" } else { " (another one is taken)" },
        );
    }
    let wanted = supported().iter().filter(|tag| tag.build.is_native());
    let missing = wanted.filter(|tag| !chosen.contains_key(tag));
    let missing: Vec<String> = missing.map(Tag::to_string).collect();
    if !missing.is_empty() {
        println!("missing     {}", missing.join(", "));
        println!(
            "help: any one CPython is enough to learn; for these, `uv python install {}`",
            missing.join(" ")
        );
    }
}

/// The first line of what `program` says of itself.
fn version(mut program: Command) -> Option<String> {
    let output = program.arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}
