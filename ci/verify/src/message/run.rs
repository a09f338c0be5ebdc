//! Sentences about running.

use std::io;
use std::path::Path;
use std::str::Utf8Error;
use std::time::Duration;

use super::diff::diff;
use super::lesson::PACKAGES;
use super::process::{last_lines, limited};
use crate::cpython::Tag;
use crate::problem::{Place, Problem};

/// Somebody asked to stop.
pub fn stopped() -> Problem {
    Problem::new("stopped")
}

pub(crate) fn cannot_run(executable: &Path, error: &io::Error, tight: &[String]) -> Problem {
    let problem = Problem::new(format!("cannot run `{}`: {error}", executable.display()));
    limited(problem, tight).unwrap_or_else(|problem| problem)
}

/// The Python at `executable` printed `text` before the driver did anything. `files` are those
/// that it runs at its start.
pub(crate) fn prints_before(executable: &Path, tag: Tag, text: &str, files: &[String]) -> Problem {
    let what =
        format!("`{}`: expected no output before a session, found some", executable.display());
    at_start(Problem::new(what).on(tag).note(last_lines(text)), files)
}

/// The Python at `executable` ended, as `how` says, before the driver did anything.
pub(crate) fn ends_before(
    executable: &Path,
    tag: Tag,
    how: &str,
    text: &str,
    files: &[String],
    tight: &[String],
) -> Problem {
    let what =
        format!("`{}`: expected a session, found that it {how} before one", executable.display());
    let problem = Problem::new(what).on(tag).note(last_lines(text));
    limited(problem, tight).unwrap_or_else(|problem| at_start(problem, files))
}

fn at_start(problem: Problem, files: &[String]) -> Problem {
    let help = "silence or remove what it runs at its start, or name another one: `--python PATH`";
    let problem = match files {
        [] => problem,
        files => problem.note(format!("at its start it runs {}", files.join(", "))),
    };
    problem.help(help)
}

/// A cell asked the machine for something and did not get it, or a signal from outside ended it.
pub(crate) fn lacks(problem: Problem, tight: &[String]) -> Problem {
    limited(problem, tight).unwrap_or_else(|problem| {
        problem.help(
            "look at what this machine gives: memory, room in TMPDIR, files, processes; \
             a lesson that is right needs no change",
        )
    })
}

/// Windows has no `fork`, in which a cell that crashes runs.
#[cfg(not(unix))]
pub(crate) fn no_fork(place: Place, name: &str) -> Problem {
    Problem::at(
        place,
        format!("cell `{name}`: expected a `fork` in which to crash, found that Windows has none"),
    )
    .help("run this lesson on Linux or macOS; in Windows, WSL is Linux")
}

pub(crate) fn printed_not_utf8(
    place: Place,
    name: &str,
    tag: Tag,
    bytes: &[u8],
    error: Utf8Error,
) -> Problem {
    let from = error.valid_up_to();
    let shown = &bytes[from..bytes.len().min(from + 8)];
    Problem::at(place, format!("cell `{name}`: expected output in UTF-8, found other bytes"))
        .on(tag)
        .note(format!("after {from} bytes: {shown:02x?}"))
        .mend("print `repr` or `ascii` of what is not text")
}

pub(crate) fn left_behind(place: Place, name: &str, tag: Tag, what: &str) -> Problem {
    Problem::at(place, format!("cell `{name}`: expected nothing left behind, found {what}"))
        .on(tag)
        .mend("leave things as they were: wait for a process, join a thread, restore a stream")
}

pub(crate) fn printed_between(place: Place, who: &str, tag: Tag) -> Problem {
    Problem::at(place, format!("{who}: expected no output outside of a cell, found some"))
        .on(tag)
        .mend("print in a cell, while it runs")
}

pub(crate) fn left_process(place: Place, tag: Tag) -> Problem {
    Problem::at(place, "the session: expected nothing left behind, found a process")
        .on(tag)
        .mend("wait for it before the cell that starts it ends")
}

pub(crate) fn shows_a_value(place: Place, name: &str, kind: &str) -> Problem {
    Problem::at(
        place,
        format!("cell `{name}`: expected no value at its end, found one of class {kind}"),
    )
    .note("a notebook would show it and keep it in `Out`, which holds a reference")
    .mend("print it")
}

