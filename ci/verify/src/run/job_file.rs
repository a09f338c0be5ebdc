//! What the driver is given to run a session.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::job::Job;

#[derive(Serialize)]
struct JobFile<'a> {
    file: &'a str,
    source: &'a str,
    path: &'a Path,
    /// The folders of the packages that the session imports.
    packages: Vec<&'a Path>,
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
    /// The folders of the packages that a cell which runs here imports.
    fn folders(&self) -> Vec<&Path> {
        let cells = self.lesson.session.cells.iter().filter(|cell| self.runs(cell));
        let names: BTreeSet<&str> =
            cells.flat_map(|cell| &cell.packages).map(|package| package.name.as_str()).collect();
        let folders = names.into_iter().filter_map(|name| self.packages.get(name)?.as_deref().ok());
        folders.collect()
    }

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
            runs: self.runs(cell),
            raises: cell.raises.is_some(),
            crashes: cell.crashes.is_some(),
        });
        serde_json::to_string(&JobFile {
            file: "session.py",
            source: &session.text,
            path: self.extension,
            packages: self.folders(),
            cells: cells.collect(),
            values: self.expressions,
            seconds: self.limits.time.as_secs().saturating_add(5),
        })
    }
}
