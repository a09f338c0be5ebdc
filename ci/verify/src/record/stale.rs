//! What a record no longer says of tags that were not run here.

use super::table::{Record, text_for};
use crate::cpython::{Build, Tag};
use crate::interpreter::pyodide;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem};

/// Why a column cannot speak for the lesson as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It ran something else.
    Changed,
    /// It ran in this Pyodide, and another one is pinned now.
    Runtime(String),
    /// This cell has not been recorded there yet.
    Cell(String),
    /// This expression has not been recorded there yet.
    Value(String),
}

impl Stale {
    /// Whether the column as a whole is stale, and not a part of it.
    pub fn is_of_all(&self) -> bool {
        matches!(self, Stale::Changed | Stale::Runtime(_))
    }

    /// What is stale, as a problem. `shown` are the chapter lines that show it.
    pub fn problem(&self, lesson: &Lesson, tag: Tag, shown: &[Place]) -> Problem {
        let record = || Place::file(lesson.record_path());
        let problem = match self {
            Stale::Changed => message::stale_column(record()),
            Stale::Runtime(python) => message::stale_runtime(record(), python),
            Stale::Cell(name) => {
                let place = lesson.session.cell(name).map(|cell| lesson.place(cell.line));
                message::stale_part(place.unwrap_or_else(record), &format!("cell `{name}`"))
            }
            Stale::Value(expression) => {
                let place = shown.first().cloned().unwrap_or_else(record);
                message::stale_part(place, &format!("`{expression}`"))
            }
        };
        problem.on(tag).help(message::renew(&lesson.topic))
    }
}

/// What is stale in the column of `tag`, which `record` has; `digest` is the lesson's own now.
pub fn stale(
    lesson: &Lesson,
    record: &Record,
    tag: Tag,
    digest: &str,
    expressions: &[String],
) -> Vec<Stale> {
    // Nothing more can be said of a column that ran another lesson, or ran elsewhere.
    if let Some(column) = record.ran.get(&tag) {
        if column.digest != digest {
            return vec![Stale::Changed];
        }
        if tag.build == Build::Wasm && pyodide::is_another(&lesson.root, &column.python) {
            return vec![Stale::Runtime(column.python.clone())];
        }
    }
    let cells = lesson.session.cells.iter().filter(|cell| cell.runs_on(tag)).filter(|cell| {
        record.cell(&cell.name).and_then(|known| text_for(&known.printed, tag)).is_none()
    });
    let values = expressions.iter().filter(|expression| {
        let Some(known) = record.value(expression) else { return true };
        let expected = known
            .cells
            .iter()
            .all(|name| lesson.session.cell(name).is_none_or(|cell| cell.runs_on(tag)));
        expected && text_for(&known.was, tag).is_none()
    });
    cells
        .map(|cell| Stale::Cell(cell.name.clone()))
        .chain(values.map(|expression| Stale::Value(expression.clone())))
        .collect()
}
