//! What a page must know of a lesson to run it.

use anyhow::Result;
use serde::Serialize;
use verify::cpython;
use verify::mask::{self, Step};

use crate::read::lessons::LessonData;

#[derive(Serialize)]
struct Lesson<'a> {
    topic: &'a str,
    source: &'a str,
    tag: String,
    mask: [Step; mask::STEPS.len()],
    /// The longest line that is masked.
    longest: usize,
    cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    name: &'a str,
    line: usize,
    source: &'a str,
    runs: bool,
    varies: bool,
    printed: Vec<Printed<'a>>,
}

#[derive(Serialize)]
struct Printed<'a> {
    tags: Vec<String>,
    text: &'a str,
}

/// A lesson's cells, and what each CPython printed for them.
pub(super) fn json(data: &LessonData) -> Result<String> {
    let session = &data.lesson.session;
    let cells = session.cells.iter().map(|cell| {
        let recorded = data.record.cell(&cell.name);
        let printed = recorded.into_iter().flat_map(|recorded| &recorded.printed);
        Cell {
            name: &cell.name,
            line: cell.line,
            source: &cell.source,
            runs: cell.runs_on(cpython::pyodide()),
            varies: cell.varies,
            printed: printed
                .map(|shared| Printed {
                    tags: shared.tags.iter().map(ToString::to_string).collect(),
                    text: &shared.text,
                })
                .collect(),
        }
    });
    let lesson = Lesson {
        topic: &data.lesson.topic,
        source: &session.text,
        tag: cpython::pyodide().to_string(),
        mask: mask::STEPS,
        longest: mask::LONGEST,
        cells: cells.collect(),
    };
    Ok(serde_json::to_string(&lesson)?)
}
