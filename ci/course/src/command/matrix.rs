//! What `check` and `regen` share: which lessons in which interpreters, run with a progress bar.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use verify::build::rustc_version;
use verify::interpreter::discover;
use verify::interpreter::{self, Interpreter};
use verify::process::Limits;
use verify::run::Missing;
use verify::run::plan::{Matrix, Plan, Progress};
use verify::{Lesson, Problem, Tag, lesson};

use super::common::{failed, stop_on_interrupt};
use crate::cli;
use crate::message;
use crate::read::book::{self, Book};

/// A matrix that was run, and what it was run on.
pub(super) struct MatrixRun {
    pub(super) book: Book,
    pub(super) lessons: Vec<Lesson>,
    pub(super) interpreters: BTreeMap<Tag, Interpreter>,
    pub(super) matrix: Matrix,
    /// The compiler of the cases that must not compile, where there are any.
    pub(super) rustc: Option<String>,
}

impl MatrixRun {
    /// The lesson's cells that this machine could not run, each with what it misses, and the
    /// tags on which it would have run.
    pub(super) fn missing(&self, lesson: &Lesson) -> BTreeMap<(String, Missing), Vec<Tag>> {
        let mut all: BTreeMap<(String, Missing), Vec<Tag>> = BTreeMap::new();
        for tag in self.interpreters.keys() {
            let run = self.matrix.runs.get(&(lesson.topic.clone(), *tag));
            let Some(Ok(run)) = run else { continue };
            for (cell, missing) in &run.missing {
                all.entry((cell.clone(), missing.clone())).or_default().push(*tag);
            }
        }
        all
    }
}

/// Runs what `wanted` asks for.
pub(super) fn run(
    root: &Path,
    wanted: &cli::Matrix,
    seeds: &[u32],
    installed: bool,
) -> Result<MatrixRun> {
    let lessons = lesson::load(root, &wanted.lessons).map_err(failed)?;
    let book = book::read(root, &wanted.lessons).map_err(failed)?;
    let asked = discover::asked(root, &wanted.python).map_err(failed)?;
    let mut interpreters = interpreter::choose(asked);
    let tags: Vec<Tag> = interpreters.keys().copied().collect();
    interpreters.retain(|tag, _| tag.has_column());
    if interpreters.is_empty() && !tags.is_empty() {
        return Err(failed(vec![message::only_debug_builds(&tags)]));
    }
    if interpreters.is_empty() || lessons.is_empty() {
        return Err(failed(vec![nothing_to_run(&lessons)]));
    }
    stop_on_interrupt();
    let plan = Plan {
        root,
        lessons: &lessons,
        interpreters: &interpreters,
        expressions: book.index.expressions(),
        seeds,
        jobs: wanted.jobs,
        installed,
        limits: Limits { time: Duration::from_secs_f64(wanted.timeout), ..Limits::default() },
    };
    let bar = Bar::new(plan.steps());
    let matrix = plan.run(&bar);
    bar.0.finish_and_clear();
    let matrix = matrix.map_err(failed)?;
    let has_cases = matrix.refused.values().any(|said| !said.is_empty());
    let rustc = has_cases.then(rustc_version).flatten();
    Ok(MatrixRun { matrix, book, lessons, interpreters, rustc })
}

fn nothing_to_run(lessons: &[Lesson]) -> Problem {
    if lessons.is_empty() { message::no_lessons() } else { message::no_interpreters() }
}

/// Drawn only where a person watches: indicatif hides it when standard error is no terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(steps: usize) -> Bar {
        let bar = ProgressBar::new(steps as u64);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}");
        bar.set_style(style.expect("the template is well formed"));
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(bar)
    }
}

impl Progress for Bar {
    fn building(&self, tag: Tag) {
        self.0.set_message(format!("building for {tag}"));
    }

    fn done(&self, topic: &str, tag: Option<Tag>) {
        self.0.inc(1);
        let tag = tag.map_or_else(|| "must not compile".to_owned(), |tag| tag.to_string());
        self.0.set_message(format!("{topic} {tag}"));
    }
}
