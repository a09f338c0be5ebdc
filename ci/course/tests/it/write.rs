//! Folders that cannot be written: what it is, and how to point elsewhere.
//!
//! A folder without permission to write stops nobody who is root. A folder below a file cannot
//! be made by anyone, so that is what stands for a read-only tree here; `record` has the test
//! of a record that cannot be saved.

use snapbox::str;

use crate::scratch::Scratch;

#[test]
fn a_target_folder_that_cannot_be_written_is_named() {
    let course = Scratch::new();
    // With two lessons it is still one folder, and one message.
    course.passes(&["new", "set"]);
    for arguments in [&["check"][..], &["regen"], &["run", "probe"]] {
        let mut process = course.process(arguments);
        process.env("CARGO_TARGET_DIR", "Cargo.toml/target");
        course.fails_as(process, str![[r#"
error: cannot write `[ROOT]/Cargo.toml/target`: Not a directory (os error 20)
help: set CARGO_TARGET_DIR (builds) and TMPDIR (sessions) to folders that can be written; `regen` and `new` also need to write `lessons/` and `book/`

"#]]);
    }
}

#[test]
fn a_temporary_folder_that_cannot_be_written_is_named() {
    let course = Scratch::new();
    for arguments in [&["check"][..], &["regen"], &["run", "probe"]] {
        let mut process = course.process(arguments);
        process.env("TMPDIR", course.root.join("Cargo.toml"));
        course.fails_as(process, str![[r#"
error: cannot write `[ROOT]/Cargo.toml`: Not a directory (os error 20) at path "[ROOT]/Cargo.toml/[..]"
help: set CARGO_TARGET_DIR (builds) and TMPDIR (sessions) to folders that can be written; `regen` and `new` also need to write `lessons/` and `book/`

"#]]);
    }
}

#[test]
fn a_file_in_the_way_of_a_new_lesson_is_named() {
    let course = Scratch::new();
    course.write("lessons/set", "a file in the way\n");
    course.fails(
        &["new", "set"],
        str![[r#"
error: expected no lessons/set, found one
help: choose another topic, or remove it first

"#]],
    );
}
