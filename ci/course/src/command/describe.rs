//! `describe`: the course for other programs, in JSON. What is in it, `cli.rs` says.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value, json};
use verify::build::{self, Brought, build};
use verify::cpython::launch::LAUNCH;
use verify::interpreter::{Interpreter, choose, discover};
use verify::process::Limits;
use verify::run::{DRIVER, Job};
use verify::{Lesson, Problem, Problems, Record, Tag, lesson, mask};

use super::common::{failed, interpreter};
use super::report;
use crate::cli::Python;

/// Raised when a program that reads the description must be changed to go on reading it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Built {
    tag: String,
    version: String,
    executable: PathBuf,
    extensions: BTreeMap<String, PathBuf>,
    jobs: BTreeMap<String, Value>,
    failed: BTreeMap<String, String>,
    packages: BTreeMap<String, PathBuf>,
    lacking: BTreeMap<String, String>,
}

/// Prints the course and the lessons on `topics`, or on all, built for `python` where it is named.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn describe(
    root: &Path,
    topics: &[String],
    python: Option<PathBuf>,
) -> Result<ExitCode> {
    let lessons = lesson::load(root, topics).map_err(failed)?;
    let found = discover::all(root).map_err(failed)?;
    let records = lessons.iter().map(Record::load).collect::<Result<Vec<Record>, Problem>>();
    let records = records.map_err(|problem| failed(vec![problem]))?;
    let built = match python {
        Some(_) => Some(built(root, &lessons, &records, &interpreter(root, &Python { python })?)?),
        None => None,
    };
    let mut tags: BTreeSet<Tag> = found.iter().map(|interpreter| interpreter.tag).collect();
    tags.extend(records.iter().flat_map(Record::tags));
    let described: Result<Vec<Value>, Problem> =
        lessons.iter().zip(&records).map(|(lesson, record)| of(lesson, record, &tags)).collect();
    let course = json!({
        "version": VERSION,
        "command": env::current_exe()?,
        "root": root,
        "target": build::target(root).map_err(|problem| failed(vec![problem]))?,
        "launch": *LAUNCH,
        "driver": DRIVER,
        "mask": mask::STEPS,
        "tags": words(&tags),
        "interpreters": interpreters(found),
        "lessons": described.map_err(|problem| failed(vec![problem]))?,
        "built": built,
    });
    println!("{course:#}");
    Ok(ExitCode::SUCCESS)
}

/// The interpreters, by tag, and of one tag in the order in which they are preferred.
fn interpreters(found: Vec<Interpreter>) -> Vec<Value> {
    let chosen = choose(found.clone());
    let mut found = found;
    found.sort_by_key(|known| (known.tag, chosen[&known.tag].executable != known.executable));
    let described = found.iter().map(|known| {
        json!({
            "tag": known.tag.to_string(),
            "minor": known.tag.minor,
            "build": known.tag.build.word(),
            "version": known.version,
            "executable": known.executable,
            "source": known.source.word(),
            "chosen": chosen[&known.tag].executable == known.executable,
        })
    });
    described.collect()
}

fn of(lesson: &Lesson, record: &Record, tags: &BTreeSet<Tag>) -> Result<Value, Problem> {
    let folder = lesson.folder();
    let files = lesson::below(&lesson.root, &folder)?;
    let mut files: Vec<&Path> =
        files.iter().filter_map(|file| file.strip_prefix(&folder).ok()).collect();
    files.sort();
    let cells = lesson.session.cells.iter().map(|cell| {
        let runs: BTreeSet<Tag> = tags.iter().copied().filter(|tag| cell.runs_on(*tag)).collect();
        let printed = record.cell(&cell.name).into_iter().flat_map(|recorded| &recorded.printed);
        let printed = printed.map(|shared| {
            json!({ "tags": words(&shared.tags.iter().copied().collect()), "text": shared.text })
        });
        let keys = cell.keys.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
        json!({
            "name": cell.name,
            "line": cell.line,
            "source": cell.source,
            "keys": keys.collect::<Map<String, Value>>(),
            "runs": words(&runs),
            "missing": cell.missing(),
            "printed": printed.collect::<Vec<Value>>(),
        })
    });
    Ok(json!({
        "topic": lesson.topic,
        "package": lesson.package(),
        "module": lesson.module(),
        "folder": folder,
        "files": files,
        "session": lesson.session.text,
        "tags": words(&record.tags().into_iter().collect()),
        "cells": cells.collect::<Vec<Value>>(),
    }))
}

fn built(
    root: &Path,
    lessons: &[Lesson],
    records: &[Record],
    interpreter: &Interpreter,
) -> Result<Built> {
    let one = |problem: Problem| failed(vec![problem]);
    let built = build(root, lessons, interpreter).map_err(one)?;
    let packages = build::bring(root, lessons, interpreter);
    let mut described = Built {
        tag: interpreter.tag.to_string(),
        version: interpreter.version.clone(),
        executable: interpreter.executable.clone(),
        extensions: BTreeMap::new(),
        jobs: BTreeMap::new(),
        failed: BTreeMap::new(),
        packages: BTreeMap::new(),
        lacking: BTreeMap::new(),
    };
    for (name, brought) in &packages {
        match brought {
            Ok(folder) => drop(described.packages.insert(name.clone(), folder.clone())),
            Err(why) => drop(described.lacking.insert(name.clone(), why.clone())),
        }
    }
    let mut problems = Problems::new();
    for (lesson, record) in lessons.iter().zip(records) {
        let topic = lesson.topic.clone();
        match build::keep(root, &built, lesson, interpreter.tag) {
            Ok(folder) => {
                described
                    .jobs
                    .insert(topic.clone(), job(lesson, record, interpreter, &packages, &folder)?);
                described.extensions.insert(topic, folder);
            }
            Err(problem) => {
                described.failed.insert(topic, problem.to_string());
                problems.push(problem);
            }
        }
    }
    report::problems(&problems);
    Ok(described)
}

/// What the driver is given to run the session and what is recorded of it.
fn job(
    lesson: &Lesson,
    record: &Record,
    interpreter: &Interpreter,
    packages: &Brought,
    extension: &Path,
) -> Result<Value> {
    let expressions: Vec<String> =
        record.values.iter().map(|value| value.expression.clone()).collect();
    let job = Job {
        lesson,
        interpreter,
        packages,
        extension,
        expressions: &expressions,
        hash_seed: 0,
        limits: Limits::default(),
    };
    Ok(serde_json::from_str(&job.file()?)?)
}

fn words(tags: &BTreeSet<Tag>) -> Vec<String> {
    tags.iter().map(Tag::to_string).collect()
}
