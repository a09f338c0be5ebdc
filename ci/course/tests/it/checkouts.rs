//! Where a checkout builds, and two of them that build into one folder: each sees its own.

use std::env;
use std::process::Command as Process;

use crate::scratch::{PYTHON, Scratch, temporary};

/// A recorded course whose cell counts the references of a list that nobody else holds.
fn checkout() -> Scratch {
    let course = Scratch::new();
    course.session("# %% one\nfrom lesson_probe import raw\nprint(raw.count([]))\n");
    course.write("lessons/probe/tests/session.rs", "verify::session!();\n");
    course.recorded();
    course
}

/// Makes `raw.count` say one more than it should.
fn alter(course: &Scratch) {
    course.edit("lessons/probe/src/raw.rs", "(object.as_ptr()) }", "(object.as_ptr()) + 1 }");
}

/// `cargo test -p lesson-probe` in `course`, as a learner types it, and whether it passes.
fn passes_its_test(course: &Scratch) -> (bool, String) {
    let mut cargo = course.at_home(Process::new(env::var_os("CARGO").unwrap()));
    cargo.args(["test", "--quiet", "--package", "lesson-probe"]);
    cargo.env("CARGO_TARGET_DIR", temporary().join("checkouts"));
    cargo.env("PYO3_PYTHON", &PYTHON.executable).env("PYO3_BUILD_EXTENSION_MODULE", "1");
    let output = cargo.output().unwrap();
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (output.status.success(), said.concat())
}

#[test]
fn each_checkout_checks_its_own_extension() {
    let (ours, theirs) = (checkout(), checkout());
    alter(&theirs);
    for _ in 0..2 {
        theirs.fails(&["check"], "...\nerror: lessons/probe/session.py:1: cell `one`: expected [..]\n    -1\n    +2\n...\n");
        ours.passes(&["check"]);
    }
}

#[test]
fn each_checkout_tests_its_own_extension() {
    let (ours, theirs) = (checkout(), checkout());
    alter(&theirs);
    for _ in 0..2 {
        let (passes, said) = passes_its_test(&theirs);
        assert!(!passes && said.contains("cell `one`: expected the recorded output"), "{said}");
        let (passes, said) = passes_its_test(&ours);
        assert!(passes, "{said}");
    }
}

#[test]
fn a_checkout_builds_where_cargo_does() {
    let course = Scratch::new();
    let builds_in = |variable: Option<(&str, &str)>, folder: &str| {
        let mut process = course.process(&["doctor"]);
        process.env_remove("CARGO_TARGET_DIR").envs(variable);
        let output = process.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let line = said.lines().find(|line| line.starts_with("builds in ")).unwrap();
        let expected = course.root.join(folder).display().to_string();
        assert_eq!(line.split_whitespace().last(), Some(expected.as_str()));
    };
    builds_in(None, "target/tags");
    builds_in(Some(("CARGO_BUILD_TARGET_DIR", "a")), "a/tags");
    course.write(".cargo/config.toml", "[build]\ntarget-dir = \"b\"\n");
    builds_in(None, "b/tags");
    builds_in(Some(("CARGO_TARGET_DIR", "c")), "c/tags");
}
