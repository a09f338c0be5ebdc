//! The check is shown to bite: whatever is altered, one thing at a time, is found, and named.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;
use verify::compare::{Difference, Subject, compare};
use verify::interpreter::choose;
use verify::interpreter::discover;
use verify::process::Limits;
use verify::record::OutputGroup;
use verify::run::Run;
use verify::run::plan::{CHECK_SEEDS, Plan, Progress};
use verify::{Lesson, Record, Tag, lesson, text};

use crate::repository::REPOSITORY;
use crate::scratch::Scratch;

/// One alteration of a lesson's Rust: a row of its `tests/altered.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Altered {
    /// Below the lesson's `src`.
    file: String,
    old: String,
    new: String,
    /// The cell that must notice.
    cell: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    altered: Vec<Altered>,
}

/// At least one for each lesson: a reference too many, one too few, a mistake mended.
fn altered(topic: &str) -> Vec<Altered> {
    let path = Path::new("lessons").join(topic).join("tests/altered.toml");
    let text = text::read(&REPOSITORY, &path).unwrap_or_else(|problem| panic!("{problem}"));
    let table: Table =
        toml::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    assert!(!table.altered.is_empty(), "{} alters nothing", path.display());
    table.altered
}

/// One alteration of every lesson at a time: cargo compiles them side by side, and each lesson's
/// check is its own, so that one which does not notice has no line among the errors.
#[test]
fn a_line_altered_in_a_lessons_rust_fails_its_check_with_the_cell_named() {
    let course = Scratch::of_the_lessons();
    let lessons: Vec<(Lesson, Vec<Altered>)> = lesson::load(&course.root, &[])
        .unwrap()
        .into_iter()
        .map(|lesson| (lesson.clone(), altered(&lesson.topic)))
        .collect();
    // What is recorded here is what this machine does: only the alteration can fail a check.
    course.passes(&["regen"]);
    course.passes(&["check"]);
    let rounds = lessons.iter().map(|(_, altered)| altered.len()).max().unwrap();
    for round in 0..rounds {
        let mut unaltered = Vec::new();
        let mut named = "...\n".to_owned();
        for (lesson, altered) in &lessons {
            let Some(Altered { file, old, new, cell }) = altered.get(round) else { continue };
            let path = format!("{}/src/{file}", lesson.folder().display());
            unaltered.push((path.clone(), course.read(&path)));
            course.edit(&path, old, new);
            assert!(lesson.session.cell(cell).is_some(), "{} has no cell {cell}", lesson.topic);
            // A cell that ends otherwise is named at the line at which it failed.
            let session = lesson.session_path();
            let place = session.display();
            writeln!(named, "error: {place}:[..]: cell `{cell}`: [..]\n...").unwrap();
        }
        course.fails(&["check"], named);
        for (path, text) in unaltered {
            course.write(&path, &text);
        }
    }
}

struct Quiet;

impl Progress for Quiet {
    fn building(&self, _: Tag) {}
    fn done(&self, _: &str, _: Option<Tag>) {}
}

/// One real run of each lesson in each interpreter that is here, held against a record in which
/// one thing is altered. Columns of interpreters that are not here are left to a machine that
/// has them.
#[test]
fn every_output_and_number_altered_in_a_record_is_found_and_named() {
    let root = &*REPOSITORY;
    let lessons = lesson::load(root, &[]).unwrap();
    let records: BTreeMap<&str, Record> = lessons
        .iter()
        .map(|lesson| (lesson.topic.as_str(), Record::load(lesson).unwrap()))
        .collect();
    let bound = |record: &Record| -> Vec<String> {
        record.values.iter().map(|value| value.expression.clone()).collect()
    };
    let expressions =
        records.iter().map(|(topic, record)| ((*topic).to_owned(), bound(record))).collect();
    let mut interpreters = choose(discover::all(root).unwrap());
    interpreters.retain(|tag, _| records.values().any(|record| record.ran.contains_key(tag)));
    assert!(!interpreters.is_empty(), "no interpreter of a recorded column is here");
    let plan = Plan {
        root,
        lessons: &lessons,
        interpreters: &interpreters,
        expressions: &expressions,
        seeds: CHECK_SEEDS,
        jobs: 0,
        limits: Limits::default(),
        installed: false,
    };
    let matrix = plan.run(&Quiet).unwrap();
    for lesson in &lessons {
        let record = &records[lesson.topic.as_str()];
        let mut altered = 0;
        for tag in interpreters.keys().filter(|tag| record.ran.contains_key(tag)) {
            let run = matrix.runs[&(lesson.topic.clone(), *tag)].as_ref().unwrap();
            assert_eq!(compare(lesson, record, run), [], "{} on {tag}, unaltered", lesson.topic);
            altered += bites(lesson, record, run);
        }
        assert!(altered > 0, "nothing is recorded for lesson `{}`", lesson.topic);
    }
}

/// Alters each output and value that `record` has for the run's tag. Returns how many.
fn bites(lesson: &Lesson, record: &Record, run: &Run) -> usize {
    let mut altered = 0;
    for (index, known) in record.cells.iter().enumerate() {
        let cell = lesson.session.cell(&known.name).expect("the record agrees");
        if run.missing.contains_key(&known.name) {
            continue; // it could not run here, which is told elsewhere
        }
        for (group, shared) in with_tag(&known.printed, run.tag) {
            let mut other = record.clone();
            other.cells[index].printed[group].text = alter(&shared.text, cell.varies);
            let subject = Subject::Cell(known.name.clone());
            let place = lesson.place(cell.line).to_string();
            named(lesson, run, &compare(lesson, &other, run), &subject, &place);
            // An output that is gone is one that nobody recorded.
            other.cells[index].printed.remove(group);
            named(lesson, run, &compare(lesson, &other, run), &subject, &place);
            altered += 1;
        }
    }
    for (index, known) in record.values.iter().enumerate() {
        for (group, shared) in with_tag(&known.was, run.tag) {
            let mut other = record.clone();
            other.values[index].was[group].text = alter(&shared.text, false);
            let subject = Subject::Value(known.expression.clone());
            // The command knows the chapter's line, too: `value` has that test.
            let place = lesson.record_path().display().to_string();
            named(lesson, run, &compare(lesson, &other, run), &subject, &place);
            altered += 1;
        }
    }
    altered
}

fn with_tag(shared: &[OutputGroup], tag: Tag) -> impl Iterator<Item = (usize, &OutputGroup)> {
    shared.iter().enumerate().filter(move |(_, shared)| shared.tags.contains(&tag))
}

/// `text` with its last digit one more, or with a word more where integers may vary.
fn alter(text: &str, varies: bool) -> String {
    match text.rfind(|c: char| c.is_ascii_digit()).filter(|_| !varies) {
        Some(at) => {
            let digit = text.as_bytes()[at] - b'0';
            format!("{}{}{}", &text[..at], (digit + 1) % 10, &text[at + 1..])
        }
        None => format!("{text}altered\n"),
    }
}

/// Demands that `found` is one difference, about `subject`, and that it is said with `place`.
fn named(lesson: &Lesson, run: &Run, found: &[Difference], subject: &Subject, place: &str) {
    let [difference] = found else { panic!("{subject:?} altered on {}: {found:?}", run.tag) };
    assert_eq!(difference.subject, *subject);
    let said = difference.problem(lesson, run.tag, &[], true).to_string();
    assert!(said.starts_with(&format!("{place}: ")), "{said}");
}
