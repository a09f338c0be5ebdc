//! Whatever a file holds: what no reader sees makes no difference, and what is wrong is named.

use std::fs;
use std::os::unix::fs::symlink;

use snapbox::str;

use crate::scratch::Scratch;

/// A course that has one of each kind of file, recorded.
fn whole() -> Scratch {
    let course = Scratch::new();
    course.session("# %% one\nowners = 1\nprint('hello')\nprint('again')\n");
    course.say("{{#listing probe/src/raw.rs:count}}").say("{{#picture probe}}");
    course.say("{{#refused probe:moved}}").say("{{#clinic still yours}}");
    course.write(
        "book/probe.dot",
        "digraph \"Who holds it\" {\n  a\n  item [shape=box, count=\"owners\"]\n  a -> item\n}\n",
    );
    course.write(
        "lessons/probe/clinic.toml",
        "[[bug]]\nwhat = \"It looks odd.\"\nverdict = \"still yours\"\nwhy = \"Looks are free.\"\n",
    );
    course.write(
        "lessons/probe/must_not_compile/moved.rs",
        "//~ error[E0382]: use of moved value\npub fn twice(text: String) -> (String, String) {\n    \
         (text, text)\n}\n",
    );
    course.recorded();
    course
}

/// The text files of a course that its own tools read.
const FILES: [&str; 9] = [
    "lessons/probe/session.py",
    "lessons/probe/record.toml",
    "lessons/probe/clinic.toml",
    "lessons/probe/must_not_compile/moved.rs",
    "lessons/probe/src/raw.rs",
    "book/probe.md",
    "book/SUMMARY.md",
    "book/probe.dot",
    "book.toml",
];

#[test]
fn a_byte_order_mark_and_the_line_ends_of_windows_make_no_difference() {
    let course = whole();
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    for file in FILES.iter().chain(&["lessons/probe/Cargo.toml", "Cargo.toml"]) {
        let text = course.read(file);
        course.write(file, &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    assert_eq!(course.read("target/book/probe.html"), page);
    let record = course.read("lessons/probe/record.toml");
    course.passes(&["regen"]).stdout_eq("probe: nothing changed\n");
    assert_eq!(course.read("lessons/probe/record.toml"), record);
}

#[test]
fn what_is_no_text_is_named_with_its_line_and_no_file_is_harmed() {
    let course = whole();
    for file in FILES {
        let text = course.read(file);
        let (first, rest) = text.split_once('\n').unwrap();
        for wrong in ["\r", "\0", "\x0c", "\u{2028}"] {
            course.write(file, &format!("{first}\n{wrong}{rest}"));
            let said = format!("error: {file}:2: expected [..], found [..]\n...");
            course.fails(&["build"], said);
        }
        fs::write(course.root.join(file), [first.as_bytes(), b"\n\xe9", rest.as_bytes()].concat())
            .unwrap();
        course.fails(
            &["build"],
            format!("error: {file}:2: expected UTF-8, found the byte 0xe9\n..."),
        );
        course.write(file, &text);
    }
    course.passes(&["build", "--strict"]);
}

#[test]
fn what_is_no_file_is_named_and_never_counts_as_none() {
    let course = whole();
    for file in FILES {
        let (path, text) = (course.root.join(file), course.read(file));
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        course.fails(&["build"], format!("error: {file}: expected a file, found a folder\n..."));
        fs::remove_dir(&path).unwrap();
        symlink(path.file_name().unwrap(), &path).unwrap();
        course
            .fails(&["build"], format!("error: {file}: cannot be read: Too many levels[..]\n..."));
        fs::remove_file(&path).unwrap();
        course.write(file, &text);
    }
    course.passes(&["build", "--strict"]);
}

/// Nothing is read from it: it would have no end.
#[test]
fn a_device_in_a_files_place_is_not_read() {
    let course = whole();
    for file in FILES.iter().filter(|file| **file != "book.toml") {
        let (path, text) = (course.root.join(file), course.read(file));
        fs::remove_file(&path).unwrap();
        symlink("/dev/zero", &path).unwrap();
        let said = course.process(&["build"]).output().unwrap();
        fs::remove_file(&path).unwrap();
        course.write(file, &text);
        let said = String::from_utf8(said.stderr).unwrap();
        assert!(
            said.starts_with(&format!("error: {file}: expected a file, found a pipe")),
            "{said}"
        );
    }
}

#[test]
fn cases_that_cannot_be_listed_are_not_none() {
    let course = whole();
    let folder = course.root.join("lessons/probe/must_not_compile");
    fs::remove_dir_all(&folder).unwrap();
    symlink("must_not_compile", &folder).unwrap();
    for command in [&["build"][..], &["check"], &["regen"]] {
        course.fails(command, str![[r#"
error: lessons/probe/must_not_compile: cannot be read: Too many levels of symbolic links (os error 40)

"#]]);
    }
    fs::remove_file(&folder).unwrap();
}

#[test]
fn what_a_cell_prints_may_be_no_text_for_a_file_and_is_recorded_all_the_same() {
    let course = Scratch::new();
    course.session("# %% one\nprint('a\\r\\nb\\rc\\0d\\x0ce\\u2028f\\ufeff\\u202e')\n");
    course.recorded();
    course.passes(&["check"]);
    course.passes(&["regen"]).stdout_eq("probe: nothing changed\n");
    course.passes(&["build", "--strict"]);
}
