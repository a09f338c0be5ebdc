//! Whoever else is to blame: the Python, the folder, the limit. The lesson is right.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use crate::scratch::{PYTHON, Scratch};

/// A session that is right anywhere.
const RIGHT: &str = "# %% one\nfrom lesson_probe import raw\nprint(raw.count([]) > 0)\n";

/// A recorded course whose lesson is right.
fn recorded() -> Scratch {
    let course = Scratch::new();
    course.session(RIGHT).recorded();
    course
}

/// A virtual environment in `course` with a file `name` among its packages. What is checked in it
/// is not built, so a session there cannot import its lesson.
fn python_that_runs(course: &Scratch, name: &str, text: &str) -> PathBuf {
    let folder = course.root.join("target/venv");
    let mut venv = Process::new(&PYTHON.executable);
    venv.args(["-m", "venv", "--without-pip", "--clear"]).arg(&folder);
    let output = venv.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let packages = format!("lib/python3.{}{}/site-packages", PYTHON.tag.minor, suffix());
    fs::write(folder.join(packages).join(name), text).unwrap();
    folder.join("bin/python")
}

fn suffix() -> &'static str {
    if PYTHON.tag.to_string().ends_with('t') { "t" } else { "" }
}

/// `check` of what is installed in `python`.
fn installed(course: &Scratch, python: &Path) -> Process {
    course.process(&["check", "--installed", "--python", python.to_str().unwrap()])
}

#[test]
fn a_python_that_prints_at_its_start_is_named_with_its_words_and_its_files() {
    let course = Scratch::new();
    course.recorded();
    for (name, text, words) in [
        ("sitecustomize.py", "print('good morning')\n", "good morning"),
        ("usual.pth", "import sys; print('good morning', file=sys.stderr)\n", "good morning"),
        ("sitecustomize.py", "raise ValueError('bad morning')\n", "ValueError: bad morning"),
    ] {
        let python = python_that_runs(&course, name, text);
        course.fails_as(
            installed(&course, &python),
            format!(
                "\nerror: `[ROOT]/target/venv/bin/python`: expected no output before a session, found some on CPython [TAG]\n\
                 ...\n    {words}\n...\n    at its start it runs [..]/site-packages/{name}\n\
                 help: silence or remove what it runs at its start, or name another one: `--python PATH`\n\n"
            ),
        );
    }
}

#[test]
fn a_python_that_does_not_start_is_named_with_its_words() {
    let course = Scratch::new();
    course.recorded();
    let python = python_that_runs(
        &course,
        "sitecustomize.py",
        "import sys\nprint('no licence')\nsys.stdout.flush()\nimport os; os._exit(3)\n",
    );
    course.fails_as(
        installed(&course, &python),
        "error: `[ROOT]/target/venv/bin/python`: expected the answer of a Python 3, found that it ends with exit status: 3\n    \
         no licence\nhelp: `cargo course doctor` shows the interpreters that were found\n",
    );
    // One that answers, and starts no session.
    let text = "import sys, os\nif '-c' not in sys.orig_argv: print('no licence', flush=True); os._exit(3)\n";
    if PYTHON.tag.minor >= 10 {
        let python = python_that_runs(&course, "sitecustomize.py", text);
        course.fails_as(
            installed(&course, &python),
            "\nerror: `[ROOT]/target/venv/bin/python`: expected a session, found that it ends with exit status: 3 before one on CPython [TAG]\n\
             ...\n    at its start it runs [..]/sitecustomize.py\nhelp: silence [..]\n\n",
        );
    }
}

/// `process` under `limits`, as a shell sets them.
fn limited(limits: &str, process: &Process) -> Process {
    let mut shell = Process::new("bash");
    shell.arg("-c").arg(format!("ulimit {limits} && exec \"$0\" \"$@\""));
    wrapped(shell, process)
}

/// `process`, started by `outer`.
fn wrapped(mut outer: Process, process: &Process) -> Process {
    outer.arg(process.get_program()).args(process.get_args());
    for (name, value) in process.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    outer.current_dir(process.get_current_dir().unwrap());
    outer
}

