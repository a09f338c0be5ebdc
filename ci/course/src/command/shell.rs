//! `shell`: a Python to play in, with the lesson importable and its cells loaded.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use verify::build::{self, build};
use verify::{Lesson, Tag, environment};

use super::common::{failed, interpreter};
use super::run;
use crate::cli::Python;
use crate::message;

/// Starts the shell.
pub(crate) fn shell(root: &Path, topic: &str, python: &Python) -> Result<ExitCode> {
    let lesson = run::load(root, topic)?;
    let one = |problem| failed(vec![problem]);
    let interpreter = interpreter(root, python)?;
    if !interpreter.tag.build.is_native() {
        return Err(one(message::no_shell(interpreter.tag)));
    }
    let lessons = [lesson];
    let built = build(root, &lessons, &interpreter).map_err(one)?;
    let [lesson] = &lessons;
    let folder = build::keep(root, &built, lesson, interpreter.tag).map_err(one)?;
    let script = folder.join("shell.py");
    let session = folder.join("session.json");
    std::fs::write(&script, include_str!("shell.py"))
        .and_then(|()| std::fs::write(&session, cells(lesson, interpreter.tag).to_string()))
        .map_err(|error| one(verify::message::cannot_write(&folder, &error)))?;
    let mut command = Command::new(&interpreter.executable);
    environment::of_python(&mut command);
    command.args(["-X", "utf8"]).arg(&script).arg(&folder).arg(&session);
    let status = command.status().context("cannot start the interpreter")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The cells that `tag` runs, as `shell.py` reads them. One that crashes is only named.
fn cells(lesson: &Lesson, tag: Tag) -> Value {
    let cells =
        lesson.session.cells.iter().filter(|cell| cell.runs_on(tag) && cell.missing().is_none());
    cells
        .map(|cell| {
            json!({
                "name": cell.name,
                "line": cell.line,
                "source": cell.source,
                "crashes": cell.crashes.is_some(),
            })
        })
        .collect()
}
