//! Expressions that a chapter binds.

use snapbox::str;

use crate::scratch::{PYTHON, Scratch};

/// A course that binds `expression` on line 7 of its chapter.
fn binds(session: &str, expression: &str) -> Scratch {
    let course = Scratch::new();
    course.session(session).say(&format!("It is {{{{#value probe: {expression}}}}}."));
    course
}

#[test]
fn a_bound_value_is_recorded_with_its_cell_and_shown() {
    let course =
        binds("# %% one\nbefore, after = 1, 3\nprint('counted')\n", "after - before as=word");
    course.recorded();
    assert!(course.read("lessons/probe/record.toml").contains(
        "\n[[value]]\nexpression = \"after - before\"\ncells = [\"one\"]\n[[value.was]]\n"
    ));
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("<span class=\"value\">two</span>"));
}

#[test]
fn a_check_of_one_lesson_knows_what_the_chapter_of_another_binds() {
    let course = binds("# %% one\na = 1\nprint(a)\n", "a");
    course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n- [Notes](notes.md)\n");
    course.write("book/notes.md", "# Notes\n\nIt is {{#value probe: a + 1}}.\n");
    course.passes(&["regen", "probe"]);
    course.passes(&["check"]);
    course.edit("lessons/probe/record.toml", "text = \"2\"", "text = \"3\"");
    course.fails(
        &["check", "probe"],
        str![[r#"

error: [..]
    -3
    +2
    shown at book/notes.md:3
help: [..]


"#]],
    );
}

#[test]
fn a_bound_expression_that_raises_is_named_with_its_chapter_line() {
    let course = binds("# %% one\na = 1\nprint(a)\n", "a");
    course.recorded();
    course.edit("book/probe.md", "a}}", "a // 0}}");
    course.fails(
        &["check"],
        str![[r#"

error: book/probe.md:5: `a // 0`: expected a value, found none on CPython [TAG]
    it raises ZeroDivisionError: [..]
help: bind an expression of names that one cell assigns


"#]],
    );
    course.fails(
        &["regen"],
        str![[r#"

error: book/probe.md:5: `a // 0`: expected a value, found none on CPython [TAG]
    it raises ZeroDivisionError: [..]
help: bind an expression of names that one cell assigns


"#]],
    );
}

#[test]
fn a_bound_name_that_no_cell_assigns_is_named() {
    let course = binds("# %% one\na = 1\nprint(a)\n", "a + b");
    course.fails(
        &["regen"],
        str![[r#"

error: book/probe.md:5: `a + b`: expected a value, found none on CPython [TAG]
    no cell assigns `b`
help: bind an expression of names that one cell assigns


"#]],
    );
}

#[test]
fn a_bound_name_that_several_cells_assign_is_named_with_them() {
    let course = binds(
        "# %% one\na = 1\nprint(a)\n\n# %% two\na += 1\nprint(a)\n\n# %% three\nfor a in 'xy':\n    print(a)\n",
        "a",
    );
    course.fails(
        &["regen"],
        str![[r#"

error: book/probe.md:9: `a`: expected a value, found none on CPython [TAG]
    several cells assign `a`: one, two, three; use a name of its own
help: bind an expression of names that one cell assigns


"#]],
    );
}

#[test]
fn a_bound_expression_of_several_lines_or_none_is_refused() {
    let course = binds("# %% one\na = 'x'\nprint(a)\n", r"a + '\n' + a");
    course.fails(
        &["regen"],
        str![[r#"

error: book/probe.md:5: `a + '/n' + a`: expected a value, found none on CPython [TAG]
    its text is not one line: "x/nx"
help: bind an expression of names that one cell assigns


"#]],
    );
    course.edit("book/probe.md", r"a + '\n' + a", "a[:0]");
    course.fails(
        &["regen"],
        str![[r#"

error: book/probe.md:5: `a[:0]`: expected a value, found none on CPython [TAG]
    its text is not one line: ""
help: bind an expression of names that one cell assigns


"#]],
    );
}

#[test]
fn a_bound_expression_that_is_no_python_is_refused() {
    let course = binds("# %% one\na = 'x'\nprint(a)\n", "a +");
    course.fails(
        &["regen"],
        str![[r#"

error: book/probe.md:5: `a +`: expected a value, found none on CPython [TAG]
    it raises SyntaxError: [..]
help: bind an expression of names that one cell assigns


"#]],
    );
}

#[test]
fn a_bound_value_that_a_second_run_changes_is_refused() {
    let course = binds("# %% one\na = hash('x')\nprint('hashed')\n", "a");
    course.fails(&["regen"], str![[r#"

error: lessons/probe/session.py:1: `a`: expected [..] in a second run (PYTHONHASHSEED=1), found [..] on CPython [TAG]
help: bind what does not vary


"#]]);
}

#[test]
fn a_value_of_a_cell_that_does_not_run_here_is_not_missed() {
    let later = PYTHON.tag.minor + 1;
    let session = format!("# %% one\nprint(1)\n\n# %% two since=\"3.{later}\"\na = 2\nprint(a)\n");
    let course = binds(&session, "a");
    course.recorded();
    course.passes(&["check"]);
}

#[test]
fn a_bound_number_altered_in_the_record_is_named_with_its_chapter_line() {
    let course = binds("# %% one\na = 1000\nprint('counted')\n", "a");
    course.recorded();
    course.edit("lessons/probe/record.toml", "1000", "1001");
    course.fails(&["check"], str![[r#"

error: book/probe.md:5: `a`: expected the recorded value, found another on CPython [TAG]
    -1001
    +1000
    shown at book/probe.md:5
help: the lesson is as it was recorded, so another build of this CPython, or an edited record, is the reason; `cargo course regen probe` records what it does here


"#]]);
}

#[test]
fn a_bound_expression_that_prints_is_named() {
    let course = binds("# %% one\na = 1\nprint(a)\n", "print(a)");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:1: the bound expression `print(a)`: expected no output outside of a cell, found some on CPython [TAG]
help: print in a cell, while it runs


"#]],
    );
}

#[test]
fn a_bound_expression_that_ends_the_process_is_named() {
    let course = binds("# %% one\nimport os\nprint()\n", "os._exit(3)");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:1: the bound expression `os._exit(3)`: expected the session to go on, found it ended (exit status: 3) on CPython [TAG]
...
"#]],
    );
}

#[test]
fn a_bound_number_that_has_no_value_any_more_is_named() {
    let course = binds("# %% one\nprint()\n# %% two\na = 1\nprint()\n", "a");
    course.recorded();
    course.edit("lessons/probe/session.py", "# %% two", "# %% two not_on=\"gil free-threaded\"");
    course.fails(
        &["check"],
        str![[r#"
...
error: book/probe.md:7: `a`: expected what is recorded, found that it does not run on CPython [TAG]
...
"#]],
    );
}

#[test]
fn a_name_that_hides_a_builtin_counts_as_assigned() {
    let course = binds("# %% one\nhash = 7\nprint()\n", "hash + len('ab')");
    course.recorded();
    assert!(course.read("lessons/probe/record.toml").contains("cells = [\"one\"]"));
}
