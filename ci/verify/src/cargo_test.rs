//! A lesson's one test: its session, in the interpreter that PyO3 built the lesson for.

use std::env;
use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::slice;

use crate::build;
use crate::build::own::Own;
use crate::compare::compare;
use crate::cpython::{Build, Tag};
use crate::interpreter::Interpreter;
use crate::interpreter::discover;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem, Problems};
use crate::process::Limits;
use crate::record::{Record, digest, excuse};
use crate::run::Job;

/// Declares the lesson's test. `tests/session.rs` is this one line: `verify::session!();`.
///
/// The lesson needs the `build.rs` that `cargo course new` writes: by the `cfg`s which it sets
/// the test knows for which CPython the extension was built.
#[macro_export]
macro_rules! session {
    () => {
        #[test]
        fn session() -> Result<(), $crate::cargo_test::Report> {
            let built_for: &[(&str, bool)] = &[
                ("3.9", cfg!(Py_3_9)),
                ("3.10", cfg!(Py_3_10)),
                ("3.11", cfg!(Py_3_11)),
                ("3.12", cfg!(Py_3_12)),
                ("3.13", cfg!(Py_3_13)),
                ("3.14", cfg!(Py_3_14)),
                ("3.15", cfg!(Py_3_15)),
            ];
            let free_threaded = cfg!(Py_GIL_DISABLED);
            $crate::cargo_test::check(env!("CARGO_MANIFEST_DIR"), built_for, free_threaded)
        }
    };
}

/// Runs the session of the lesson in `folder` and compares it with the column of its tag.
///
/// `built_for` says of each version, from old to new, whether the build's `cfg` is set.
///
/// # Errors
///
/// A report for a person: what differs, or what kept the session from running.
pub fn check(folder: &str, built_for: &[(&str, bool)], free_threaded: bool) -> Result<(), Report> {
    // Cargo may run what it compiled in another checkout; it says for which one it does.
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| folder.into());
    run(Path::new(&folder), built_for, free_threaded).map_err(Report)
}

/// What is wrong, in the form in which the test harness prints it: by `Debug`.
pub struct Report(Problems);

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(Problem::to_string).collect();
        write!(f, "\n\n{}\n", texts.join("\n\n"))
    }
}

fn run(folder: &Path, built_for: &[(&str, bool)], free_threaded: bool) -> Result<(), Problems> {
    let one = |problem| vec![problem];
    let topic = folder.file_name().unwrap_or_default().to_string_lossy();
    let root = folder.parent().and_then(Path::parent).unwrap_or(folder);
    let newest = built_for.iter().rev().find(|(_, set)| *set);
    let newest = newest.ok_or_else(|| one(message::no_build_script(&topic)))?;
    let minor = newest.0.parse::<Tag>().map_err(|why| one(Problem::new(why)))?.minor;
    let build = if free_threaded { Build::FreeThreaded } else { Build::Gil };
    let built_for = Tag { minor, build };

    let interpreter = discover::as_pyo3_does().map_err(one)?;
    if interpreter.tag.minor != minor
        || (interpreter.tag.build == Build::FreeThreaded) != free_threaded
    {
        return Err(one(message::built_for_another(
            &interpreter.executable,
            interpreter.tag,
            Some(built_for),
        )));
    }
    let lesson = Lesson::load(root, &topic)?;
    let record = Record::load(&lesson).map_err(one)?;
    if !record.ran.contains_key(&interpreter.tag) {
        return Err(one(message::no_column(
            Place::file(lesson.record_path()),
            &topic,
            interpreter.tag,
            &record.tags(),
        )));
    }
    compare_session(&lesson, &record, &interpreter)
}

fn compare_session(
    lesson: &Lesson,
    record: &Record,
    interpreter: &Interpreter,
) -> Result<(), Problems> {
    let one = |problem| vec![problem];
    let own = Own::of(lesson, interpreter).map_err(one)?;
    let expressions: Vec<String> =
        record.values.iter().map(|value| value.expression.clone()).collect();
    let packages = build::bring(&lesson.root, slice::from_ref(lesson), interpreter);
    let job = Job {
        lesson,
        interpreter,
        packages: &packages,
        extension: &own.folder,
        expressions: &expressions,
        hash_seed: 0,
        limits: Limits::default(),
    };
    let digest = digest(lesson).map_err(one)?;
    let tag = interpreter.tag;
    let run = job.run().map_err(|found| excuse(record, &digest, tag, found))?;
    for (cell, missing) in &run.missing {
        // Past the harness, which hides what a test that passes prints.
        let said = message::not_run(&lesson.topic, cell, &missing.why());
        writeln!(std::io::stderr(), "{said}").ok();
    }
    let unbound = run.unbound.iter().map(|(expression, why)| {
        let place = Place::file(lesson.record_path());
        // Perhaps no chapter binds it any more; `regen` knows the chapters.
        message::unbound(place, expression, run.tag, why)
            .help(format!("`cargo course regen {}`", lesson.topic))
    });
    let fresh = record.ran.get(&tag).is_some_and(|column| column.digest == digest);
    let differs = compare(lesson, record, &run);
    let differs = differs.iter().map(|difference| difference.problem(lesson, run.tag, &[], fresh));
    let problems: Problems = unbound.chain(differs).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use crate::cpython::supported;

    #[test]
    fn the_test_of_a_lesson_knows_every_supported_cpython() {
        let text = include_str!("cargo_test.rs");
        for minor in supported::minors() {
            let line = format!("(\"3.{minor}\", cfg!(Py_3_{minor})),");
            assert!(text.contains(&line), "`session!` has no line {line}");
        }
    }
}
