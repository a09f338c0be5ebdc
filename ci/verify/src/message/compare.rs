//! Sentences about what a run and a record do not agree on.

use super::diff::diff;
use crate::problem::{Place, Problem};

pub(crate) fn not_recorded(place: Place, subject: &str) -> Problem {
    Problem::at(place, format!("{subject}: expected it in the record, found none"))
}

pub(crate) fn does_not_run(place: Place, subject: &str) -> Problem {
    Problem::at(place, format!("{subject}: expected what is recorded, found that it does not run"))
}

pub(crate) fn prints_another(place: Place, cell: &str, recorded: &str, got: &str) -> Problem {
    Problem::at(place, format!("{cell}: expected the recorded output, found another"))
        .note(diff(recorded, got))
}

pub(crate) fn is_another(place: Place, value: &str, recorded: &str, got: &str) -> Problem {
    Problem::at(place, format!("{value}: expected the recorded value, found another"))
        .note(diff(recorded, got))
}

/// The chapter lines that show it; there is at least one.
pub(crate) fn shown_at(places: &[Place]) -> String {
    let places: Vec<String> = places.iter().map(Place::to_string).collect();
    format!("shown at {}", places.join(", "))
}

pub(crate) fn regen_records(topic: &str) -> String {
    format!("`cargo course regen {topic}` records it")
}

pub(crate) fn regen_if_right(topic: &str) -> String {
    format!("if the lesson is right, `cargo course regen {topic}` records it")
}

/// The record was made from the very same lesson.
pub(crate) fn regen_though_fresh(topic: &str) -> String {
    format!(
        "the lesson is as it was recorded, so another build of this CPython, or an edited \
         record, is the reason; `cargo course regen {topic}` records what it does here"
    )
}
