//! Variables of whoever starts the command, none of which may reach what it starts.

use std::process::Command as Process;

use crate::repository::{REPOSITORY, files_below};
use crate::scratch::{PYTHON, Scratch};

/// Each makes a Python, a build or a Node.js something else, or makes it talk, or stops it.
const HOSTILE: [(&str, &str); 32] = [
    ("CARGO_BUILD_BUILD_DIR", "/nowhere"),
    ("CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER", "/nowhere/linter"),
    ("CARGO_BUILD_RUSTFLAGS", "--no-such-flag"),
    ("CARGO_BUILD_TARGET", "wasm32-unknown-emscripten"),
    ("CARGO_ENCODED_RUSTFLAGS", "--no-such-flag"),
    ("CARGO_PROFILE_DEV_PANIC", "abort"),
    ("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS", "--no-such-flag"),
    ("CARGO_TERM_VERBOSE", "true"),
    ("CONDA_PREFIX", "/nowhere/conda"),
    ("NODE_OPTIONS", "--require=/nowhere.js"),
    ("PYO3_CONFIG_FILE", "/nowhere/config"),
    ("PYO3_NO_PYTHON", "1"),
    ("PYO3_PRINT_CONFIG", "1"),
    ("PYTHONCOERCECLOCALE", "warn"),
    ("PYTHONEXECUTABLE", "/nowhere/python"),
    ("PYTHONHASHSEED", "abc"),
    ("PYTHONHOME", "/nowhere"),
    ("PYTHONINSPECT", "1"),
    ("PYTHONIOENCODING", "utf-16"),
    ("PYTHONMALLOC", "debug"),
    ("PYTHONMALLOCSTATS", "1"),
    ("PYTHONOPTIMIZE", "2"),
    ("PYTHONPATH", "/nowhere"),
    ("PYTHONPLATLIBDIR", "nowhere"),
    ("PYTHONSAFEPATH", "1"),
    ("PYTHONTRACEMALLOC", "5"),
    ("PYTHONVERBOSE", "1"),
    ("PYTHONWARNINGS", "error"),
    ("RUSTC_BOOTSTRAP", "1"),
    ("RUSTC_WORKSPACE_WRAPPER", "/nowhere/linter"),
    ("RUSTFLAGS", "--no-such-flag"),
    ("UNSAFE_PYO3_BUILD_FREE_THREADED", "1"),
];

const REFUSED: &str = "\
//~ error[E0382]: use of moved value
pub fn twice(text: String) -> (String, String) {
    drop::<Option<pyo3::PyErr>>(None);
    (text, text)
}
";

/// A recorded course that imports its lesson, and has a case that must not compile.
fn course() -> Scratch {
    let course = Scratch::new();
    course.session("# %% one\nfrom lesson_probe import raw\nprint(raw.count([]) > 0)\n");
    course.write("lessons/probe/must_not_compile/moved.rs", REFUSED);
    course.say("{{#refused probe:moved}}");
    course.recorded();
    course
}

#[test]
fn no_variable_reaches_a_build_a_compiler_or_a_session() {
    let course = course();
    for arguments in [&["check"][..], &["regen"], &["run", "probe"]] {
        let mut process = course.process(arguments);
        process.envs(HOSTILE);
        course.passes_as(process);
    }
    course.passes(&["check"]);
}

#[test]
fn no_variable_reaches_a_shell() {
    let course = Scratch::new();
    let python = PYTHON.executable.to_str().unwrap();
    let mut process = course.process(&["shell", "probe", "--python", python]);
    process.envs(HOSTILE);
    let question = "import os, sys; print([n for n in os.environ if n.startswith('PYTHON')], sys.flags.optimize)\n";
    let said = course.answers(process, question);
    assert!(said.contains("[] 0"), "{said}");
}

#[test]
fn a_language_that_the_user_speaks_changes_no_column() {
    let course = course();
    for (name, value) in [("LANG", "C"), ("LC_ALL", "POSIX"), ("LC_ALL", "tr_TR.UTF-8")] {
        let mut process = course.process(&["check"]);
        process.env(name, value).env("LANGUAGE", "tr");
        course.passes_as(process);
    }
}

#[test]
fn a_home_that_is_not_there_is_not_missed() {
    let course = course();
    let mut process = course.process(&["check"]);
    // Where Rust lives is another matter, and says so by variables of its own.
    let home = std::env::home_dir().unwrap();
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(name).is_none() {
            process.env(name, home.join(folder));
        }
    }
    process.env("HOME", "/dev/null/home").env_remove("XDG_DATA_HOME");
    course.passes_as(process);
}

#[test]
fn a_variable_that_names_no_interpreter_is_named() {
    let course = Scratch::new();
    for (name, value, path) in [
        ("VIRTUAL_ENV", "/nowhere/env", "/nowhere/env/bin/python"),
        ("CONDA_PREFIX", "/nowhere/conda", "/nowhere/conda/bin/python"),
        ("PYO3_PYTHON", "/nowhere/python", "/nowhere/python"),
    ] {
        let mut process = course.at_home(Process::new(env!("CARGO_BIN_EXE_course")));
        process.args(["run", "probe"]).env(name, value);
        course.fails_as(
            process,
            format!(
                "error: expected an interpreter, found no file `{path}`\n    {name} names it\n\
                 help: `unset {name}`, or set it to a CPython that is there\n"
            ),
        );
    }
}

#[test]
fn whatever_is_started_is_started_with_its_environment_seen_to() {
    // A C compiler goes by variables that are this machine's own matter.
    let seen_to = ["environment::of_", "LAUNCH.surround(", "Command::new(\"cc\")"];
    let mut starting = 0;
    for folder in ["ci/verify/src", "ci/course/src"] {
        for (path, bytes) in files_below(&REPOSITORY.join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if code.contains("Command::new(") {
                starting += 1;
                let seen = seen_to.iter().any(|way| code.contains(way));
                assert!(seen, "{folder}/{}: `environment` first", path.display());
            }
        }
    }
    assert!(starting > 5, "{starting}");
}
