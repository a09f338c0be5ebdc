//! Starts one session in one interpreter, and waits for its end.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::driver::DRIVER;
use super::event::Event;
use super::job::{Job, Run};
use super::snapshot;
use crate::cpython::launch::{self, LAUNCH};
use crate::interpreter::pyodide;
use crate::message;
use crate::problem::Problems;
use crate::process;
use crate::ulimit;

impl Job<'_> {
    /// Runs the session in a fresh process, from an empty folder.
    ///
    /// # Errors
    ///
    /// Whatever kept the session from running as its cells say it must, at the cell's line.
    pub fn run(&self) -> Result<Run, Problems> {
        #[cfg(not(unix))]
        if let Some(cell) = self.needs_fork() {
            return Err(vec![message::no_fork(self.lesson.place(cell.line), &cell.name)]);
        }
        let full = |error: io::Error| vec![message::cannot_write(&env::temp_dir(), &error)];
        let folder = TempDir::new().map_err(full)?;
        let files = Files::create(folder.path(), self).map_err(full)?;
        let executable = &self.interpreter.executable;
        let io = |error| vec![message::cannot_run(executable, &error, &ulimit::tight())];
        let finished =
            process::watch(self.command(&files), &files.printed, &files.events, self.limits)
                .map_err(io)?;
        // Where no room is left, what was printed is lost, and its cell would be blamed.
        has_room(folder.path()).map_err(full)?;
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

    /// The first cell that runs here in a fork of the session.
    #[cfg(not(unix))]
    fn needs_fork(&self) -> Option<&crate::lesson::Cell> {
        let mut cells = self.lesson.session.cells.iter();
        cells.find(|cell| cell.crashes.is_some() && cell.runs_on(self.interpreter.tag))
    }

    fn command(&self, files: &Files) -> Command {
        let mut command = Command::new(&self.interpreter.executable);
        if !self.interpreter.tag.build.is_native() {
            let root = &self.lesson.root;
            let snapshot = snapshot::snapshot(root, self.hash_seed).unwrap_or_default();
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

/// Whether as much can be written to `folder` as a session's output needs.
fn has_room(folder: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder)?.write_all(&[b'\n'; 1 << 16])
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
        fs::create_dir(&files.work)?;
        fs::create_dir(&files.temporary)?;
        fs::write(&files.events, "")?;
        fs::write(&files.host, pyodide::HOST)?;
        fs::write(&files.launch, launch::TEXT)?;
        fs::write(&files.driver, DRIVER)?;
        fs::write(&files.job, job.file()?)?;
        Ok(files)
    }
}
