//! Every sentence that this library says to a person.
//!
//! One function a sentence, grouped by the module that says it. The form is
//! `path:line: what is wrong`, then what exists instead, then `help:` what to type.

use std::io;
use std::path::Path;
use std::str::Utf8Error;
use std::time::Duration;

use crate::cell::{KEYS, SIGNALS};
use crate::compare::{Difference, Subject};
use crate::interpreter::Interpreter;
use crate::lesson::Lesson;
use crate::problem::{Place, Problem};
use crate::stale::Stale;
use crate::tag::{Build, NEWEST, Tag};

// Files.

pub(crate) fn cannot_read(place: Place, error: &io::Error) -> Problem {
    Problem::at(place, format!("cannot be read: {error}"))
}

pub(crate) fn not_utf8(place: Place, error: Utf8Error) -> Problem {
    Problem::at(place, format!("is not UTF-8: {error}")).help("save it as UTF-8")
}

/// `path` cannot be written; says how to point elsewhere.
pub fn cannot_write(path: &Path, error: &io::Error) -> Problem {
    Problem::new(format!("cannot write `{}`: {error}", path.display())).help(
        "set CARGO_TARGET_DIR (builds) and TMPDIR (sessions) to folders that can be written; \
         `regen` and `new` also need to write `lessons/` and `book/`",
    )
}

pub(crate) fn not_toml(place: Place, why: &str) -> Problem {
    Problem::at(place, format!("is not TOML: {}", why.trim()))
}

// Lessons.

/// No lesson is on `topic`.
pub fn unknown_lesson(place: Option<Place>, topic: &str, topics: &[String]) -> Problem {
    Problem { place, ..Problem::new(format!("no lesson `{topic}`")) }
        .note(format!("lessons there are: {}", topics.join(", ")))
        .help(format!("to start it, `cargo course new {topic}`"))
}

pub(crate) fn code_before_first_cell(place: Place) -> Problem {
    Problem::at(place, "code before the first cell")
        .note("only comments and one docstring may stand there")
        .help("put `# %% <name>` on a line of its own above it")
}

pub(crate) fn no_cell(place: Place) -> Problem {
    Problem::at(place, "no cell")
        .help("a cell starts with a line `# %% <name>`, such as `# %% reverse`")
}

pub(crate) fn two_cells_of_one_name(place: Place, name: &str, first: usize) -> Problem {
    Problem::at(place, format!("a second cell is named `{name}`"))
        .note(format!("the first is at line {first}"))
        .help("give it another name")
}

pub(crate) fn cell_without_name(place: Place) -> Problem {
    Problem::at(place, "a cell with no name").help("write `# %% <name>`, such as `# %% reverse`")
}

pub(crate) fn cell_badly_named(place: Place, name: &str) -> Problem {
    if name.is_empty() {
        return cell_without_name(place);
    }
    Problem::at(place, format!("`{name}` cannot name a cell"))
        .note("a name is a small letter, then small letters, digits and _")
}

pub(crate) fn key_without_quotes(place: Place, text: &str) -> Problem {
    Problem::at(place, format!("a key is written key=\"value\", with quotes, not `{text}`"))
        .note("without quotes Jupytext reads 3.10 as the number 3.1")
}

pub(crate) fn key_twice(place: Place, key: &str) -> Problem {
    Problem::at(place, format!("key `{key}` stands there twice")).help("keep one of the two")
}

pub(crate) fn bad_key(place: Place, key: &str, value: &str, why: &str) -> Problem {
    if KEYS.contains(&key) {
        return Problem::at(place, format!("`{key}=\"{value}\"` cannot be")).note(why);
    }
    Problem::at(place, format!("unknown key `{key}`")).note(why)
}

pub(crate) fn runs_nowhere(place: Place) -> Problem {
    Problem::at(place, "no CPython runs this cell: its keys leave none")
        .help("mend since, until, on and not_on")
}

pub(crate) fn raises_and_crashes(place: Place) -> Problem {
    Problem::at(place, "a cell cannot both raise and crash").help("keep one of the two keys")
}

// Interpreters.

pub(crate) fn no_interpreter(path: &Path) -> Problem {
    Problem::new(format!("no interpreter `{}`", path.display())).help(SEE_DOCTOR)
}

pub(crate) fn no_interpreter_in(path: &Path, variable: &str) -> Problem {
    Problem::new(format!("{variable}: no python3.N in `{}`", path.display()))
        .help(format!("{variable} takes executables, or folders of them, separated as in PATH"))
}

