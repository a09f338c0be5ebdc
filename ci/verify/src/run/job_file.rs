//! What the driver is given to run a session.

use std::path::Path;

use serde::Serialize;

use super::job::Job;

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
    /// What the driver is given, in JSON.
    ///
    /// # Errors
    ///
    /// A folder's name is no text.
    pub fn file(&self) -> serde_json::Result<String> {
        let session = &self.lesson.session;
        let cells = session.cells.iter().map(|cell| JobCell {
            name: &cell.name,
            line: cell.line,
            source: &cell.source,
            runs: cell.runs_on(self.interpreter.tag) && cell.missing().is_none(),
            raises: cell.raises.is_some(),
            crashes: cell.crashes.is_some(),
        });
        serde_json::to_string(&JobFile {
            file: "session.py",
            source: &session.text,
            path: self.extension,
            cells: cells.collect(),
            values: self.expressions,
            seconds: self.limits.time.as_secs().saturating_add(5),
        })
    }
}
