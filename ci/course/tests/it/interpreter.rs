//! Interpreters that cannot be used, and runs that would check nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::str;
use tempfile::TempDir;
use verify::cpython::Build;

use crate::scratch::{PYTHON, Scratch};

/// A program that answers every question with `answer`.
fn program(answer: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("python3.12");
    fs::write(&path, format!("#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, path)
}

/// What a Python of this name and version says of itself.
fn answer(implementation: &str, minor: u8) -> String {
    format!(
        "{{\"implementation\": {implementation:?}, \"version\": \"3.{minor}.1\", \"level\": \"\", \
         \"minor\": [3, {minor}], \"free_threaded\": false, \"debug\": false, \"executable\": \"/x\"}}"
    )
}

/// What `check` says of this program, however it is named.
fn refused(answer: &str, what: &str) {
    refused_with(answer, what, "");
}

/// The same, whose help begins with `help`.
fn refused_with(answer: &str, what: &str, help: &str) {
    let course = Scratch::new();
    let (folder, path) = program(answer);
    let path = path.to_str().unwrap();
    let said = format!("error: `[..]`: expected {what}\n");
    let expected =
        format!("{said}help: {help}`cargo course doctor` shows the interpreters that were found\n");
    let named = format!(
        "{said}    COURSE_PYTHONS names it\n\
         help: `unset COURSE_PYTHONS`, or set it to a CPython that is there\n"
    );
    for command in ["check", "regen"] {
        course.fails(&[command, "--python", path], &expected);
    }
    course.fails(&["run", "probe", "--python", path], &expected);
    for place in [path, folder.path().to_str().unwrap()] {
        let mut process = course.at_home(Command::new(env!("CARGO_BIN_EXE_course")));
        process.arg("check").env("COURSE_PYTHONS", place);
        course.fails_as(process, &named);
    }
}

#[test]
fn a_missing_interpreter_is_named() {
    let course = Scratch::new();
    course.fails(
        &["check", "--python", "/nowhere/python"],
        str![[r#"
error: expected an interpreter, found no file `/nowhere/python`
help: `cargo course doctor` shows the interpreters that were found

"#]],
    );
    course.fails(
        &["check", "--python", "no-such-python"],
        str![[r#"
error: `no-such-python`: expected the answer of a Python 3, found that it cannot be started: No such file or directory (os error 2)
help: `cargo course doctor` shows the interpreters that were found

"#]],
    );
    let mut process = course.process(&["check"]);
    process.env("COURSE_PYTHONS", "/nowhere/python");
    course.fails_as(
        process,
        str![[r#"
error: expected an interpreter, found no file `/nowhere/python`
    COURSE_PYTHONS names it
help: `unset COURSE_PYTHONS`, or set it to a CPython that is there

"#]],
    );
}

#[test]
fn a_tag_without_an_interpreter_is_named_with_those_found() {
    let course = Scratch::new();
    course.fails(
        &["regen", "--python", "3.77"],
        str![[r#"
error: expected an interpreter 3.77, found none
    found: [..]
help: name its path: `--python PATH`, or COURSE_PYTHONS for every command

"#]],
    );
}

#[test]
fn a_folder_without_an_interpreter_is_named() {
    let course = Scratch::new();
    let folder = tempfile::tempdir().unwrap();
    let mut process = course.process(&["check"]);
    process.env("COURSE_PYTHONS", folder.path());
    course.fails_as(
        process,
        str![[r#"
error: COURSE_PYTHONS: expected python3.N in `[..]`, found none
help: COURSE_PYTHONS takes executables, or folders of them, separated as in PATH

"#]],
    );
}

#[test]
fn a_build_that_is_debug_and_free_threaded_is_taken_for_neither() {
    let both = answer("cpython", 14)
        .replace("\"free_threaded\": false", "\"free_threaded\": true")
        .replace("\"debug\": false", "\"debug\": true");
    let what = "a debug build or a free-threaded build, found 3.14.1, which is both";
    refused_with(&both, what, "lessons run on either alone; ");
}

#[test]
fn an_interpreter_older_than_what_pyo3_needs_is_refused() {
    refused(&answer("cpython", 8), "Python [..] or later, which PyO3 needs, found 3.8.1");
}

#[test]
fn pypy_is_refused() {
    refused(&answer("pypy", 7), "CPython, whose own API the course is about, found pypy 3.7.1");
}

#[test]
fn what_is_not_python_at_all_is_refused() {
    let what = "the answer of a Python 3, found that it says nothing of itself";
    refused("", what);
    for said in ["usage: python [options]", "{\"implementation\": 3}"] {
        refused(said, &format!("{what}\n    {said}"));
    }
}

#[test]
fn a_required_tag_that_was_not_run_fails_a_check_that_agrees() {
    let course = Scratch::new();
    course.recorded();
    let tag = PYTHON.tag.to_string();
    course.passes(&["check", "--require", &tag]);
    course.fails(
        &["check", "--require", &format!("{tag},3.77")],
        str![[r#"

error: expected CPython 3.77 among those that ran, found none
    run: [TAG]
help: install it, or name it: `--python PATH`, or COURSE_PYTHONS for every command


"#]],
    );
    course.write("ci/web/package.json", "{}");
    course.fails(
        &["check", "--require", "3.14-wasm"],
        str![[r#"

error: expected CPython 3.14-wasm among those that ran, found none
    run: [..]
    expected a version of `pyodide` among the dependencies, found none
help: pin one: `"pyodide": "314.0.7"`


"#]],
    );
}

/// A folder with programs of these names. Each leaves a file there when it is started, and is the
/// tests' own CPython.
fn watched(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        let python = PYTHON.executable.display();
        let text = format!("#!/bin/sh\n: >\"$0.started\"\nexec '{python}' \"$@\"\n");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

/// Those in a folder of [`watched`] that were started.
fn started(folder: &TempDir) -> Vec<String> {
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    let mut names: Vec<String> =
        names.filter_map(|name| Some(name.strip_suffix(".started")?.to_owned())).collect();
    names.sort();
    names
}

#[test]
fn an_interpreter_that_is_not_asked_for_is_not_started() {
    let course = Scratch::new();
    course.recorded();
    course.write("ci/web/package.json", r#"{ "dependencies": { "pyodide": "314.0.7" } }"#);
    let tag = PYTHON.tag;
    let own = format!("python3.{}", tag.minor);
    let other = if tag.minor == 11 { "python3.12" } else { "python3.11" };
    let other_build = own.clone() + if tag.build == Build::Debug { "t" } else { "d" };
    let names = [own.as_str(), other, &other_build, "node"];
    let path = std::env::var_os("PATH").unwrap();
    for (asked, expected) in [
        (vec![PYTHON.executable.to_str().unwrap().to_owned()], vec![]),
        (vec![tag.to_string()], vec![own.clone()]),
    ] {
        for command in [vec!["check"], vec!["regen"], vec!["run", "probe"]] {
            for variable in ["PATH", "COURSE_PYTHONS"] {
                let folder = watched(&names);
                let mut places = vec![folder.path().to_owned()];
                if variable == "PATH" {
                    places.extend(std::env::split_paths(&path));
                }
                let mut process = course.at_home(Command::new(env!("CARGO_BIN_EXE_course")));
                process.args(&command).arg("--python").args(&asked);
                process.env(variable, std::env::join_paths(places).unwrap());
                course.passes_as(process);
                assert_eq!(started(&folder), expected, "{command:?} {asked:?} {variable}");
            }
        }
    }
}

#[test]
fn an_interpreter_whose_name_promises_another_is_found_where_no_other_is() {
    let course = Scratch::new();
    course.recorded();
    let other = if PYTHON.tag.minor == 11 { "python3.12" } else { "python3.11" };
    let folder = watched(&[other]);
    let mut process = course.at_home(Command::new(env!("CARGO_BIN_EXE_course")));
    // Cargo and the compiler are there, and no other Python.
    let tools = Path::new(env!("CARGO")).parent().unwrap().to_owned();
    process.args(["check", "--python", &PYTHON.tag.to_string()]);
    process.env("PATH", tools).env("COURSE_PYTHONS", folder.path());
    course.passes_as(process);
    assert_eq!(started(&folder), [other]);
}

#[test]
fn a_run_in_nothing_but_debug_builds_fails() {
    let course = Scratch::new();
    let (_folder, path) =
        program(&answer("cpython", 15).replace("\"debug\": false", "\"debug\": true"));
    course.fails(
        &["check", "--python", path.to_str().unwrap()],
        str![[r#"
error: expected an interpreter with a column, found debug builds alone: 3.15d
help: `cargo course run LESSON --python 3.15d` runs a session in one

"#]],
    );
}

#[test]
fn a_run_without_an_interpreter_fails() {
    let course = Scratch::new();
    course.recorded();
    for command in ["check", "regen"] {
        let mut bare = course.at_home(Command::new(env!("CARGO_BIN_EXE_course")));
        bare.arg(command).env("PATH", course.root.join("nowhere"));
        course.fails_as(
            bare,
            str![[r#"
error: expected a CPython [..] or later, found none: nothing would be checked
help: install one, or name it with `--python PATH`; `cargo course doctor` shows where it looks

"#]],
        );
    }
}

#[test]
fn a_run_without_a_lesson_fails() {
    let course = Scratch::new();
    course.write("book/SUMMARY.md", "# Summary\n\n- [Notes](notes.md)\n");
    course.write("book/notes.md", "# Notes\n");
    fs::remove_dir_all(course.root.join("lessons/probe")).unwrap();
    course.fails(
        &["check"],
        str![[r#"
error: expected a lesson to run, found none
help: `cargo course new TOPIC` starts one

"#]],
    );
}

#[test]
fn a_course_is_found_from_any_folder_in_it_and_nowhere_else() {
    let course = Scratch::new();
    let mut process = course.process(&["list"]);
    process.current_dir(course.root.join("lessons/probe/src"));
    assert!(process.output().unwrap().status.success());
    let elsewhere = tempfile::tempdir().unwrap();
    let mut process = course.process(&["list"]);
    process.current_dir(elsewhere.path());
    course.fails_as(
        process,
        str![[r#"
error: expected a course at or above `[..]`, found no folder with book.toml and lessons/
help: go to the folder of a course first: `cd PATH`

"#]],
    );
}

#[test]
fn an_interpreter_newer_than_what_pyo3_knows_is_refused() {
    refused(&answer("cpython", 99), "Python [..] or earlier, for which PyO3 builds, found 3.99.1");
}

#[test]
fn lessons_that_were_built_for_another_cpython_are_not_run() {
    let course = Scratch::new();
    // What it says of itself is not what PyO3 finds when it asks.
    let other = if PYTHON.tag.minor == 11 { 12 } else { 11 };
    let said = answer("cpython", other);
    let (_folder, path) = program(&said.replace("/x", PYTHON.executable.to_str().unwrap()));
    course.fails(
        &["check", "--python", path.to_str().unwrap()],
        format!(
            "\nerror: `[PYTHON]`: expected CPython [TAG], for which the lessons were built, found CPython 3.{other}\n\
             \x20   an extension for another version may load and count something else\n\
             help: set PYO3_PYTHON to one interpreter and run the same command again\n\n"
        ),
    );
}