pub(crate) fn not_python(path: &Path) -> Problem {
    Problem::new(format!("`{}` does not answer as a Python 3 does", path.display()))
        .help(SEE_DOCTOR)
}

pub(crate) fn not_cpython(path: &Path, implementation: &str, version: &str) -> Problem {
    Problem::new(format!(
        "`{}` is {implementation} {version}, and the course is about CPython's own API",
        path.display()
    ))
    .help(SEE_DOCTOR)
}

pub(crate) fn too_old(path: &Path, version: &str) -> Problem {
    Problem::new(format!("`{}` is Python {version}; PyO3 needs 3.9 or later", path.display()))
        .help(SEE_DOCTOR)
}

pub(crate) fn too_new(path: &Path, version: &str) -> Problem {
    Problem::new(format!(
        "`{}` is Python {version}; the course's PyO3 builds for {NEWEST} and earlier",
        path.display()
    ))
    .help(SEE_DOCTOR)
}

pub(crate) fn no_python_at_all() -> Problem {
    Problem::new("neither `python` nor `python3` is a Python 3")
        .help("install one (Debian: `apt-get install python3`), or set PYO3_PYTHON to its path")
}

pub(crate) fn tag_not_found(tag: Tag, found: &[Interpreter]) -> Problem {
    let mut tags: Vec<Tag> = found.iter().map(|interpreter| interpreter.tag).collect();
    tags.sort();
    tags.dedup();
    let tags: Vec<String> = tags.iter().map(Tag::to_string).collect();
    let help = match tag.build {
        Build::Wasm => "`cargo course doctor` says what it needs",
        _ => "name its path: `--python PATH`, or COURSE_PYTHONS for every command",
    };
    Problem::new(format!("no interpreter {tag} was found"))
        .note(format!("found: {}", tags.join(", ")))
        .help(help)
}

const SEE_DOCTOR: &str = "`cargo course doctor` shows the interpreters that were found";

// Building.

pub(crate) fn cannot_run_cargo(error: &io::Error) -> Problem {
    Problem::new(format!("cannot run cargo: {error}"))
}

pub(crate) fn cannot_run_rustc(error: &io::Error) -> Problem {
    Problem::new(format!("cannot run rustc: {error}"))
}

pub(crate) fn no_threads(error: &str) -> Problem {
    Problem::new(format!("cannot start threads: {error}"))
}

pub(crate) fn does_not_build(place: Place, tag: Tag, errors: &str) -> Problem {
    let problem = Problem::at(place, "does not build").on(tag).note(errors);
    if errors.contains("linker `cc` not found") {
        return problem.help("install a C linker (Debian: `apt-get install gcc`)");
    }
    problem
}

pub(crate) fn built_for_another(interpreter: &Interpreter, built: Option<Tag>) -> Problem {
    let built = built.map_or_else(|| "something else".to_owned(), |tag| format!("CPython {tag}"));
    Problem::new(format!(
        "the lessons were built for {built}, and `{}` is CPython {}",
        interpreter.executable.display(),
        interpreter.tag
    ))
    .note("an extension for another version may load and count something else")
    .help("set PYO3_PYTHON to one interpreter and run the same command again")
}

pub(crate) fn no_build_script(topic: &str) -> Problem {
    Problem::at(
        Place::file(Path::new("lessons").join(topic)),
        "nothing says for which CPython this lesson was built",
    )
    .help("give it the `build.rs` of another lesson, and `pyo3-build-config` as build-dependency")
}

pub(crate) fn no_extension(module: &str, looked: &str) -> Problem {
    Problem::new(format!("no extension `{module}` beside the test: {looked}"))
        .help("the lesson's Cargo.toml needs `crate-type = [\"cdylib\", \"rlib\"]` under [lib]")
}

// Pyodide.

const NOT_LIVE: &str = "without it nothing runs as 3.14-wasm, and the pages are not live";

pub(crate) fn no_pyodide_pinned(place: Place) -> Problem {
    Problem::at(place, "no version of `pyodide` among its dependencies")
        .help("pin one: `\"pyodide\": \"314.0.7\"`")
}

pub(crate) fn no_node() -> Problem {
    Problem::new("no `node` on PATH")
        .note(NOT_LIVE)
        .help("install Node.js 20 or later (Debian: `apt-get install nodejs npm`)")
}

