//! Every lesson in every interpreter: build, run, and whatever went wrong on the way.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use rayon::prelude::*;

use super::job::{Job, Run};
use crate::build::{self, Brought, Built};
use crate::cpython::Tag;
use crate::interpreter::Interpreter;
use crate::lesson::{Case, Lesson, must_not_compile};
use crate::mask::alike;
use crate::message;
use crate::problem::{Problem, Problems};
use crate::process::{self, Limits};
use crate::ulimit;

/// The hash seeds of a check.
pub const CHECK_SEEDS: &[u32] = &[0];
/// The hash seeds of a regen: what depends on one cannot be recorded.
pub const REGEN_SEEDS: &[u32] = &[0, 1, 2, 3];

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The course's folder.
    pub root: &'a Path,
    /// The lessons.
    pub lessons: &'a [Lesson],
    /// One interpreter per tag.
    pub interpreters: &'a BTreeMap<Tag, Interpreter>,
    /// The expressions bound to each topic.
    pub expressions: &'a BTreeMap<String, Vec<String>>,
    /// The hash seeds to run each session with; what the first gives is compared with the rest.
    pub seeds: &'a [u32],
    /// How many tags and sessions are under way at once; 0 for one more than there are cores,
    /// because a session also waits: for its end to be seen, for a timeout it shows.
    pub jobs: usize,
    /// What a session may not do.
    pub limits: Limits,
    /// Whether to run the lessons that are installed in the interpreters, and to build none.
    pub installed: bool,
}

/// Told of each step, from any thread.
pub trait Progress: Sync {
    /// The build for `tag` begins.
    fn building(&self, tag: Tag);
    /// One session, or one lesson's cases that must not compile, is done.
    fn done(&self, topic: &str, tag: Option<Tag>);
}

/// What a plan gave.
#[derive(Debug, Default)]
pub struct Matrix {
    /// By topic and tag: the run, or why there is none.
    pub runs: BTreeMap<(String, Tag), Result<Run, Problems>>,
    /// By topic: what the compiler said of each case, or why that is wrong.
    pub refused: BTreeMap<String, BTreeMap<String, Result<String, Problem>>>,
}

impl Plan<'_> {
    /// How many steps [`Plan::run`] tells of by [`Progress::done`].
    pub fn steps(&self) -> usize {
        self.lessons.len() * (self.interpreters.len() + self.compiler_of_cases().iter().len())
    }

    /// The tag whose libraries compile the cases that must not compile, if any are built. One for
    /// another platform would need another compiler's command line.
    fn compiler_of_cases(&self) -> Option<Tag> {
        if self.installed {
            return None;
        }
        Tag::newest(self.interpreters.keys().filter(|tag| tag.build.is_native()))
    }

    /// Runs everything, and never stops at the first thing that is wrong.
    ///
    /// # Errors
    ///
    /// Nothing can be built, a lesson's cases that must not compile cannot be read, or no thread
    /// can be started.
    pub fn run(&self, progress: &dyn Progress) -> Result<Matrix, Problems> {
        build::can_build(self.root).map_err(|problem| vec![problem])?;
        let cases: Vec<Vec<Case>> = self
            .lessons
            .iter()
            .map(must_not_compile::cases)
            .collect::<Result<_, _>>()
            .map_err(|problem| vec![problem])?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads())
            .build()
            .map_err(|error| vec![message::no_threads(&error.to_string(), &ulimit::tight())])?;
        let matrix = Mutex::new(Matrix::default());
        let newest = self.compiler_of_cases();
        pool.install(|| {
            self.interpreters.par_iter().for_each(|(tag, interpreter)| {
                let compile = (newest == Some(*tag)).then_some(cases.as_slice());
                self.run_tag(interpreter, compile, progress, &matrix);
            });
        });
        if process::stopped() {
            return Err(vec![message::stopped()]);
        }
        Ok(matrix.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn threads(&self) -> usize {
        match self.jobs {
            0 => thread::available_parallelism().map_or(0, |cores| cores.get() + 1),
            jobs => jobs,
        }
    }

    fn run_tag(
        &self,
        interpreter: &Interpreter,
        cases: Option<&[Vec<Case>]>,
        progress: &dyn Progress,
        matrix: &Mutex<Matrix>,
    ) {
        progress.building(interpreter.tag);
        let built = match self.installed {
            true => build::installed(self.lessons),
            false => build::build(self.root, self.lessons, interpreter),
        };
        let packages = build::bring(self.root, self.lessons, interpreter);
        let sessions = || {
            self.lessons.par_iter().for_each(|lesson| {
                let run = match &built {
                    Ok(built) => self.run_lesson(lesson, interpreter, built, &packages),
                    Err(problem) => Err(vec![problem.clone()]),
                };
                let key = (lesson.topic.clone(), interpreter.tag);
                matrix.lock().expect("no thread panics").runs.insert(key, run);
                progress.done(&lesson.topic, Some(interpreter.tag));
            });
        };
        let refusals = || {
            let (Some(cases), Ok(built)) = (cases, &built) else { return };
            self.lessons.par_iter().zip(cases).for_each(|(lesson, cases)| {
                let is_built = matches!(built.lessons.get(&lesson.topic), Some(Ok(_)));
                let cases = if is_built { cases.as_slice() } else { &[] };
                let said = cases.par_iter();
                let said = said.map(|case| (case.name.clone(), build::refuse(lesson, case, built)));
                let said = said.collect();
                matrix.lock().expect("no thread panics").refused.insert(lesson.topic.clone(), said);
                progress.done(&lesson.topic, None);
            });
        };
        rayon::join(sessions, refusals);
    }

    fn run_lesson(
        &self,
        lesson: &Lesson,
        interpreter: &Interpreter,
        built: &Built,
        packages: &Brought,
    ) -> Result<Run, Problems> {
        let extension =
            built.lessons[&lesson.topic].as_ref().map_err(|problem| vec![problem.clone()])?;
        let expressions = self.expressions.get(&lesson.topic).map_or(&[][..], Vec::as_slice);
        let job = |hash_seed| Job {
            lesson,
            interpreter,
            packages,
            extension,
            expressions,
            hash_seed,
            limits: self.limits,
        };
        let (first, rest) = self.seeds.split_first().unwrap_or((&0, &[]));
        let run = job(*first).run()?;
        for seed in rest {
            let again = job(*seed).run()?;
            let problems = unsteady(lesson, &run, &again, *seed);
            if !problems.is_empty() {
                return Err(problems);
            }
        }
        Ok(run)
    }
}

/// What two runs with different hash seeds do not agree on.
fn unsteady(lesson: &Lesson, run: &Run, again: &Run, seed: u32) -> Problems {
    let cells = lesson.session.cells.iter().filter_map(|cell| {
        let one = run.printed.get(&cell.name)?;
        let other = again.printed.get(&cell.name)?;
        let place = lesson.place(cell.line);
        (!alike(cell.varies, one, other))
            .then(|| message::unsteady_cell(place, &cell.name, run.tag, seed, one, other))
    });
    let values = run.values.iter().filter_map(|(expression, value)| {
        let other = again.values.get(expression)?;
        let cell = value.cells.first().and_then(|name| lesson.session.cell(name));
        let place = lesson.place(cell.map_or(1, |cell| cell.line));
        (value != other).then(|| {
            message::unsteady_value(place, expression, run.tag, seed, &value.text, &other.text)
        })
    });
    cells.chain(values).collect()
}
