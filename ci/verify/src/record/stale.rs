//! What a record no longer says of tags that were not run here.

use crate::cpython::tag::Tag;
use crate::lesson::Lesson;
use crate::record::{Record, text_for};

/// Why a column cannot speak for the lesson as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It ran something else.
    Changed,
    /// This cell has not been recorded there yet.
    Cell(String),
    /// This expression has not been recorded there yet.
    Value(String),
}

/// What is stale in the column of `tag`, which `record` has; `digest` is the lesson's own now.
pub fn stale(
    lesson: &Lesson,
    record: &Record,
    tag: Tag,
    digest: &str,
    expressions: &[String],
) -> Vec<Stale> {
    if record.ran.get(&tag).is_some_and(|column| column.digest != digest) {
        // Nothing more can be said of a column that ran another lesson.
        return vec![Stale::Changed];
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
