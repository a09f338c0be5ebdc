//! `check`: the matrix against the records.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use verify::compare::{Subject, compare};
use verify::cpython;
use verify::interpreter::pyodide;
use verify::record::{Refused, excuse, text_for};
use verify::run::plan::CHECK_SEEDS;
use verify::run::{Missing, Run};
use verify::{Lesson, Place, Problems, Tag};

use super::matrix::{self, MatrixRun};
use super::report::{self, State};
use crate::check::book::miscounted;
use crate::check::questions;
use crate::check::stale::{stale_cases, stale_part};
use crate::cli;
use crate::message;
use crate::read::book::Book;
use crate::read::lessons::LessonData;
use crate::render::pages::pages;

/// Exit status 0 only if all that was asked for was run and agreed.
pub(crate) fn check(
    root: &Path,
    wanted: &cli::Matrix,
    require: &[Tag],
    installed: bool,
) -> Result<ExitCode> {
    let ran = matrix::run(root, wanted, CHECK_SEEDS, installed)?;
    let mut problems = Problems::new();
    let mut table = report::Table::new();
    for lesson in &ran.lessons {
        let data = &ran.book.lessons.by_topic[&lesson.topic];
        let mut tags: BTreeSet<Tag> = data.record.tags().into_iter().collect();
        tags.extend(ran.interpreters.keys());
        for tag in tags {
            let (state, found) = judge(&ran, lesson, data, tag, !require.is_empty());
            table.set(&lesson.topic, tag, state);
            problems.extend(found);
        }
        problems.extend(missing(&ran, lesson, !require.is_empty()));
        problems.extend(refused(&ran, lesson, data));
        problems.extend(miscounted(&ran.book, &lesson.topic));
        problems.extend(questions::problems(data));
    }
    if wanted.lessons.is_empty() {
        // All of the book is asked for, and a chapter that lies is no better than a record.
        problems.extend(pages(&ran.book, false).err().unwrap_or_default());
    }
    let run: Vec<Tag> = ran.interpreters.keys().copied().collect();
    for tag in require.iter().filter(|tag| !ran.interpreters.contains_key(tag)) {
        let missing = (*tag == cpython::pyodide()).then(|| pyodide::missing(root)).flatten();
        problems.push(message::required_not_run(*tag, &run, missing));
    }
    let not_live = (wanted.python.is_empty()
        && !ran.interpreters.contains_key(&cpython::pyodide()))
    .then(|| pyodide::missing(root))
    .flatten();
    report::check(&table, &ran.interpreters, not_live.as_ref(), &problems);
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn judge(
    ran: &MatrixRun,
    lesson: &Lesson,
    data: &LessonData,
    tag: Tag,
    strict: bool,
) -> (State, Problems) {
    match ran.matrix.runs.get(&(lesson.topic.clone(), tag)) {
        None => unrun(&ran.book, data, tag, strict),
        Some(Err(found)) => (State::Failed, excuse(&data.record, &data.digest, tag, found.clone())),
        Some(Ok(_)) if !data.record.ran.contains_key(&tag) => {
            let recorded = data.record.tags();
            (
                State::New,
                vec![verify::message::no_column(
                    Place::file(lesson.record_path()),
                    &lesson.topic,
                    tag,
                    &recorded,
                )],
            )
        }
        Some(Ok(run)) => {
            let found = differences(&ran.book, lesson, data, run);
            (if found.is_empty() { State::Agrees } else { State::Differs }, found)
        }
    }
}

/// A column without an interpreter here: not checked, and perhaps stale.
fn unrun(book: &Book, data: &LessonData, tag: Tag, strict: bool) -> (State, Problems) {
    let stale = data.stale.iter().filter(|(of, _)| *of == tag);
    let problems: Problems =
        stale.map(|(tag, stale)| stale_part(book, data, *tag, stale)).collect();
    match (problems.is_empty(), strict) {
        (true, _) => (State::NotChecked, problems),
        (false, true) => (State::Stale, problems),
        (false, false) => (State::Stale, Problems::new()),
    }
}

/// Says which cells this machine could not run; where columns are required that is an error.
fn missing(ran: &MatrixRun, lesson: &Lesson, strict: bool) -> Problems {
    let mut problems = Problems::new();
    for ((cell, missing), tags) in ran.missing(lesson) {
        if strict {
            let place = lesson.session.cell(&cell).map(|cell| lesson.place(cell.line));
            let place = place.unwrap_or_else(|| lesson.place(1));
            let told = |tag| {
                let place = place.clone();
                let problem = match &missing {
                    Missing::Command(name) => message::command_missing(place, &cell, name),
                    Missing::Package { name, why } => {
                        message::package_missing(place, &cell, name, why)
                    }
                };
                problem.on(tag)
            };
            problems.extend(tags.into_iter().map(told));
        } else {
            report::not_run(&lesson.topic, &cell, &missing, &tags);
        }
    }
    problems
}

fn differences(book: &Book, lesson: &Lesson, data: &LessonData, run: &Run) -> Problems {
    let topic = &lesson.topic;
    let fresh = data.record.ran.get(&run.tag).is_some_and(|column| column.digest == data.digest);
    let differs = compare(lesson, &data.record, run);
    let differs = differs.iter().map(|difference| {
        let shown = book.index.places(topic, &difference.subject);
        difference.problem(lesson, run.tag, shown, fresh)
    });
    differs.chain(unbound(book, lesson, run)).chain(moved(data, run)).collect()
}

/// The questions whose answers are others in `run` than in the record.
fn moved(data: &LessonData, run: &Run) -> Problems {
    let mut problems = Problems::new();
    for question in &data.questions.all {
        let keys = question.keys(&data.record);
        let (was, is) = (text_for(&keys, run.tag), question.key_of(run));
        if let (Some(was), Some(is)) = (was, is)
            && was != is
        {
            let place = data.questions.place(question.line);
            problems.push(message::answer_moved(place, &question.name, was, &is, run.tag));
        }
    }
    problems
}

/// Expressions without a value, at each chapter line that binds them.
pub(super) fn unbound(book: &Book, lesson: &Lesson, run: &Run) -> Problems {
    let mut problems = Problems::new();
    for (expression, why) in &run.unbound {
        for place in book.index.places(&lesson.topic, &Subject::Value(expression.clone())) {
            problems.push(verify::message::unbound(place.clone(), expression, run.tag, why));
        }
    }
    problems
}

/// What is wrong with the cases that must not compile. Another compiler may word them otherwise.
fn refused(ran: &MatrixRun, lesson: &Lesson, data: &LessonData) -> Problems {
    let Some(said) = ran.matrix.refused.get(&lesson.topic) else { return Problems::new() };
    let mut problems = stale_cases(data);
    let empty = Refused::default();
    let recorded = data.record.refused.as_ref().unwrap_or(&empty);
    let same_compiler = Some(&recorded.rustc) == ran.rustc.as_ref();
    for (name, result) in said {
        let place =
            || Place::file(lesson.folder().join("must_not_compile").join(format!("{name}.rs")));
        match (result, recorded.cases.get(name)) {
            (Err(problem), _) => problems.push(problem.clone()),
            (Ok(now), Some(said)) if same_compiler && *now != said.words => {
                problems.push(message::refusal_differs(place(), &lesson.topic, &said.words, now));
            }
            (Ok(_), _) => {}
        }
    }
    problems
}
