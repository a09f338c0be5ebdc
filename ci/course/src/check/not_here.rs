//! Every cell that does not run in the page says why, and no other does.

use verify::{Problems, cpython};

use crate::message;
use crate::read::lessons::Lessons;

/// The cells whose reason is missing, and those that have one for nothing.
pub(crate) fn check(lessons: &Lessons) -> Problems {
    let mut problems = Problems::new();
    for data in lessons.by_topic.values() {
        for cell in &data.lesson.session.cells {
            let place = || data.lesson.place(cell.line);
            if cell.lacks_why() {
                problems.push(message::no_why(place(), &cell.name));
            } else if cell.why.is_some() && cell.runs_on(cpython::pyodide()) {
                problems.push(message::why_of_nothing(place(), &cell.name));
            }
        }
    }
    problems
}