pub(crate) fn old_node(version: &str, oldest: u32) -> Problem {
    Problem::new(format!("`node` is {version}; Pyodide needs {oldest} or later"))
        .note(NOT_LIVE)
        .help("install a newer Node.js and put it first on PATH")
}

pub(crate) fn no_pyodide(pinned: &str, installed: Option<&str>) -> Problem {
    let installed = installed.map_or_else(String::new, |version| format!(" ({version} is there)"));
    Problem::new(format!("Pyodide {pinned} is not installed{installed}"))
        .note(NOT_LIVE)
        .help("npm ci --prefix ci/web")
}

pub(crate) fn no_rust_target(target: &str) -> Problem {
    Problem::new(format!("rustc has no libraries for {target}"))
        .note(NOT_LIVE)
        .help(format!("rustup target add {target}"))
}

pub(crate) fn not_bundled(lesson: &Lesson) -> Problem {
    let (package, topic) = (lesson.package(), &lesson.topic);
    Problem::at(Place::file("ci/bundle/Cargo.toml"), format!("no lesson `{topic}` in the bundle"))
        .help(format!("add `{package}.path = \"../../lessons/{topic}\"` under [dependencies]"))
}

pub(crate) fn not_a_module(path: &Path) -> Problem {
    Problem::new(format!("`{}` cannot be read as a WebAssembly module", path.display()))
        .help("remove the file, and build it again")
}

pub(crate) fn not_exported(names: &[String]) -> Problem {
    Problem::at(Place::file("ci/bundle"), "imports what the pinned Pyodide does not export")
        .note(names.join("\n"))
        .help("take the call out of the lesson for this target: `#[cfg(not(target_os = \"emscripten\"))]`")
}

// Running.

/// Somebody asked to stop.
pub fn stopped() -> Problem {
    Problem::new("stopped")
}

pub(crate) fn cannot_run(interpreter: &Interpreter, error: &io::Error) -> Problem {
    Problem::new(format!("cannot run `{}`: {error}", interpreter.executable.display()))
        .help("sessions run below TMPDIR, which must have room and be writable")
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
    Problem::at(place, format!("cell `{name}` prints bytes that are not UTF-8"))
        .on(tag)
        .note(format!("after {from} bytes: {shown:02x?}"))
        .help("print `repr` or `ascii` of what is not text")
}

pub(crate) fn left_behind(place: Place, name: &str, tag: Tag, what: &str) -> Problem {
    Problem::at(place, format!("cell `{name}` leaves {what} behind"))
        .on(tag)
        .help("leave things as they were: wait for a process, join a thread, restore a stream")
}

pub(crate) fn printed_between(place: Place, who: &str, tag: Tag) -> Problem {
    Problem::at(place, format!("{who} prints where nobody records it"))
        .on(tag)
        .help("print in a cell, while it runs")
}

pub(crate) fn left_process(place: Place, tag: Tag) -> Problem {
    Problem::at(place, "the session leaves a process behind")
        .on(tag)
        .help("wait for it before the cell that starts it ends")
}

pub(crate) fn shows_a_value(place: Place, name: &str, kind: &str) -> Problem {
    Problem::at(
        place,
        format!("cell `{name}` ends in an expression with a value (of class {kind})"),
    )
    .note("a notebook would show it and keep it in `Out`, which holds a reference")
    .help("print it")
}

pub(crate) fn did_not_crash(
    place: Place,
    name: &str,
    tag: Tag,
    signal: &str,
    ended: Option<String>,
    text: &str,
) -> Problem {
    let ended =
        ended.map_or_else(|| "ends by itself".to_owned(), |other| format!("ends in {other}"));
    Problem::at(place, format!("cell `{name}` must end in {signal}, and {ended}"))
        .on(tag)
        .note(text)
        .help("mend the cell, or take `crashes` off its marker")
}

pub(crate) fn raised(place: Place, name: &str, tag: Tag, class: &str, text: &str) -> Problem {
    Problem::at(place, format!("cell `{name}` raises {class}"))
        .on(tag)
        .note(text)
        .help(format!("if it should, say so on its marker: raises=\"{class}\""))
}

pub(crate) fn raised_another(
    place: Place,
    name: &str,
    tag: Tag,
    class: &str,
    other: &str,
    text: &str,
) -> Problem {
    Problem::at(place, format!("cell `{name}` must raise {class}, and raises {other}"))
        .on(tag)
        .note(text)
        .help(format!("mend the cell, or say so on its marker: raises=\"{other}\""))
}

