//! Sentences about building.

use std::io;
use std::path::Path;

use super::process::{last_lines, limited};
use crate::cpython::Tag;
use crate::layout::LESSONS;
use crate::problem::{Place, Problem};

pub(crate) fn cannot_run_cargo(error: &io::Error, tight: &[String]) -> Problem {
    cannot(format!("cannot run cargo: {error}"), tight)
}

pub(crate) fn cannot_run_rustc(error: &io::Error, tight: &[String]) -> Problem {
    cannot(format!("cannot run rustc: {error}"), tight)
}

pub(crate) fn no_threads(error: &str, tight: &[String]) -> Problem {
    cannot(format!("cannot start threads: {error}"), tight)
}

fn cannot(what: String, tight: &[String]) -> Problem {
    limited(Problem::new(what), tight).unwrap_or_else(|problem| problem)
}

pub(crate) fn does_not_build(place: Place, tag: Tag, errors: &str) -> Problem {
    Problem::at(place, "expected code that builds, found errors").on(tag).note(errors)
}

/// Cargo did not say where it builds, as `how` tells; `said` is what it printed instead.
pub(crate) fn no_target_folder(how: &str, said: &str, tight: &[String]) -> Problem {
    let problem =
        Problem::new(format!("expected cargo to name its target folder, found that it {how}"));
    limited(problem.note(last_lines(said)), tight).unwrap_or_else(|problem| problem)
}

/// The code of no lesson is at fault: cargo, the linker, a disk or a limit is.
pub(crate) fn cannot_build(tag: Tag, errors: &str, tight: &[String]) -> Problem {
    let problem = Problem::new("expected cargo to build the lessons, found that it does not")
        .on(tag)
        .note(errors);
    if errors.contains("linker `cc` not found") {
        return problem.help("install a C linker (Debian: `apt-get install gcc`)");
    }
    limited(problem, tight).unwrap_or_else(|problem| {
        problem.help("what stands above is no lesson's fault; `cargo course doctor` shows what builds them, and where")
    })
}

pub(crate) fn built_for_another(executable: &Path, tag: Tag, built: Option<Tag>) -> Problem {
    let built = built.map_or_else(|| "something else".to_owned(), |tag| format!("CPython {tag}"));
    Problem::new(format!(
        "`{}`: expected {built}, for which the lessons were built, found CPython {tag}",
        executable.display()
    ))
    .note("an extension for another version may load and count something else")
    .help("set PYO3_PYTHON to one interpreter and run the same command again")
}

pub(crate) fn no_build_script(topic: &str) -> Problem {
    Problem::at(
        Place::file(Path::new(LESSONS).join(topic)),
        "expected a build script that says for which CPython, found none",
    )
    .help("give it the `build.rs` of another lesson, and `pyo3-build-config` as build-dependency")
}

pub(crate) fn no_extension(module: &str, looked: &str) -> Problem {
    Problem::new(format!("expected the extension `{module}` beside the test, found none: {looked}"))
        .help("the lesson's Cargo.toml needs `crate-type = [\"cdylib\", \"rlib\"]` under [lib]")
}

pub(crate) fn no_wheel_here(package: &str) -> String {
    format!("no wheel of {package} for this platform is pinned")
}

/// What the programs said that could not install a package.
pub(crate) fn not_installed(said: &[String]) -> String {
    said.join("; ")
}
