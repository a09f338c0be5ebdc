//! Sentences about records.

use crate::cpython::Tag;
use crate::problem::{Place, Problem};

pub(crate) fn merge_marker(place: Place, topic: &str) -> Problem {
    Problem::at(place, "expected a record, found the markers of a merge")
        .help(format!("take either side, then `cargo course regen {topic}`"))
}

pub(crate) fn bad_record(place: Place, topic: &str, why: &str) -> Problem {
    // A parser may quote all that it did not expect.
    let why: String = why.trim().lines().next().unwrap_or_default().chars().take(160).collect();
    broken(place, topic, format!("expected a record, found what is none: {why}"))
}

/// `kind` is a cell or a value.
pub(crate) fn recorded_twice(place: Place, topic: &str, kind: &str, name: &str) -> Problem {
    broken(place, topic, format!("expected one {kind} `{name}`, found two"))
}

pub(crate) fn tag_twice(place: Place, topic: &str, kind: &str, name: &str, tag: Tag) -> Problem {
    broken(place, topic, format!("{kind} `{name}`: expected CPython {tag} once, found it twice"))
}

pub(crate) fn tag_without_column(
    place: Place,
    topic: &str,
    kind: &str,
    name: &str,
    tag: Tag,
) -> Problem {
    let what = format!("{kind} `{name}`: expected a column for its CPython {tag}, found none");
    broken(place, topic, what)
}

fn broken(place: Place, topic: &str, what: String) -> Problem {
    Problem::at(place, what).help(format!(
        "restore it from version control, or delete it and run `cargo course regen {topic}`"
    ))
}

/// `tag` was run, and the record has no column for it.
pub fn no_column(record: Place, topic: &str, tag: Tag, recorded: &[Tag]) -> Problem {
    let help = match tag.has_column() {
        true => format!("`cargo course regen {topic} --python {tag}` records it"),
        false => "a debug build has none; set PYO3_PYTHON to another interpreter".to_owned(),
    };
    let recorded: Vec<String> = recorded.iter().map(Tag::to_string).collect();
    let recorded = if recorded.is_empty() { "none".to_owned() } else { recorded.join(", ") };
    Problem::at(record, format!("expected a column for CPython {tag}, found none"))
        .note(format!("recorded: {recorded}"))
        .help(help)
}

/// A cell that did not run because this machine lacks something.
pub fn not_run(topic: &str, cell: &str, why: &str) -> String {
    format!("not checked: cell `{cell}` of {topic}, because {why}")
}

pub(crate) fn command_missing(command: &str) -> String {
    format!("`{command}` is not on PATH")
}

pub(crate) fn package_missing(package: &str, why: &str) -> String {
    format!("the package {package} cannot be had ({why})")
}

/// A column that this machine did not run, of a lesson that has changed since.
pub(crate) fn stale_column(record: Place) -> Problem {
    Problem::at(record, "stale: expected a run of this lesson, found a run of an earlier text")
}

pub(crate) fn stale_runtime(record: Place, python: &str) -> Problem {
    Problem::at(
        record,
        format!("stale: expected a run by the pinned Pyodide, found one by {python}"),
    )
}

/// A part of a column that this machine did not run, and that has never been run there.
pub(crate) fn stale_part(place: Place, part: &str) -> Problem {
    Problem::at(place, format!("stale: expected {part} in the column, found it not recorded"))
}

pub(crate) fn renew(topic: &str) -> String {
    format!("`cargo course regen {topic}`, with these interpreters")
}

/// `python` is the exact version that was recorded.
pub(crate) fn as_recorded(python: &str) -> String {
    format!(
        "the lesson is as it was recorded on CPython {python}: this machine, or another build of \
         that CPython, is the reason"
    )
}
