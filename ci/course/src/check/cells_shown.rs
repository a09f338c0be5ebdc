//! Every cell is shown by a chapter.

use verify::Problems;
use verify::compare::Subject;

use crate::message;
use crate::read::index::Index;
use crate::read::lessons::Lessons;

/// The cells that no chapter shows.
pub(crate) fn unshown(index: &Index, lessons: &Lessons) -> Problems {
    let mut problems = Problems::new();
    for (topic, data) in &lessons.by_topic {
        for cell in &data.lesson.session.cells {
            if index.places(topic, &Subject::Cell(cell.name.clone())).is_empty() {
                let place = data.lesson.place(cell.line);
                problems.push(message::cell_not_shown(place, topic, &cell.name, cell.edge));
            }
        }
    }
    problems
}
