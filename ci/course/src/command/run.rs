//! `run`: one session, and what each of its cells printed.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use verify::build::{bring, build};
use verify::process::Limits;
use verify::record::{digest, excuse};
use verify::run::Job;
use verify::{Lesson, Place, Problems, Record, Tag};

use super::common::{failed, interpreter, stop_on_interrupt};
use crate::cli::Python;
use crate::message;

/// Runs the cells of `topic`, up to and with `cell`, and shows what each prints.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn run(
    root: &Path,
    topic: &str,
    cell: Option<&str>,
    python: &Python,
) -> Result<ExitCode> {
    let mut lesson = load(root, topic)?;
    if let Some(name) = cell {
        let index = lesson.session.cells.iter().position(|cell| cell.name == name);
        let place = Place::file(lesson.session_path());
        let index = index.ok_or_else(|| {
            failed(vec![message::unknown_cell(
                place,
                &lesson.session_path(),
                name,
                &lesson.session.names(),
            )])
        })?;
        lesson.session.cells.truncate(index + 1);
    }
    let interpreter = interpreter(root, python)?;
    stop_on_interrupt();
    let lessons = [lesson];
    let built = build(root, &lessons, &interpreter).map_err(|problem| failed(vec![problem]))?;
    let [lesson] = &lessons;
    let extension =
        built.lessons[topic].as_ref().map_err(|problem| failed(vec![problem.clone()]))?;
    let packages = bring(root, &lessons[..], &interpreter);
    let job = Job {
        lesson,
        interpreter: &interpreter,
        packages: &packages,
        extension,
        expressions: &[],
        hash_seed: 0,
        limits: Limits::default(),
    };
    let run = job.run().map_err(|found| failed(excused(lesson, interpreter.tag, found)))?;
    println!("# CPython {}, {}", run.version, interpreter.executable.display());
    for cell in &lesson.session.cells {
        match run.printed.get(&cell.name) {
            Some(text) => println!("\n# %% {}\n{}", cell.name, text.trim_end()),
            None => {
                let why = run.missing.get(&cell.name).map(|missing| missing.why());
                let why = why.map_or_else(String::new, |why| format!(": {why}"));
                println!("\n# %% {}\n# does not run on CPython {}{why}", cell.name, run.tag);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The lesson on `topic`, or why there is none.
pub(super) fn load(root: &Path, topic: &str) -> Result<Lesson> {
    let mut lessons = verify::lesson::load(root, &[topic.to_owned()]).map_err(failed)?;
    Ok(lessons.remove(0))
}

/// `problems` without the advice to change a lesson that is as it was recorded.
fn excused(lesson: &Lesson, tag: Tag, problems: Problems) -> Problems {
    match (Record::load(lesson), digest(lesson)) {
        (Ok(record), Ok(digest)) => excuse(&record, &digest, tag, problems),
        _ => problems,
    }
}
