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
    let wrong: [(&[u8], &str); 5] = [
        (b"\r", "LF or CRLF, found CR alone (U+000D)"),
        (b"\0", "text, found NUL (U+0000)"),
        (b"\x0c", "text, found the invisible character U+000C"),
        ("\u{2028}".as_bytes(), "text, found the invisible character U+2028"),
        (b"\xe9", "UTF-8, found the byte 0xe9"),
    ];
    for (file, (bytes, what)) in FILES.iter().zip(wrong.iter().cycle()) {
        let text = course.read(file);
        let (first, rest) = text.split_once('\n').unwrap();
        let whole = [first.as_bytes(), b"\nx", bytes, b"x", rest.as_bytes()].concat();
        fs::write(course.root.join(file), whole).unwrap();
        course.fails(&["build"], format!("error: {file}:2: expected {what}\n..."));
        course.write(file, &text);
    }
    course.passes(&["build", "--strict"]);
}

#[test]
fn what_is_no_file_is_named_and_never_counts_as_none() {
    let course = whole();
    for (index, file) in FILES.iter().filter(|file| **file != "book.toml").enumerate() {
        let (path, text) = (course.root.join(file), course.read(file));
        fs::remove_file(&path).unwrap();
        let said = match index % 3 {
            0 => {
                fs::create_dir(&path).unwrap();
                "expected a file, found a folder"
            }
            1 => {
                symlink(path.file_name().unwrap(), &path).unwrap();
                "cannot be read: Too many levels of symbolic links"
            }
            // Nothing is read from a device: it would have no end.
            _ => {
                symlink("/dev/zero", &path).unwrap();
                "expected a file, found a pipe, a socket or a device"
            }
        };
        let output = course.process(&["build"]).output().unwrap();
        fs::remove_file(&path).or_else(|_| fs::remove_dir(&path)).unwrap();
        course.write(file, &text);
        let output = String::from_utf8(output.stderr).unwrap();
        assert!(output.starts_with(&format!("error: {file}: {said}")), "{output}");
    }
    course.passes(&["build", "--strict"]);
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
