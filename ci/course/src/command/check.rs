//! `check`: the matrix against the records.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use verify::compare::{Subject, compare};
use verify::interpreter::pyodide;
use verify::record::Refused;
use verify::run::Run;
use verify::run::plan::CHECK_SEEDS;
use verify::{Lesson, Place, Problems, Tag};

use super::matrix::{self, Ran};
use crate::book::preprocessor::Read;
use crate::book::shelf::Volume;
use crate::cli;
use crate::message;
use crate::report::{self, State};

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
        let volume = &ran.read.shelf.volumes[&lesson.topic];
        let mut tags: BTreeSet<Tag> = volume.record.tags().into_iter().collect();
        tags.extend(ran.interpreters.keys());
        for tag in tags {
            let (state, found) = judge(&ran, lesson, volume, tag, !require.is_empty());
            table.set(&lesson.topic, tag, state);
            problems.extend(found);
        }
        problems.extend(unmet(&ran, lesson, !require.is_empty()));
        problems.extend(refused(&ran, lesson, volume));
        problems.extend(ran.read.miscounted(&lesson.topic));
    }
    if wanted.lessons.is_empty() {
        // All of the book is asked for, and a chapter that lies is no better than a record.
        problems.extend(ran.read.pages(false).err().unwrap_or_default());
    }
    for tag in require.iter().filter(|tag| !ran.interpreters.contains_key(tag)) {
        let missing = (*tag == pyodide::TAG).then(|| pyodide::missing(root)).flatten();
        problems.push(message::required_not_run(*tag, &ran.interpreters, missing));
    }
    let not_live = (wanted.python.is_empty() && !ran.interpreters.contains_key(&pyodide::TAG))
        .then(|| pyodide::missing(root))
        .flatten();
    report::check(&table, &ran.interpreters, not_live.as_ref(), &problems);
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn judge(ran: &Ran, lesson: &Lesson, volume: &Volume, tag: Tag, strict: bool) -> (State, Problems) {
    match ran.matrix.runs.get(&(lesson.topic.clone(), tag)) {
        None => unrun(&ran.read, volume, tag, strict),
        Some(Err(found)) => (State::Failed, found.clone()),
        Some(Ok(_)) if !volume.record.ran.contains_key(&tag) => {
            let recorded = volume.record.tags();
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
            let found = differences(&ran.read, lesson, volume, run);
            (if found.is_empty() { State::Agrees } else { State::Differs }, found)
        }
    }
}

/// A column without an interpreter here: not checked, and perhaps stale.
fn unrun(read: &Read, volume: &Volume, tag: Tag, strict: bool) -> (State, Problems) {
    let stale = volume.stale.iter().filter(|(of, _)| *of == tag);
    let problems: Problems =
        stale.map(|(tag, stale)| read.stale_part(volume, *tag, stale)).collect();
    match (problems.is_empty(), strict) {
        (true, _) => (State::NotChecked, problems),
        (false, true) => (State::Stale, problems),
        (false, false) => (State::Stale, Problems::new()),
    }
}

/// Says which cells this machine could not run; where columns are required that is an error.
fn unmet(ran: &Ran, lesson: &Lesson, strict: bool) -> Problems {
    let mut problems = Problems::new();
    for (cell, (command, tags)) in ran.unmet(lesson) {
        if strict {
            let place = lesson.session.cell(&cell).map(|cell| lesson.place(cell.line));
            let place = place.unwrap_or_else(|| lesson.place(1));
            let missing = |tag| message::command_missing(place.clone(), &cell, &command).on(tag);
            problems.extend(tags.into_iter().map(missing));
        } else {
            report::not_run(&lesson.topic, &cell, &command);
        }
    }
    problems
}

fn differences(read: &Read, lesson: &Lesson, volume: &Volume, run: &Run) -> Problems {
    let topic = &lesson.topic;
    let fresh =
        volume.record.ran.get(&run.tag).is_some_and(|column| column.digest == volume.digest);
    let differs = compare(lesson, &volume.record, run);
    let differs = differs.iter().map(|difference| {
        let shown = read.index.places(topic, &difference.subject);
        difference.problem(lesson, run.tag, shown, fresh)
    });
    differs.chain(unbound(read, lesson, run)).collect()
}

/// Expressions without a value, at each chapter line that binds them.
pub(super) fn unbound(read: &Read, lesson: &Lesson, run: &Run) -> Problems {
    let mut problems = Problems::new();
    for (expression, why) in &run.unbound {
        for place in read.index.places(&lesson.topic, &Subject::Value(expression.clone())) {
            problems.push(verify::message::unbound(place.clone(), expression, run.tag, why));
        }
    }
    problems
}

/// What is wrong with the cases that must not compile. Another compiler may word them otherwise.
fn refused(ran: &Ran, lesson: &Lesson, volume: &Volume) -> Problems {
    let Some(said) = ran.matrix.refused.get(&lesson.topic) else { return Problems::new() };
    let mut problems = volume.stale_cases();
    let empty = Refused::default();
    let recorded = volume.record.refused.as_ref().unwrap_or(&empty);
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
