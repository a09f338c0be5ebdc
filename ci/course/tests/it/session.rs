//! What is wrong with a session is said at its line, before or after it is run.

use snapbox::str;

use crate::scratch::Scratch;

#[test]
fn two_cells_of_one_name_are_refused() {
    let course = Scratch::new();
    course.session("# %% one\nprint(1)\n\n# %% one\nprint(2)\n");
    course.fails(
        &["check"],
        str![[r#"
error: lessons/probe/session.py:4: expected a name of its own, found a second cell `one`
    the first is at line 1
help: give it another name

"#]],
    );
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/session.py:4: expected a name of its own, found a second cell `one`
    the first is at line 1
help: give it another name

"#]],
    );
}

#[test]
fn an_unknown_key_is_named_with_those_there_are() {
    let course = Scratch::new();
    course.session("# %% one\nprint(1)\n# %% two rasies=\"TypeError\"\nprint(2)\n");
    course.fails(
        &["regen"],
        str![[r#"
error: lessons/probe/session.py:3: expected a key of a cell, found `rasies`
    keys there are: raises, since, until, on, not_on, why, needs, packages, varies, crashes, kind
help: write one of them, or take it off the marker

"#]],
    );
}

#[test]
fn every_problem_of_a_session_is_said_at_once() {
    let course = Scratch::new();
    course.session("import sys\n# %% one on=\"jit\"\n# %% Two\n# %% three since=3.10\n");
    course.fails(
        &["list"],
        str![[r#"
error: lessons/probe/session.py:2: key `on`: expected some of gil, free-threaded, wasm, with a space between, found "jit"

error: lessons/probe/session.py:3: expected a cell's name, found `Two`
help: a name is a small letter, then small letters, digits and _

error: lessons/probe/session.py:4: expected key="value" with quotes, found `since=[..]`
    without quotes Jupytext reads [..] as the number 3.1

error: lessons/probe/session.py:1: expected the first cell, found code above it
    only comments and one docstring may stand there
help: put `# %% <name>` on a line of its own above it

"#]],
    );
}

#[test]
fn a_session_that_is_not_utf8_is_refused() {
    let course = Scratch::new();
    let path = course.root.join("lessons/probe/session.py");
    std::fs::write(path, b"# %% one\nprint('\xff')\n").unwrap();
    course.fails(
        &["check"],
        str![[r#"
error: lessons/probe/session.py:2: expected UTF-8, found the byte 0xff
help: save the file as UTF-8

"#]],
    );
}

#[test]
fn a_cell_that_raises_is_named_with_the_line_that_raises() {
    let course = Scratch::new();
    course
        .session("# %% one\nprint(1)\n\n# %% two\ndef fail():\n    int('x')\n\nprint(2)\nfail()\n");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:9: cell `two`: expected no exception, found ValueError on CPython [TAG]
    2
    ValueError: invalid literal for int() with base 10: 'x'
help: if it should, say so on its marker: raises="ValueError"


"#]],
    );
    course.fails(
        &["regen"],
        str![[r#"

error: lessons/probe/session.py:9: cell `two`: expected no exception, found ValueError on CPython [TAG]
    2
    ValueError: invalid literal for int() with base 10: 'x'
help: if it should, say so on its marker: raises="ValueError"


"#]],
    );
}

#[test]
fn a_cell_that_python_cannot_read_is_named_with_its_line() {
    let course = Scratch::new();
    course.session("# %% one\nprint(1)\nx = = 2\n");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:3: cell `one`: expected no exception, found SyntaxError on CPython [TAG]
      File "session.py", line 3
        x = = 2
            ^
    SyntaxError: invalid syntax
help: if it should, say so on its marker: raises="SyntaxError"


"#]],
    );
}

#[test]
fn a_cell_that_raises_something_else_is_named_with_both_classes() {
    let course = Scratch::new();
    course.session("# %% one raises=\"TypeError\"\n{}['key']\n");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:2: cell `one`: expected TypeError, found KeyError on CPython [TAG]
    KeyError: 'key'
help: mend the cell, or say so on its marker: raises="KeyError"


"#]],
    );
}

#[test]
fn a_cell_that_does_not_raise_when_it_should_is_named() {
    let course = Scratch::new();
    course.session("# %% one raises=\"TypeError\"\nprint(1)\n");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected TypeError, found no exception on CPython [TAG]
help: mend the cell, or take `raises` off its marker


"#]]);
}

#[test]
fn a_class_is_matched_exactly_and_a_base_class_is_not_enough() {
    let course = Scratch::new();
    course.session("# %% one raises=\"LookupError\"\n[][0]\n");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:2: cell `one`: expected LookupError, found IndexError on CPython [TAG]
    IndexError: list index out of range
help: mend the cell, or say so on its marker: raises="IndexError"


"#]]);
    course.session("# %% one raises=\"IndexError\"\n[][0]\n\n# %% two\nprint(2)\n").recorded();
    course.passes(&["check"]);
}

#[test]
fn a_value_at_the_end_of_a_cell_must_be_printed() {
    let course = Scratch::new();
    course.session("# %% one\na = 1\na + 1\n");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected no value at its end, found one of class int
    a notebook would show it and keep it in `Out`, which holds a reference
help: print it


"#]],
    );
    course.session("# %% one\na = 1\nprint(a)\n").recorded();
}

#[test]
fn an_unknown_lesson_is_named_with_those_there_are() {
    let course = Scratch::new();
    for command in ["check", "regen", "run", "shell"] {
        course.fails(
            &[command, "set"],
            str![[r#"
error: expected a lesson, found `set`
    lessons there are: probe
help: to start it, `cargo course new set`

"#]],
        );
    }
}

#[test]
fn an_unknown_cell_to_run_is_named_with_those_there_are() {
    let course = Scratch::new();
    course.session("# %% one\nprint(1)\n# %% two\nprint(2)\n");
    course.fails(
        &["run", "probe", "three"],
        str![[r#"
error: lessons/probe/session.py: expected a cell of lessons/probe/session.py, found `three`
    cells there are: one, two
help: name one of them, or start it there with `# %% three`

"#]],
    );
    course.passes(&["run", "probe", "one"]).stdout_eq(str![[r#"
# CPython [VERSION], [PYTHON]

# %% one
1

"#]]);
}

#[test]
fn reading_standard_input_comes_to_its_end_at_once() {
    let course = Scratch::new();
    course.session(
        "# %% one\nimport sys\nprint(repr(sys.stdin.read()))\n\n# %% two raises=\"EOFError\"\ninput()\n",
    );
    course.recorded();
    assert!(course.read("lessons/probe/record.toml").contains("text = \"\"\"\n''\n\"\"\""));
    course.passes(&["check"]);
}
