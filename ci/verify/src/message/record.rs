//! Sentences about records.

use crate::compare::{Difference, Subject};
use crate::cpython::tag::Tag;
use crate::lesson::Lesson;
use crate::problem::{Place, Problem};
use crate::record::stale::Stale;

pub(crate) fn merge_marker(place: Place, topic: &str) -> Problem {
    Problem::at(place, "a merge left its markers here")
        .help(format!("take either side, then `cargo course regen {topic}`"))
}

pub(crate) fn bad_record(place: Place, topic: &str, why: &str) -> Problem {
    // A parser may quote all that it did not expect.
    let why: String = why.trim().lines().next().unwrap_or_default().chars().take(160).collect();
    Problem::at(place, format!("is not a record: {why}")).help(format!(
        "restore it from version control, or delete it and run `cargo course regen {topic}`"
    ))
}

/// `tag` was run, and the record has no column for it.
pub fn no_column(lesson: &Lesson, tag: Tag, recorded: &[Tag]) -> Problem {
    let help = match tag.has_column() {
        true => format!("`cargo course regen {} --python {tag}` records it", lesson.topic),
        false => "a debug build has none; set PYO3_PYTHON to another interpreter".to_owned(),
    };
    let recorded: Vec<String> = recorded.iter().map(Tag::to_string).collect();
    let recorded = if recorded.is_empty() { "none".to_owned() } else { recorded.join(", ") };
    Problem::at(Place::file(lesson.record_path()), format!("no column for CPython {tag}"))
        .note(format!("recorded: {recorded}"))
        .help(help)
}

/// A cell that did not run because this machine lacks a command.
pub fn not_run(topic: &str, cell: &str, command: &str) -> String {
    format!("not checked: cell `{cell}` of {topic}, because `{command}` is not on PATH")
}

/// What a run and the record do not agree on. `shown` are the chapter lines that show it;
/// `fresh` says that the record was made from the very same lesson.
pub fn differs(
    lesson: &Lesson,
    tag: Tag,
    difference: &Difference,
    shown: &[Place],
    fresh: bool,
) -> Problem {
    let (place, subject) = match &difference.subject {
        Subject::Cell(name) => {
            let place = lesson.session.cell(name).map(|cell| lesson.place(cell.line));
            (place, format!("cell `{name}`"))
        }
        Subject::Value(expression) => (shown.first().cloned(), format!("`{expression}`")),
    };
    let place = place.unwrap_or_else(|| Place::file(lesson.record_path()));
    let problem = match (&difference.recorded, &difference.got) {
        (None, _) => Problem::at(place, format!("{subject} is not recorded")),
        (_, None) => Problem::at(place, format!("{subject} is recorded, and does not run")),
        (Some(recorded), Some(got)) => {
            let verb = match difference.subject {
                Subject::Cell(_) => "does not print what is recorded",
                Subject::Value(_) => "is not what is recorded",
            };
            Problem::at(place, format!("{subject} {verb}")).note(diff(recorded, got))
        }
    };
    let problem = match shown {
        [] => problem,
        places => problem.note(format!("shown at {}", list(places))),
    };
    let regen = format!("`cargo course regen {}`", lesson.topic);
    problem.on(tag).help(match (&difference.recorded, fresh) {
        (None, _) => format!("{regen} records it"),
        (_, true) => format!(
            "the lesson is as it was recorded, so another build of this CPython, or an edited \
             record, is the reason; {regen} records what it does here"
        ),
        (_, false) => format!("if the lesson is right, {regen} records it"),
    })
}

/// A part of a column that this machine did not run, and that speaks of another lesson.
pub fn stale(lesson: &Lesson, tag: Tag, stale: &Stale, shown: &[Place]) -> Problem {
    let record = || Place::file(lesson.record_path());
    let (place, what) = match stale {
        Stale::Changed => (record(), "stale: the lesson has changed since it was run".to_owned()),
        Stale::Cell(name) => {
            let place = lesson.session.cell(name).map(|cell| lesson.place(cell.line));
            (place.unwrap_or_else(record), format!("stale: cell `{name}` is not recorded"))
        }
        Stale::Value(expression) => (
            shown.first().cloned().unwrap_or_else(record),
            format!("stale: `{expression}` is not recorded"),
        ),
    };
    Problem::at(place, what)
        .on(tag)
        .help(format!("`cargo course regen {}`, with these interpreters", lesson.topic))
}

fn list(places: &[Place]) -> String {
    places.iter().map(Place::to_string).collect::<Vec<_>>().join(", ")
}

/// `recorded` and `got`, line by line: `-` recorded, `+` now.
pub fn diff(recorded: &str, got: &str) -> String {
    if !recorded.contains('\n') && !got.contains('\n') {
        return format!("-{recorded}\n+{got}");
    }
    let diff = similar::TextDiff::from_lines(recorded, got);
    let text = diff.unified_diff().context_radius(2).to_string();
    // Without the `@@` lines: the output has no lines that a person could look up.
    let lines = text.lines().filter(|line| !line.starts_with("@@"));
    lines.collect::<Vec<_>>().join("\n")
}