pub(crate) fn did_not_crash(
    place: Place,
    name: &str,
    tag: Tag,
    signal: &str,
    ended: Option<String>,
    text: &str,
) -> Problem {
    let ended = ended.map_or_else(|| "one by itself".to_owned(), |other| format!("one in {other}"));
    Problem::at(place, format!("cell `{name}`: expected an end in {signal}, found {ended}"))
        .on(tag)
        .note(text)
        .mend("mend the cell, or take `crashes` off its marker")
}

pub(crate) fn raised(place: Place, name: &str, tag: Tag, class: &str, text: &str) -> Problem {
    Problem::at(place, format!("cell `{name}`: expected no exception, found {class}"))
        .on(tag)
        .note(text)
        .mend(format!("if it should, say so on its marker: raises=\"{class}\""))
}

/// A cell fails to import something; `text` is what it printed, and ends in Python's words.
pub(crate) fn no_module(place: Place, name: &str, tag: Tag, text: &str) -> Problem {
    let module = text
        .rsplit_once("No module named '")
        .and_then(|(_, rest)| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next());
    let module = module.unwrap_or("it");
    Problem::at(place, format!("cell `{name}` imports `{module}`, and there is no such module"))
        .on(tag)
        .note(text)
        .mend(format!(
            "if `{module}` is a package of the index, pin it in {PACKAGES} and say packages=\"{module}\" on the marker"
        ))
}

pub(crate) fn raised_another(
    place: Place,
    name: &str,
    tag: Tag,
    class: &str,
    other: &str,
    text: &str,
) -> Problem {
    Problem::at(place, format!("cell `{name}`: expected {class}, found {other}"))
        .on(tag)
        .note(text)
        .mend(format!("mend the cell, or say so on its marker: raises=\"{other}\""))
}

pub(crate) fn did_not_raise(place: Place, name: &str, tag: Tag, class: &str) -> Problem {
    Problem::at(place, format!("cell `{name}`: expected {class}, found no exception"))
        .on(tag)
        .mend("mend the cell, or take `raises` off its marker")
}

pub(crate) fn no_progress(place: Place, name: &str, tag: Tag, limit: Duration) -> Problem {
    let seconds = limit.as_secs_f64();
    Problem::at(place, format!("{name}: expected an end within {seconds} s, found none"))
        .on(tag)
        .help("if it needs longer, `cargo course check --timeout SECONDS`")
}

pub(crate) fn too_much_output(place: Place, name: &str, tag: Tag, limit: u64) -> Problem {
    Problem::at(place, format!("{name}: expected at most {limit} bytes of output, found more"))
        .on(tag)
        .mend("a reader reads it: print less")
}

/// `can_be_said`: whether a cell's key may name the signal.
pub(crate) fn crashed(
    place: Place,
    name: &str,
    tag: Tag,
    signal: &str,
    can_be_said: bool,
    tail: &str,
) -> Problem {
    let problem =
        Problem::at(place, format!("{name}: expected the session to go on, found {signal}"))
            .on(tag)
            .note(tail);
    if can_be_said {
        return problem.mend(format!("if it should, say so on its marker: crashes=\"{signal}\""));
    }
    problem.mend("mend the cell: a session must live to its end")
}

pub(crate) fn exited(place: Place, name: &str, tag: Tag, status: &str, tail: &str) -> Problem {
    Problem::at(place, format!("{name}: expected the session to go on, found it ended ({status})"))
        .on(tag)
        .note(tail)
        .mend("mend the cell, or let it end in a child process that it waits for")
}

pub(crate) fn unsteady_cell(
    place: Place,
    name: &str,
    tag: Tag,
    seed: u32,
    one: &str,
    other: &str,
) -> Problem {
    Problem::at(
        place,
        format!("cell `{name}`: expected the same output in a second run (PYTHONHASHSEED={seed}), found another"),
    ).on(tag)
    .note(diff(one, other))
    .mend("print what does not vary; if only integers vary and none can be asserted, varies=\"integers\"")
}

pub(crate) fn unsteady_value(
    place: Place,
    expression: &str,
    tag: Tag,
    seed: u32,
    one: &str,
    other: &str,
) -> Problem {
    Problem::at(
        place,
        format!(
            "`{expression}`: expected {one} in a second run (PYTHONHASHSEED={seed}), found {other}"
        ),
    )
    .on(tag)
    .mend("bind what does not vary")
}