pub(crate) fn did_not_raise(place: Place, name: &str, tag: Tag, class: &str) -> Problem {
    Problem::at(place, format!("cell `{name}` must raise {class}, and raises nothing"))
        .on(tag)
        .help("mend the cell, or take `raises` off its marker")
}

pub(crate) fn no_progress(place: Place, name: &str, tag: Tag, limit: Duration) -> Problem {
    let seconds = limit.as_secs_f64();
    Problem::at(place, format!("{} is not done after {seconds} s", name))
        .on(tag)
        .help("if it needs longer, `cargo course check --timeout SECONDS`")
}

pub(crate) fn too_much_output(place: Place, name: &str, tag: Tag, limit: u64) -> Problem {
    Problem::at(place, format!("{} prints more than {limit} bytes", name))
        .on(tag)
        .help("a reader reads it: print less")
}

pub(crate) fn crashed(place: Place, name: &str, tag: Tag, signal: &str, tail: &str) -> Problem {
    let problem = Problem::at(place, format!("{} ends in {signal}", name)).on(tag).note(tail);
    // Only these can be said.
    if SIGNALS.iter().any(|(known, _)| *known == signal) {
        return problem.help(format!("if it should, say so on its marker: crashes=\"{signal}\""));
    }
    problem.help("mend the cell: a session must live to its end")
}

pub(crate) fn exited(place: Place, name: &str, tag: Tag, status: &str, tail: &str) -> Problem {
    Problem::at(place, format!("{} ends the process ({status}) before it is done", name))
        .on(tag)
        .note(tail)
        .help("mend the cell, or let it end in a child process that it waits for")
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
        format!("cell `{name}` prints something else in a second run (PYTHONHASHSEED={seed})"),
    ).on(tag)
    .note(diff(one, other))
    .help("print what does not vary; if only integers vary and none can be asserted, varies=\"integers\"")
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
        format!("`{expression}` is {one}, and {other} in a second run (PYTHONHASHSEED={seed})"),
    )
    .on(tag)
    .help("bind what does not vary")
}

// Bound expressions.

pub(crate) fn assigned_by_none(name: &str) -> String {
    format!("no cell assigns `{name}`")
}

pub(crate) fn assigned_by_several(name: &str, cells: &[&str]) -> String {
    format!("`{name}` is assigned by several cells: {}; use a name of its own", cells.join(", "))
}

pub(crate) fn not_one_line(text: &str) -> String {
    format!("its text is not one line: {text:?}")
}

pub(crate) fn value_raised(error: &str) -> String {
    format!("it raises {error}")
}

/// An expression that has no value.
pub fn unbound(place: Place, expression: &str, tag: Tag, why: &str) -> Problem {
    Problem::at(place, format!("`{expression}` has no value ({why})"))
        .on(tag)
        .help("bind an expression of names that one cell assigns")
}

// Records.

pub(crate) fn merge_marker(place: Place, topic: &str) -> Problem {
    Problem::at(place, "a merge left its markers here")
        .help(format!("take either side, then `cargo course regen {topic}`"))
}

pub(crate) fn bad_record(place: Place, topic: &str, why: &str) -> Problem {
    // A parser may quote all that it did not expect.
    let why: String = why.trim().lines().next().unwrap_or_default().chars().take(160).collect();
    Problem::at(place, format!("is not a record: {why}")).help(format!(
        "restore it from version control, or delete it and run `cargo course regen {topic}`"
    ))
}

/// `tag` was run, and the record has no column for it.
pub fn no_column(lesson: &Lesson, tag: Tag, recorded: &[Tag]) -> Problem {
    let help = match tag.has_column() {
        true => format!("`cargo course regen {} --python {tag}` records it", lesson.topic),
        false => "a debug build has none; set PYO3_PYTHON to another interpreter".to_owned(),
    };
    let recorded: Vec<String> = recorded.iter().map(Tag::to_string).collect();
    let recorded = if recorded.is_empty() { "none".to_owned() } else { recorded.join(", ") };
    Problem::at(Place::file(lesson.record_path()), format!("no column for CPython {tag}"))
        .note(format!("recorded: {recorded}"))
        .help(help)
}

/// A cell that did not run because this machine lacks a command.
pub fn not_run(topic: &str, cell: &str, command: &str) -> String {
    format!("not checked: cell `{cell}` of {topic}, because `{command}` is not on PATH")
}

