//! Sentences about interpreters.

use std::path::Path;

use super::process::last_lines;
use crate::cpython::{Tag, newest, oldest};
use crate::problem::Problem;

pub(crate) fn no_interpreter(path: &Path) -> Problem {
    Problem::new(format!("expected an interpreter, found no file `{}`", path.display()))
        .help(SEE_DOCTOR)
}

/// `problem` of an interpreter that `variable` names.
pub(crate) fn named_by(problem: Problem, variable: &str) -> Problem {
    problem
        .note(format!("{variable} names it"))
        .help(format!("`unset {variable}`, or set it to a CPython that is there"))
}

pub(crate) fn no_interpreter_in(path: &Path, variable: &str) -> Problem {
    Problem::new(format!("{variable}: expected python3.N in `{}`, found none", path.display()))
        .help(format!("{variable} takes executables, or folders of them, separated as in PATH"))
}

/// Follows a program's name, as [`ends_with`] does.
pub(crate) const WITHOUT_ANSWER: &str = "says nothing of itself";

/// `how` is the way in which it failed to answer, `said` what it printed instead.
pub(crate) fn not_python(path: &Path, how: &str, said: &str) -> Problem {
    let problem = Problem::new(format!(
        "`{}`: expected the answer of a Python 3, found that it {how}",
        path.display()
    ));
    match said.trim() {
        "" => problem.help(SEE_DOCTOR),
        said => problem.note(last_lines(said)).help(SEE_DOCTOR),
    }
}

pub(crate) fn not_cpython(path: &Path, implementation: &str, version: &str) -> Problem {
    Problem::new(format!(
        "`{}`: expected CPython, whose own API the course is about, found {implementation} {version}",
        path.display()
    ))
    .help(SEE_DOCTOR)
}

pub(crate) fn too_old(path: &Path, version: &str) -> Problem {
    Problem::new(format!(
        "`{}`: expected Python {} or later, which PyO3 needs, found {version}",
        path.display(),
        oldest()
    ))
    .help(SEE_DOCTOR)
}

pub(crate) fn too_new(path: &Path, version: &str) -> Problem {
    Problem::new(format!(
        "`{}`: expected Python {} or earlier, for which PyO3 builds, found {version}",
        path.display(),
        newest()
    ))
    .help(SEE_DOCTOR)
}

pub(crate) fn debug_and_free_threaded(path: &Path, version: &str) -> Problem {
    Problem::new(format!(
        "`{}`: expected a debug build or a free-threaded build, found {version}, which is both",
        path.display()
    ))
    .help(
        "lessons run on either alone; `cargo course doctor` shows the interpreters that were found",
    )
}

pub(crate) fn no_python_at_all() -> Problem {
    Problem::new("expected `python` or `python3` to be a Python 3, found neither")
        .help("install one (Debian: `apt-get install python3`), or set PYO3_PYTHON to its path")
}

pub(crate) fn tag_not_found(tag: Tag, mut tags: Vec<Tag>) -> Problem {
    tags.sort();
    tags.dedup();
    let tags: Vec<String> = tags.iter().map(Tag::to_string).collect();
    let help = match tag.build.is_native() {
        false => "`cargo course doctor` says what it needs",
        true => "name its path: `--python PATH`, or COURSE_PYTHONS for every command",
    };
    Problem::new(format!("expected an interpreter {tag}, found none"))
        .note(format!("found: {}", tags.join(", ")))
        .help(help)
}

const SEE_DOCTOR: &str = "`cargo course doctor` shows the interpreters that were found";
