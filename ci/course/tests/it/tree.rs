//! Whatever tree the command runs in: somebody else's, with a folder too many, with a file gone.

use std::fs;

use snapbox::str;

use crate::scratch::Scratch;

#[test]
fn a_stray_folder_among_the_lessons_is_named_by_every_command() {
    let course = Scratch::new();
    course.recorded();
    course.write("lessons/stray/__pycache__/x.pyc", "");
    for command in ["check", "regen", "build", "list"] {
        course.fails(&[command], str![[r#"
error: lessons/stray: expected a lesson, found a folder without Cargo.toml
help: if nothing in it is yours, `rm -r lessons/stray`; else move it out of lessons/, or bring the lesson's other files back

"#]]);
    }
    fs::remove_dir_all(course.root.join("lessons/stray")).unwrap();
    // Where cargo takes every folder for a lesson, it stops at an editor's too.
    course.write("lessons/.idea/x", "");
    course.fails(&["check"], "error: lessons/.idea: expected a lesson[..]\n...");
    course.edit("Cargo.toml", "\"lessons/*\"", "\"lessons/probe\"");
    course.passes(&["check"]);
    course.write("lessons/README", "a file is no folder\n").passes(&["check"]);
}

#[test]
fn a_lesson_that_the_workspace_leaves_out_is_named() {
    let course = Scratch::new();
    course.recorded();
    course.edit("Cargo.toml", "\"lessons/*\"", "");
    course.fails(
        &["build"],
        str![[r#"
error: Cargo.toml: expected lesson `probe` among the members of the workspace, found none
help: add "lessons/probe" to `members`

"#]],
    );
}

#[test]
fn a_renamed_chapter_is_named_by_its_line_with_what_there_is() {
    let course = Scratch::new();
    fs::rename(course.root.join("book/probe.md"), course.root.join("book/probes.md")).unwrap();
    for command in ["build", "check"] {
        course.fails(
            &[command],
            str![[r#"
error: book/SUMMARY.md:3: expected the chapter book/probe.md, found none
    chapters that no line names: probes.md
help: name the file as it is called now, or take the line out

"#]],
        );
    }
}

#[test]
fn what_the_table_of_contents_cannot_name_is_named_by_its_line() {
    let course = Scratch::new();
    course
        .write("book/index.md", "# Index\n")
        .write("book/Probe.md", "# Other\n")
        .write("book/con.md", "# C\n");
    for (line, said) in [
        ("- [Index](index.md)", "4: `index` cannot name a page: the built book[..]"),
        ("- [Con](con.md)", "4: `con` cannot name a page: Windows[..]"),
        ("- [Twin](Probe.md)", "4: expected pages of different names, found [..]"),
        ("- [Out](../book.md)", "4: expected a file beside SUMMARY.md, found `../book.md`"),
        ("- [Out](/etc/passwd)", "4: expected a file beside SUMMARY.md, found `/etc/passwd`"),
        ("- [Dead](gone.md)", "4: expected the chapter book/gone.md, found none"),
        ("- [7 calls]()", "4: expected a number that comes from a run, found `7[..]` typed"),
        ("- [Probe](probe.md)", " expected a table of contents, found: Duplicate file[..]"),
    ] {
        course.write("book/SUMMARY.md", &format!("# Summary\n\n- [Probe](probe.md)\n{line}\n"));
        course.fails(&["build"], format!("error: book/SUMMARY.md:{said}\n..."));
    }
}

#[test]
fn somebody_elses_book_is_told_from_a_course() {
    let course = Scratch::new();
    let book = course.read("book.toml");
    course.write("book.toml", "[book]\ntitle = \"Another\"\nsrc = \"book\"\n");
    for command in ["build", "check"] {
        course.fails(
            &[command],
            str![[r#"
error: book.toml: expected the table [preprocessor.course], found none: no course's book
help: run `cargo course` in the folder of a course; `mdbook build` builds other books

"#]],
        );
    }
    course.write("book.toml", &book.replace("[book]", "[book"));
    course.fails(&["build"], "error: book.toml:1: [..]\nhelp: mdBook's guide[..]\n");
    course.write("book.toml", &book.replace("src = \"book\"", "src = 3"));
    course.fails(&["build"], "error: book.toml: expected what mdBook reads, found: [..]\n...");
    // Below no course at all.
    let nowhere = tempfile::tempdir().unwrap();
    let mut process = course.process(&["build"]);
    process.current_dir(nowhere.path());
    let said = String::from_utf8(process.output().unwrap().stderr).unwrap();
    assert!(said.starts_with("error: expected a course at or above `/"), "{said}");
    assert!(said.contains("found no folder with book.toml and lessons/\nhelp: "), "{said}");
}

#[test]
fn what_keeps_pages_from_being_live_is_named_with_its_file() {
    let course = Scratch::new();
    course.passes(&["build"]).stderr_eq(
        "note: the book is whole, and its cells are not live: 3.14-wasm: ci/web/package.json: \
         cannot be read: No such file or directory (os error 2)\n",
    );
}

#[test]
fn a_lesson_that_has_somebody_elses_name_already_is_named() {
    let course = Scratch::new();
    course.passes(&["new", "set"]);
    fs::rename(course.root.join("lessons/set"), course.root.join("lessons/nul")).unwrap();
    course.fails(&["build"], "error: lessons/nul: `nul` cannot name a lesson: Windows[..]\n...");
    fs::rename(course.root.join("lessons/nul"), course.root.join("lessons/PROBE")).unwrap();
    course.fails(
        &["build"],
        "...\nerror: lessons/PROBE: expected lessons of different names, found PROBE and probe\n...",
    );
}
