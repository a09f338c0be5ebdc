//! `new`: a lesson that passes once it is recorded.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

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
error: expected no lessons/probe, found one
help: choose another topic, or remove it first

"#]],
    );
}

#[test]
fn a_name_that_somebody_has_is_refused_with_whose_it_is() {
    let course = Scratch::new();
    for (name, why) in [
        ("Set", "a name starts with a small letter, a to z"),
        ("1a", "a name starts with a small letter, a to z"),
        ("", "a name starts with a small letter, a to z"),
        ("a-b", "a name is one word of small letters, a to z, and digits"),
        ("a_b", "a name is one word of small letters, a to z, and digits"),
        ("index", "the built book has a file or a folder of that name"),
        ("con", "Windows takes a file of that name for a device"),
        ("match", "it is a keyword of Rust"),
        ("lambda", "it is a keyword of Python"),
        ("test", "cargo keeps that name for itself"),
        (&"a".repeat(41), "a name has at most 40 letters, since files are named after it"),
    ] {
        let help = "help: choose one word in small letters that nobody has, such as `set`";
        let what = format!("error: expected a lesson's name, found `{name}`: {why}\n{help}\n");
        course.fails(&["new", name], what);
    }
}

/// A newer mdBook that writes another file is noticed here.
#[test]
fn no_lesson_can_have_the_name_of_a_file_that_mdbook_writes() {
    let course = Scratch::new();
    course.passes(&["build"]);
    let entries = fs::read_dir(course.root.join("target/book")).unwrap();
    let mut tried = 0;
    for entry in entries {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.split('.').next().unwrap();
        // mdBook puts a digest behind a name, so that a browser may keep the file.
        let digest = |text: &str| text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit());
        let stem = stem.rsplit_once('-').filter(|(_, end)| digest(end)).map_or(stem, |it| it.0);
        if stem != "probe" {
            course.fails(
                &["new", stem],
                format!("error: expected a lesson's name, found `{stem}`: [..]\n..."),
            );
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn a_lesson_that_is_there_in_part_is_named_by_that_part() {
    for (path, text, said) in [
        ("book/set.md", "# Set\n", "expected no book/set.md, found one"),
        ("book/set.dot", "", "expected no book/set.dot, found one"),
        ("book/SET.md", "# Set\n", "expected no book/SET.md, found one"),
        ("lessons/SET/Cargo.toml", "", "expected no lessons/SET, found one"),
    ] {
        let course = Scratch::new();
        course.write(path, text);
        course.fails(&["new", "set"], format!("error: {said}\n..."));
    }
    let course = Scratch::new();
    course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n- [Set](set.md)\n");
    course.fails(&["new", "set"], "error: book/SUMMARY.md:4: expected no chapter `set`[..]\n...");
    // What the lists are made of is told before anything is written.
    course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n");
    course.write("ci/bundle/Cargo.toml", "[package]\nname = \"bundle\"\n");
    course.fails(
        &["new", "set"],
        "error: ci/bundle/Cargo.toml:1: expected the bundle's manifest[..]\n...",
    );
}

#[test]
fn lists_keep_their_form_and_get_one_line() {
    let course = Scratch::new();
    let bundle = "[dependencies]\r\nlesson-probe.path = \"../../lessons/probe\"\r\n";
    course.write("ci/bundle/Cargo.toml", bundle);
    course.edit(
        "Cargo.toml",
        "members = [\"lessons/*\"]",
        "members = []\ndefault-members = [\n    \"lessons/probe\",\n]",
    );
    course.passes(&["new", "set"]);
    let line = "lesson-set.path = \"../../lessons/set\"\r\n";
    assert_eq!(course.read("ci/bundle/Cargo.toml"), format!("{bundle}{line}"));
    assert!(
        course.read("Cargo.toml").contains("\n    \"lessons/probe\",\n    \"lessons/set\",\n]")
    );
}

/// A limit on the size of files stands for a disk that is full at the first, the second, or any
/// later byte.
#[test]
fn a_lesson_that_cannot_be_written_whole_is_not_written_at_all() {
    let course = Scratch::new();
    let chapters = format!("# Summary\n\n- [Probe](probe.md)\n<!-- {} -->\n", "x".repeat(4000));
    course.write("book/SUMMARY.md", &chapters);
    for blocks in [0, 1, 2, 4] {
        let mut limited = course.at_home(Command::new("sh"));
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" new set");
        limited.args(["-c", &script, env!("CARGO_BIN_EXE_course")]);
        course.fails_as(limited, "error: cannot write [..]: File too large[..]\n...");
    }
}

#[test]
fn a_lesson_that_is_stopped_is_there_whole_or_not_at_all() {
    let course = Scratch::new();
    let before = course.files();
    for wait in (0..20).map(|step| Duration::from_millis(step / 2)) {
        let mut child = course
            .process(&["new", "set"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(wait);
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        let _ = child.wait();
        // Before it could be asked, a process ends where it is: only what it staged may be left.
        let mut files = course.files();
        files.retain(|path, _| !path.to_str().unwrap().starts_with(".new-"));
        let whole =
            files.len() == before.len() + 10 && files.keys().any(|path| path.ends_with("set.md"));
        assert!(whole || files == before, "{:?}", files.keys());
        if whole {
            fs::remove_dir_all(course.root.join("lessons/set")).unwrap();
            fs::remove_file(course.root.join("book/set.md")).unwrap();
            course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n");
        }
    }
}
