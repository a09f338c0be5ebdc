//! Records: written whole or not at all, and never believed when something is wrong with them.

use std::process::Command;

use snapbox::str;
use verify::record::digest;
use verify::{Lesson, Record};

use crate::scratch::{PYTHON, Scratch};

const RECORD: &str = "lessons/probe/record.toml";

/// Adds a column of a CPython that no machine has; a wrong digest makes it stale.
fn with_another_column(course: &Scratch, digest: &str, printed: &str) -> String {
    let column =
        format!("\n\"3.77\" = {{ python = \"3.77.0\", digest = \"{digest}\" }}\n\n[[cell]]");
    course.edit(RECORD, "\n\n[[cell]]", &column);
    let record = course.read(RECORD);
    let record = format!("{record}[[cell.printed]]\ntags = [\"3.77\"]\ntext = {printed:?}\n");
    course.write(RECORD, &record);
    record
}

#[test]
fn a_missing_record_is_named_with_the_command_that_makes_it() {
    let course = Scratch::new();
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/record.toml: expected a column for CPython [TAG], found none
    recorded: none
help: `cargo course regen probe --python [TAG]` records it


"#]],
    );
}

#[test]
fn a_second_regen_changes_nothing_and_a_check_after_it_passes() {
    let course = Scratch::new();
    course.passes(&["regen"]).stdout_eq(str![[r#"
probe: wrote lessons/probe/record.toml
  [TAG]: new column, CPython [VERSION]

"#]]);
    let record = course.read(RECORD);
    course.passes(&["check"]).stdout_eq(str![[r#"
       [TAG]
probe  ok
1 agree, 0 differ, 0 failed; 0 problems

"#]]);
    course.passes(&["regen"]).stdout_eq(str![[r#"
probe: nothing changed

"#]]);
    assert_eq!(course.read(RECORD), record);
}

#[test]
fn a_regen_says_what_it_changed_and_where_that_is_shown() {
    let course = Scratch::new();
    course.recorded();
    course.write("lessons/probe/session.py", "# %% one\nprint('good')\nprint('bye')\n");
    course.passes(&["regen"]).stdout_eq(str![[r#"
probe: wrote lessons/probe/record.toml
  cell `one`, shown at book/probe.md:3
    [TAG]:
      -hello
      +good
      +bye

"#]]);
}

#[test]
fn an_output_altered_in_the_record_is_named_with_its_cell() {
    let course = Scratch::new();
    course.recorded();
    course.edit(RECORD, "hello", "hallo");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected the recorded output, found another on CPython [TAG]
    -hallo
    +hello
    shown at book/probe.md:3
help: the lesson is as it was recorded, so another build of this CPython, or an edited record, is the reason; `cargo course regen probe` records what it does here


"#]]);
}

#[test]
fn output_that_differs_between_two_runs_is_refused() {
    let course = Scratch::new();
    course.session("# %% one\nprint('steady')\n\n# %% two\nprint(hash('x'))\n");
    course.fails(&["regen"], str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected the same output in a second run (PYTHONHASHSEED=1), found another on CPython [TAG]
    -[..]
    +[..]
help: print what does not vary; if only integers vary and none can be asserted, varies="integers"


"#]]);
}

#[test]
fn a_regen_leaves_the_columns_that_it_does_not_run() {
    let course = Scratch::new();
    course.recorded();
    let record = with_another_column(&course, "0123456789abcdef", "other\n");
    course.passes(&["regen"]);
    assert_eq!(course.read(RECORD).replace("\"\"\"\nother\n\"\"\"", "\"other\\n\""), record);
    course.write("lessons/probe/session.py", "# %% one\nprint('good bye')\n");
    course.passes(&["regen"]);
    let record = course.read(RECORD);
    assert!(record.contains("good bye\n") && !record.contains("hello"), "{record}");
    assert!(record.contains("other\n") && record.contains("0123456789abcdef"), "{record}");
}

#[test]
fn a_stale_column_is_shown_and_refused_where_it_counts() {
    let course = Scratch::new();
    course.recorded();
    with_another_column(&course, "0123456789abcdef", "hello\n");
    course.passes(&["check"]).stdout_eq(str![[r#"
       [TAG][..]3.77
probe  ok       stale
not checked, because no interpreter was found or asked for: 3.77
a stale column was recorded before its lesson changed; `cargo course regen` with its interpreter renews it
1 agree, 0 differ, 0 failed; 0 problems

"#]]);
    course.fails(
        &["check", "--require", &PYTHON.tag.to_string()],
        str![[r#"

error: lessons/probe/record.toml: stale: expected a run of this lesson, found a run of an earlier text on CPython 3.77
help: `cargo course regen probe`, with these interpreters


"#]],
    );
    course.fails(
        &["build", "--strict"],
        str![[r#"
error: lessons/probe/record.toml: stale: expected a run of this lesson, found a run of an earlier text on CPython 3.77
help: `cargo course regen probe`, with these interpreters

"#]],
    );
    course.passes(&["build"]);
}

#[test]
fn a_column_of_another_pyodide_than_the_pinned_one_is_stale_on_a_machine_without_node() {
    let course = Scratch::new();
    course.recorded();
    let lesson = Lesson::load(&course.root, "probe").unwrap();
    with_another_column(&course, &digest(&lesson).unwrap(), "hello\n");
    course.edit(RECORD, "3.77.0", "3.14.2 (Pyodide 314.0.7)");
    course.edit(RECORD, "3.77", "3.14-wasm");
    let package =
        |version: &str| format!("{{ \"dependencies\": {{ \"pyodide\": \"{version}\" }} }}");
    course.write("ci/web/package.json", &package("314.0.7"));
    let tag = PYTHON.tag.to_string();
    course.passes(&["check", "--require", &tag]);
    course.write("ci/web/package.json", &package("314.0.70"));
    course.fails(
        &["check", "--require", &tag],
        str![[r#"

error: lessons/probe/record.toml: stale: expected a run by the pinned Pyodide, found one by 3.14.2 (Pyodide 314.0.7) on CPython 3.14-wasm
help: `cargo course regen probe`, with these interpreters


"#]],
    );
}

#[test]
fn a_column_that_is_not_run_is_not_stale_while_the_lesson_is_as_it_was() {
    let course = Scratch::new();
    course.recorded();
    let lesson = Lesson::load(&course.root, "probe").unwrap();
    with_another_column(&course, &digest(&lesson).unwrap(), "other\n");
    course.passes(&["check", "--require", &PYTHON.tag.to_string()]);
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("CPython 3.77"));
}

#[test]
fn a_record_that_is_broken_by_hand_is_named_with_its_line() {
    let course = Scratch::new();
    course.recorded();
    course.edit(RECORD, "[[cell.printed]]", "[[cell.printed]");
    for command in ["check", "regen", "build", "list"] {
        course.fails(
            &[command],
            str![[r#"
error: lessons/probe/record.toml:8: expected a record, found what is none: unclosed array table, expected `]`
help: restore it from version control, or delete it and run `cargo course regen probe`

"#]],
        );
    }
}

#[test]
fn a_record_with_merge_markers_is_named_with_their_line() {
    let course = Scratch::new();
    course.recorded();
    course.edit(RECORD, "hello\n", "<<<<<<< HEAD\nhello\n=======\nhallo\n>>>>>>> other\n");
    for command in ["check", "regen", "build"] {
        course.fails(
            &[command],
            str![[r#"
error: lessons/probe/record.toml:11: expected a record, found the markers of a merge
help: take either side, then `cargo course regen probe`

"#]],
        );
    }
}

/// A limit on the size of files stands for the full disk: the write of the record fails midway,
/// with EFBIG in place of ENOSPC, without a file system to fill. What else is written, the copy
/// of the extension above all, is smaller; a column that is not run makes the record larger.
#[test]
fn a_full_disk_leaves_the_old_record_whole() {
    let course = Scratch::new();
    course.recorded();
    with_another_column(&course, "0123456789abcdef", &"x".repeat(17_000_000));
    course.write("lessons/probe/session.py", "# %% one\nprint('good bye')\n");
    let mut limited = course.at_home(Command::new("sh"));
    // In blocks of 512 bytes in most shells, of 1024 in some.
    limited.args(["-c", "trap '' XFSZ; ulimit -f 16000; exec \"$0\" regen --python \"$1\""]);
    limited.arg(env!("CARGO_BIN_EXE_course")).arg(&PYTHON.executable);
    course.fails_as(limited, str![[r#"

error: cannot write `[ROOT]/lessons/probe/record.toml`: File too large (os error 27) at path "[ROOT]/lessons/probe/.record[..]"
help: set CARGO_TARGET_DIR (builds) and TMPDIR (sessions) to folders that can be written; `regen` and `new` also need to write `lessons/` and `book/`


"#]]);
    course.passes(&["regen"]);
}

#[test]
fn a_record_that_cannot_be_written_says_how_to_point_elsewhere() {
    let course = Scratch::new();
    let mut lesson = Lesson::load(&course.root, "probe").unwrap();
    // A folder that nobody can make, root included: below a file.
    lesson.root = course.root.join("Cargo.toml");
    let problem = Record::default().save(&lesson).unwrap_err().to_string();
    assert!(problem.contains("lessons/probe/record.toml`: "), "{problem}");
    assert!(problem.contains("\nhelp: set CARGO_TARGET_DIR"), "{problem}");
}
