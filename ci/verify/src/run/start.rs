//! One session in one interpreter: what each cell printed and what each expression was.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;
use tempfile::TempDir;

use crate::cpython::launch::{self, LAUNCH};
use crate::cpython::tag::{Build, Tag};
use crate::interpreter::Interpreter;
use crate::interpreter::pyodide;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::Problems;
use crate::process::{self, Limits};
use crate::run::judge::Event;

/// The program that runs in the interpreter.
pub const DRIVER: &str = include_str!("driver.py");

/// What a run of a session is made of.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// Whose session.
    pub lesson: &'a Lesson,
    /// In which interpreter.
    pub interpreter: &'a Interpreter,
    /// The folder that holds the extension under its import name.
    pub extension: &'a Path,
    /// The expressions to evaluate after the last cell.
    pub expressions: &'a [String],
    /// `PYTHONHASHSEED`.
    pub hash_seed: u32,
    /// What the session may not do.
    pub limits: Limits,
}

/// What a session did on one interpreter.
#[derive(Clone, Debug)]
pub struct Run {
    /// The interpreter's column.
    pub tag: Tag,
    /// The interpreter's exact version.
    pub version: String,
    /// What each cell that ran printed, masked.
    pub printed: BTreeMap<String, String>,
    /// The cells that would have run here, and the command that each one misses.
    pub unmet: BTreeMap<String, String>,
    /// The expressions that were asked for.
    pub evaluated: Vec<String>,
    /// What each expression that has a value here was.
    pub values: BTreeMap<String, Value>,
    /// What is wrong with an expression.
    pub unbound: BTreeMap<String, String>,
}

impl Run {
    /// Whether an expression of names that `cells` assign has no value only because one of
    /// them misses its command here.
    pub(crate) fn cannot_have(&self, cells: &[String]) -> bool {
        cells.iter().any(|cell| self.unmet.contains_key(cell))
    }
}

/// What a bound expression was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its `str`, one line.
    pub text: String,
    /// The cells that assign the names in it, in the session's order.
    pub cells: Vec<String>,
}

#[derive(Serialize)]
struct JobFile<'a> {
    file: &'a str,
    source: &'a str,
    path: &'a Path,
    cells: Vec<JobCell<'a>>,
    values: &'a [String],
    /// How long one cell may take when nobody watches; whole seconds, more than the limit.
    seconds: u64,
}

#[derive(Serialize)]
struct JobCell<'a> {
    name: &'a str,
    line: usize,
    source: &'a str,
    runs: bool,
    raises: bool,
    crashes: bool,
}

impl Job<'_> {
    /// Runs the session in a fresh process, from an empty folder.
    ///
    /// # Errors
    ///
    /// Whatever kept the session from running as its cells say it must, at the cell's line.
    pub fn run(&self) -> Result<Run, Problems> {
        let io = |error: std::io::Error| vec![message::cannot_run(self.interpreter, &error)];
        let folder = TempDir::new().map_err(io)?;
        let files = Files::create(folder.path(), self).map_err(io)?;
        let finished =
            process::watch(self.command(&files), &files.printed, &files.events, self.limits)
                .map_err(io)?;
        let events = fs::read_to_string(&files.events).map_err(io)?;
        let printed = fs::read(&files.printed).map_err(io)?;
        // A line that was cut off as the process died says nothing.
        let whole = events.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let events: Vec<Event> = whole
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .map_err(|error| io(error.into()))?;
        self.judge(&events, &printed, &finished)
    }

    fn command(&self, files: &Files) -> Command {
        let mut command = Command::new(&self.interpreter.executable);
        if self.interpreter.tag.build == Build::Wasm {
            let root = &self.lesson.root;
            let snapshot = pyodide::snapshot(root, self.hash_seed).unwrap_or_default();
            command.arg(&files.host).arg("session").arg(pyodide::folder(root)).arg(&files.launch);
            command.arg(snapshot);
        } else {
            command.args(&LAUNCH.options);
        }
        command.args([&files.driver, &files.job, &files.events]);
        LAUNCH.surround(&mut command, &files.work, &files.temporary);
        command.env("PYTHONHASHSEED", self.hash_seed.to_string());
        command
    }
}

/// The files of one run.
struct Files {
    host: PathBuf,
    launch: PathBuf,
    driver: PathBuf,
    job: PathBuf,
    events: PathBuf,
    printed: PathBuf,
    work: PathBuf,
    temporary: PathBuf,
}

impl Files {
    fn create(folder: &Path, job: &Job<'_>) -> std::io::Result<Files> {
        let files = Files {
            host: folder.join("pyodide.mjs"),
            launch: folder.join("launch.json"),
            driver: folder.join("driver.py"),
            job: folder.join("job.json"),
            events: folder.join("events"),
            printed: folder.join("printed"),
            work: folder.join("work"),
            temporary: folder.join("tmp"),
        };
        let session = &job.lesson.session;
        let cells = session.cells.iter().map(|cell| JobCell {
            name: &cell.name,
            line: cell.line,
            source: &cell.source,
            runs: cell.runs_on(job.interpreter.tag) && cell.missing().is_none(),
            raises: cell.raises.is_some(),
            crashes: cell.crashes.is_some(),
        });
        let described = JobFile {
            file: "session.py",
            source: &session.text,
            path: job.extension,
            cells: cells.collect(),
            values: job.expressions,
            seconds: job.limits.time.as_secs().saturating_add(5),
        };
        fs::create_dir(&files.work)?;
        fs::create_dir(&files.temporary)?;
        fs::write(&files.events, "")?;
        fs::write(&files.host, pyodide::HOST)?;
        fs::write(&files.launch, launch::TEXT)?;
        fs::write(&files.driver, DRIVER)?;
        fs::write(&files.job, serde_json::to_string(&described)?)?;
        Ok(files)
    }
}
