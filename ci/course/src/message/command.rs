//! Sentences about commands.

use std::net::SocketAddr;
use std::path::Path;

use verify::layout::{BOOK_TOML, LESSONS};
use verify::{Place, Problem, Tag};

pub(crate) fn no_course(here: &Path) -> String {
    format!(
        "expected a course at or above `{}`, found no folder with {BOOK_TOML} and {LESSONS}/\n\
         help: go to the folder of a course first: `cd PATH`",
        here.display()
    )
}

pub(crate) fn bad_topic(topic: &str, why: &str) -> Problem {
    Problem::new(format!("expected a lesson's name, found `{topic}`: {why}"))
        .help("choose one word in small letters that nobody has, such as `set`")
}

pub(crate) fn line_there_already(place: Place, topic: &str) -> Problem {
    Problem::at(place, format!("expected no chapter `{topic}`, found this line"))
        .help("choose another topic, or take the line out first")
}

pub(crate) fn cannot_list(place: Place, topic: &str) -> Problem {
    Problem::at(
        place,
        format!("expected a list of lessons that `{topic}` can be added to, found none"),
    )
    .help("give the file the form that the course's own has")
}

pub(crate) fn there_already(path: &str) -> Problem {
    Problem::new(format!("expected no {path}, found one"))
        .help("choose another topic, or remove it first")
}

pub(crate) fn bad_manifest(place: Place, why: &str) -> Problem {
    Problem::at(
        place,
        format!("expected the bundle's manifest, found what cargo cannot read: {why}"),
    )
    .help("mend the line, or restore the file from version control")
}

pub(crate) fn no_lessons() -> Problem {
    Problem::new("expected a lesson to run, found none").help("`cargo course new TOPIC` starts one")
}

pub(crate) fn no_interpreters() -> Problem {
    Problem::new("expected a CPython 3.9 or later, found none: nothing would be checked").help(
        "install one, or name it with `--python PATH`; `cargo course doctor` shows where it looks",
    )
}

pub(crate) fn only_debug_builds(tags: &[Tag]) -> Problem {
    let tags: Vec<String> = tags.iter().map(Tag::to_string).collect();
    Problem::new(format!(
        "expected an interpreter with a column, found debug builds alone: {}",
        tags.join(", ")
    ))
    .help(format!("`cargo course run LESSON --python {}` runs a session in one", tags[0]))
}

/// What the pages' CPython misses, in one line.
pub(crate) fn not_live(missing: &Problem) -> String {
    let help = missing.help.as_ref().map_or_else(String::new, |help| format!("; help: {help}"));
    let place = missing.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
    format!("3.14-wasm: {place}{}{help}", missing.what)
}

pub(crate) fn no_shell(tag: Tag) -> Problem {
    Problem::new(format!(
        "expected an interpreter of this machine, found CPython {tag}, which has no shell"
    ))
    .help("`cargo course run LESSON --python 3.14-wasm` shows what its cells print there")
}

pub(crate) fn no_rustc() -> Problem {
    Problem::new("expected rustc's version, found no answer").help("`cargo course doctor`")
}

pub(crate) fn command_missing(place: Place, cell: &str, command: &str) -> Problem {
    Problem::at(place, format!("cell `{cell}`: expected `{command}` on PATH, found none"))
        .help(format!("install `{command}`; without `--require` the cell is left unchecked"))
}

pub(crate) fn package_missing(place: Place, cell: &str, package: &str, why: &str) -> Problem {
    Problem::at(place, format!("cell `{cell}` imports {package}, which cannot be had"))
        .note(why)
        .help("packages come from the index by pip or uv, once; without `--require` the cell is left unchecked")
}

/// `missing` is what the tag's interpreter misses, where that is known.
pub(crate) fn required_not_run(tag: Tag, run: &[Tag], missing: Option<Problem>) -> Problem {
    let run: Vec<String> = run.iter().map(Tag::to_string).collect();
    let problem = Problem::new(format!("expected CPython {tag} among those that ran, found none"))
        .note(format!("run: {}", run.join(", ")));
    if let Some(missing) = missing {
        let problem = problem.note(missing.what);
        return match missing.help {
            Some(help) => problem.help(help),
            None => problem,
        };
    }
    problem.help("install it, or name it: `--python PATH`, or COURSE_PYTHONS for every command")
}

pub(crate) fn refusal_not_recorded(place: Place, topic: &str) -> Problem {
    Problem::at(place, "expected the compiler's words about this code in the record, found none")
        .help(format!("`cargo course regen {topic}`"))
}

pub(crate) fn refusal_differs(place: Place, topic: &str, recorded: &str, now: &str) -> Problem {
    Problem::at(place, "expected the recorded words of the compiler, found others")
        .note(verify::message::diff(recorded, now))
        .help(format!("if it is right, `cargo course regen {topic}`"))
}

pub(crate) fn output_over_source(output: &Path, source: &Path) -> Problem {
    Problem::at(
        Place::file("book.toml"),
        format!(
            "expected folders apart, found that the build folder `{}` and the source folder `{}` overlap: a build would delete chapters",
            output.display(),
            source.display()
        ),
    )
    .help("set `build-dir = \"target/book\"` under [build]")
}

pub(crate) fn default_preprocessors() -> Problem {
    Problem::at(
        Place::file("book.toml"),
        "expected mdBook's own preprocessors off, found them on: they would interpret what a cell prints",
    )
    .help("set `use-default-preprocessors = false` under [build]")
}

pub(crate) fn cannot_listen(address: SocketAddr) -> String {
    format!("cannot listen on {address}; `--port 0` takes any port that is free")
}

/// What a build of live pages does first on a fresh machine.
pub(crate) fn adding_target(target: &str) -> String {
    format!("note: rustup brings Rust's libraries for live pages, once: rustup target add {target}")
}

pub(crate) fn no_rustup(target: &str) -> String {
    format!(
        "note: expected rustup on PATH, found none; bring the libraries for {target} as you brought Rust"
    )
}

pub(crate) fn installing() -> &'static str {
    "note: npm brings what live pages are made of, once: npm ci --prefix ci/web"
}

/// What a build misses for live pages, in one line.
pub(crate) fn whole_but_not_live(missing: &Problem) -> String {
    format!("note: the book is whole, and its cells are not live: {}", not_live(missing))
}

pub(crate) fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}

pub(crate) fn no_place_for_policy(place: Place, line: &str) -> Problem {
    Problem::at(place, format!("expected the line `{line}` of mdBook's template, found none"))
        .note("behind it stands the policy that lets a page load nothing from anywhere else")
        .help("a page of your own, or a theme, needs that line first in its <head>")
}

pub(crate) fn not_compressed(said: &str) -> String {
    format!("the pages' files are not compressed:\n{said}")
}

pub(crate) fn scripts_do_not_build(said: &str) -> String {
    format!("the pages' scripts do not build:\n{}help: `npm ci --prefix ci/web`", said)
}
