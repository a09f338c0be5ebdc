//! `regen`: the same matrix, written into the records.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use verify::record::{CompilerOutput, Refused, excuse, update};
use verify::run::Run;
use verify::run::plan::REGEN_SEEDS;
use verify::{Lesson, Problems, Record};

use super::check::unbound;
use super::matrix::{self, MatrixRun};
use super::report;
use crate::cli;
use crate::message;

/// Writes the record of each lesson that ran as its cells say; all others stay as they are.
pub(crate) fn regen(root: &Path, wanted: &cli::Matrix) -> Result<ExitCode> {
    let ran = matrix::run(root, wanted, REGEN_SEEDS, false)?;
    let mut problems = Problems::new();
    for lesson in &ran.lessons {
        for ((cell, missing), tags) in ran.missing(lesson) {
            report::not_run(&lesson.topic, &cell, &missing, &tags);
        }
        match new_record(&ran, lesson) {
            Ok(record) => {
                let data = &ran.book.lessons.by_topic[&lesson.topic];
                match record.save(lesson) {
                    Ok(written) => {
                        report::regen(lesson, &data.record, &record, written, &ran.book.index);
                        report::moved(&data.questions, &data.record, &record);
                    }
                    Err(problem) => problems.push(problem),
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    report::problems(&problems);
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn new_record(ran: &MatrixRun, lesson: &Lesson) -> Result<Record, Problems> {
    let data = &ran.book.lessons.by_topic[&lesson.topic];
    let mut problems = Problems::new();
    let mut runs: Vec<Run> = Vec::new();
    for tag in ran.interpreters.keys() {
        match &ran.matrix.runs[&(lesson.topic.clone(), *tag)] {
            Ok(run) => {
                problems.extend(unbound(&ran.book, lesson, run));
                runs.push(run.clone());
            }
            Err(found) => {
                problems.extend(excuse(&data.record, &data.digest, *tag, found.clone()));
            }
        }
    }
    let mut cases = std::collections::BTreeMap::new();
    for (name, said) in ran.matrix.refused.get(&lesson.topic).into_iter().flatten() {
        match said {
            Ok(words) => {
                let case = data.cases.iter().find(|case| case.name == *name);
                let digest = case.map(|case| case.digest.clone()).unwrap_or_default();
                cases.insert(name.clone(), CompilerOutput { digest, words: words.clone() });
            }
            Err(problem) => problems.push(problem.clone()),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let expressions = ran.book.index.expressions_of(&lesson.topic);
    let mut record = update(lesson, &data.record, &runs, expressions, &data.digest);
    record.refused = match (cases.is_empty(), ran.rustc.clone()) {
        // Where no compiler was asked, what it said before is as true as it was.
        (true, _) if !ran.matrix.refused.contains_key(&lesson.topic) => record.refused,
        (true, _) => None,
        (false, Some(rustc)) => Some(Refused { rustc, cases }),
        (false, None) => return Err(vec![message::no_rustc()]),
    };
    Ok(record)
}