/// What a run and the record do not agree on. `shown` are the chapter lines that show it;
/// `fresh` says that the record was made from the very same lesson.
pub fn differs(
    lesson: &Lesson,
    tag: Tag,
    difference: &Difference,
    shown: &[Place],
    fresh: bool,
) -> Problem {
    let (place, subject) = match &difference.subject {
        Subject::Cell(name) => {
            let place = lesson.session.cell(name).map(|cell| lesson.place(cell.line));
            (place, format!("cell `{name}`"))
        }
        Subject::Value(expression) => (shown.first().cloned(), format!("`{expression}`")),
    };
    let place = place.unwrap_or_else(|| Place::file(lesson.record_path()));
    let problem = match (&difference.recorded, &difference.got) {
        (None, _) => Problem::at(place, format!("{subject} is not recorded")),
        (_, None) => Problem::at(place, format!("{subject} is recorded, and does not run")),
        (Some(recorded), Some(got)) => {
            let verb = match difference.subject {
                Subject::Cell(_) => "does not print what is recorded",
                Subject::Value(_) => "is not what is recorded",
            };
            Problem::at(place, format!("{subject} {verb}")).note(diff(recorded, got))
        }
    };
    let problem = match shown {
        [] => problem,
        places => problem.note(format!("shown at {}", list(places))),
    };
    let regen = format!("`cargo course regen {}`", lesson.topic);
    problem.on(tag).help(match (&difference.recorded, fresh) {
        (None, _) => format!("{regen} records it"),
        (_, true) => format!(
            "the lesson is as it was recorded, so another build of this CPython, or an edited \
             record, is the reason; {regen} records what it does here"
        ),
        (_, false) => format!("if the lesson is right, {regen} records it"),
    })
}

/// A part of a column that this machine did not run, and that speaks of another lesson.
pub fn stale(lesson: &Lesson, tag: Tag, stale: &Stale, shown: &[Place]) -> Problem {
    let record = || Place::file(lesson.record_path());
    let (place, what) = match stale {
        Stale::Changed => (record(), "stale: the lesson has changed since it was run".to_owned()),
        Stale::Cell(name) => {
            let place = lesson.session.cell(name).map(|cell| lesson.place(cell.line));
            (place.unwrap_or_else(record), format!("stale: cell `{name}` is not recorded"))
        }
        Stale::Value(expression) => (
            shown.first().cloned().unwrap_or_else(record),
            format!("stale: `{expression}` is not recorded"),
        ),
    };
    Problem::at(place, what)
        .on(tag)
        .help(format!("`cargo course regen {}`, with these interpreters", lesson.topic))
}

fn list(places: &[Place]) -> String {
    places.iter().map(Place::to_string).collect::<Vec<_>>().join(", ")
}

/// `recorded` and `got`, line by line: `-` recorded, `+` now.
pub fn diff(recorded: &str, got: &str) -> String {
    if !recorded.contains('\n') && !got.contains('\n') {
        return format!("-{recorded}\n+{got}");
    }
    let diff = similar::TextDiff::from_lines(recorded, got);
    let text = diff.unified_diff().context_radius(2).to_string();
    // Without the `@@` lines: the output has no lines that a person could look up.
    let lines = text.lines().filter(|line| !line.starts_with("@@"));
    lines.collect::<Vec<_>>().join("\n")
}

// Code that must not compile.

pub(crate) fn no_expected_error(place: Place) -> Problem {
    Problem::at(place, "the first line must say which error this code ends in").help(
        "write `//~ error[E0382]: a piece of its message`, or `//~ error: …` for one without code",
    )
}

pub(crate) fn rustc_failed(place: Place, said: &str) -> Problem {
    Problem::at(place, "rustc came to no end of its own").note(said)
}

pub(crate) fn bad_case_name(place: Place) -> Problem {
    Problem::at(place, "a case's name is letters, digits and _").help("rename the file")
}

pub(crate) fn compiles(place: Place) -> Problem {
    Problem::at(place, "must not compile, and compiles")
        .help("make the mistake in it again, or remove it")
}

pub(crate) fn refused_otherwise(place: Place, rendered: &str) -> Problem {
    Problem::at(place, "does not compile for another reason than its first line says")
        .note(rendered)
        .help("say this error on its first line, or leave the other mistake alone in it")
}

pub(crate) fn refused_twice(place: Place, count: usize, rendered: &str) -> Problem {
    Problem::at(place, format!("must end in one error, and ends in {count}"))
        .note(rendered)
        .help("leave one mistake in it")
}