/// What `process` says as it fails. No help of it is to change a lesson, nor is one blamed.
fn blames_no_lesson(process: Process) -> String {
    let mut process = process;
    let output = process.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    for help in said.lines().filter(|line| line.starts_with("help: ")) {
        for advice in ["raises=", "crashes=", "mend the cell", "first line", "crate-type"] {
            assert!(!help.contains(advice), "{said}");
        }
    }
    said
}

#[test]
fn a_limit_is_named_and_no_lesson() {
    let course = recorded();
    course.write(
        "lessons/probe/must_not_compile/moved.rs",
        "//~ error[E0382]: use of moved value\npub fn twice(text: String) -> (String, String) {\n    \
         drop::<Option<pyo3::PyErr>>(None);\n    (text, text)\n}\n",
    );
    course.say("{{#refused probe:moved}}").recorded();
    for limits in ["-v 300000", "-v 60000", "-n 12", "-f 1"] {
        let said = blames_no_lesson(limited(limits, &course.process(&["check"])));
        assert!(
            said.contains(&format!("ulimit {limits}")) || said.contains("cannot write"),
            "{limits}: {said}"
        );
    }
}

#[test]
fn a_cell_that_lacks_memory_is_told_of_the_limit() {
    let course = Scratch::new();
    course.session("# %% one\nblock = bytes(3_000_000_000)\nprint(len(block))\n");
    let python = PYTHON.executable.to_str().unwrap().to_owned();
    let process = course.process(&["check", "--installed", "--python", &python]);
    let said = blames_no_lesson(limited("-v 2000000", &process));
    assert!(said.contains("cell `one`: expected no exception, found MemoryError"), "{said}");
    assert!(said.contains("help: raise the limit, with `ulimit -v unlimited`"), "{said}");
}

#[test]
fn a_lesson_that_is_as_it_was_recorded_is_not_to_be_changed() {
    let course = Scratch::new();
    // What the machine has, and no record can know.
    let flag = course.root.join("target/flag");
    course
        .session(&format!("# %% one\nimport os\nassert not os.path.exists({flag:?})\nprint(1)\n"));
    course.recorded();
    fs::create_dir_all(&flag).unwrap();
    course.fails(
        &["check"],
        "\nerror: lessons/probe/session.py:3: cell `one`: expected no exception, found AssertionError on CPython [TAG]\n    AssertionError\n\
         help: the lesson is as it was recorded on CPython [VERSION]: this machine, or another build of that CPython, is the reason\n\n",
    );
}

/// A folder on a file system of its own, seen by the process alone, which needs no root where a
/// user may have a namespace. `None`, said aloud, where this machine has none.
fn on_a_file_system(options: &str, folder: &Path, process: &Process) -> Option<Process> {
    let own = ["--map-root-user", "--mount", "sh", "-c"];
    let mount = format!("mount -t tmpfs -o {options} tmpfs {:?}", folder.display().to_string());
    let possible = Process::new("unshare").args(own).arg(&mount).output();
    if !possible.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "NOT RUN: no file system can be mounted here, with `unshare --map-root-user --mount`"
        );
        return None;
    }
    let mut shell = Process::new("unshare");
    shell.args(own).arg(format!("{mount} && exec \"$0\" \"$@\""));
    Some(wrapped(shell, process))
}

#[test]
fn a_temporary_folder_from_which_nothing_may_be_run_is_as_good_as_any() {
    let course = recorded();
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["check"][..], &["run", "probe"]] {
        let mut process = course.process(arguments);
        process.env("TMPDIR", folder.path());
        let Some(process) = on_a_file_system("noexec", folder.path(), &process) else { return };
        course.passes_as(process);
    }
}

#[test]
fn a_temporary_folder_without_room_is_named() {
    let course = Scratch::new();
    course.session("# %% one\nfor line in range(4000):\n    print('x' * 40)\n").recorded();
    let folder = tempfile::tempdir().unwrap();
    // None for the session's files; some for them, and not for what it prints.
    for size in ["4k", "100k"] {
        let mut process = course.process(&["check"]);
        process.env("TMPDIR", folder.path());
        let options = format!("size={size}");
        let Some(process) = on_a_file_system(&options, folder.path(), &process) else { return };
        let said = blames_no_lesson(process);
        let named = format!("cannot write `{}", folder.path().display());
        assert!(said.contains(&named) && said.contains("No space left"), "{size}: {said}");
    }
}
