//! `new`: a lesson that passes once it is recorded.

use snapbox::str;

use crate::scratch::Scratch;

#[test]
fn a_new_lesson_passes_at_once() {
    let course = Scratch::new();
    course.recorded();
    course.passes(&["new", "set"]).stdout_eq(str![[r#"
wrote lessons/set/Cargo.toml
wrote lessons/set/build.rs
wrote lessons/set/src/lib.rs
wrote lessons/set/src/raw.rs
wrote lessons/set/src/safe.rs
wrote lessons/set/session.py
wrote lessons/set/tests/session.rs
wrote lessons/set/tests/altered.toml
wrote lessons/set/tests/calls.py
wrote book/set.md
wrote book/SUMMARY.md: move the new line to where it belongs
help: `cargo course regen set`, then `cargo course serve`

"#]]);
    course.passes(&["regen", "set"]).stdout_eq(str![[r#"
set: wrote lessons/set/record.toml
  [TAG]: new column, CPython [VERSION]

"#]]);
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/set.html");
    assert!(page.contains("has <span class=\"value\">3</span> items"), "{page}");
    course.passes(&["list"]).stdout_eq(str![[r#"
probe          1 cells  [TAG]
set            1 cells  [TAG]

"#]]);
}

#[test]
fn a_lesson_that_is_there_is_not_written_over() {
    let course = Scratch::new();
    course.fails(
        &["new", "probe"],
        str![[r#"
error: lessons/probe/Cargo.toml is there already
help: choose another topic, or remove it first

"#]],
    );
}

#[test]
fn a_name_that_no_module_can_have_is_refused() {
    let course = Scratch::new();
    for name in ["Set", "a-b", "a_b", "1a", ""] {
        let what = format!(
            "error: `{name}` cannot name a lesson\nhelp: one word in small letters, such as `set`\n"
        );
        course.fails(&["new", name], what);
    }
}
