//! What is wrong with a chapter is said at its line. Nothing here runs Python.

use snapbox::str;

use crate::scratch::Scratch;

/// Puts `directive` on line 5 of the chapter.
fn asks(directive: &str) -> Scratch {
    let course = Scratch::new();
    course.say(directive);
    course
}

#[test]
fn an_unknown_lesson_in_a_chapter_is_named_with_those_there_are() {
    asks("{{#cell set:one}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a lesson, found `set`
    lessons there are: probe
help: to start it, `cargo course new set`

"#]],
    );
}

#[test]
fn an_unknown_cell_in_a_chapter_is_named_with_those_there_are() {
    asks("{{#cell probe:two}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a cell of lessons/probe/session.py, found `two`
    cells there are: one
help: name one of them, or start it there with `# %% two`

"#]],
    );
}

#[test]
fn an_unknown_file_is_named_with_those_there_are() {
    asks("{{#listing probe/src/safe.rs:count}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a file, found no lessons/probe/src/safe.rs
    files there are: Cargo.toml, build.rs, session.py, src/lib.rs, src/raw.rs
help: name one of them, or write it

"#]],
    );
}

#[test]
fn an_unknown_anchor_is_named_with_those_there_are() {
    asks("{{#listing probe/src/raw.rs:reverse}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected an anchor of lessons/probe/src/raw.rs, found `reverse`
    anchors there are: count
help: put the comment `ANCHOR: reverse` above the part and `ANCHOR_END: reverse` below it

"#]],
    );
}

#[test]
fn an_anchor_opened_twice_is_named() {
    let course = asks("{{#listing probe/notes.txt:a}}");
    course.write(
        "lessons/probe/notes.txt",
        "ANCHOR: a\n1\nANCHOR_END: a\nANCHOR: a\n2\nANCHOR_END: a\n",
    );
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/notes.txt:4: anchor `a`: expected one opening, found a second
help: give one of the two another name

"#]],
    );
}

#[test]
fn an_anchor_never_closed_is_named() {
    let course = asks("{{#listing probe/notes.txt:a}}");
    course.write("lessons/probe/notes.txt", "ANCHOR: a\n1\n");
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/notes.txt:1: anchor `a`: expected an end, found none
help: put the comment `ANCHOR_END: a` below the part

"#]],
    );
}

#[test]
fn an_anchor_closed_and_never_opened_is_named() {
    let course = asks("{{#listing probe/notes.txt:a}}");
    course.write("lessons/probe/notes.txt", "ANCHOR: a\n1\nANCHOR_END: a\nANCHOR_END: b\n");
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/notes.txt:4: anchor `b`: expected an opening above this end, found none
help: put the comment `ANCHOR: b` above the part

"#]],
    );
}

#[test]
fn a_difference_from_nothing_is_named_with_what_there_is() {
    let course = asks("{{#diff probe:steal}}");
    course.write(
        "lessons/probe/src/wrong.rs",
        "// ANCHOR: steal\nfn steal() {}\n// ANCHOR_END: steal\n",
    );
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/clinic.toml: expected a row for `steal` of src/wrong.rs, found none
help: add a [[bug]] with `wrong = "steal"`

error: book/probe.md:5: expected an anchor of lessons/probe/src/raw.rs that begins `steal`, found none
    anchors there are: count
help: a wrong function is named after the right one: `reverse_tuple_leaks_result`

"#]],
    );
}

#[test]
fn an_unknown_case_that_must_not_compile_is_named() {
    asks("{{#refused probe:moved}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a case, found no lessons/probe/must_not_compile/moved.rs
    cases there are: none
help: name one of them, or write it

"#]],
    );
}

#[test]
fn edges_of_a_lesson_without_any_are_refused() {
    asks("{{#edges probe}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: lesson `probe`: expected edge cells, found none
help: mark one with kind="edge"

"#]],
    );
}

#[test]
fn an_unknown_directive_is_named_with_those_there_are() {
    asks("{{#include ../lessons/probe/session.py}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a directive, found `include`
    directives there are: listing, pair, cell, edges, value, predict, answered, again, questions, diff, refused, picture, clinic, notebook, tally, facts, routes, map, rest

"#]],
    );
}

#[test]
fn a_cell_that_no_chapter_shows_is_named() {
    let course = Scratch::new();
    course.write(
        "lessons/probe/session.py",
        "# %% one\nprint(1)\n\n# %% two\nprint(2)\n\n# %% three kind=\"edge\"\nprint(3)\n",
    );
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/session.py:4: cell `two`: expected a chapter that shows it, found none
help: put `{{#cell probe:two}}` in book/probe.md, or remove the cell

error: lessons/probe/session.py:7: cell `three`: expected a chapter that shows it, found none
help: put `{{#edges probe}}` at the end of book/probe.md

"#]],
    );
}

#[test]
fn a_check_reads_the_chapters_too() {
    let course = Scratch::new();
    course.recorded();
    course.say("{{#cell probe:two}}");
    course.fails(
        &["check"],
        str![[r#"

error: book/probe.md:5: expected a cell of lessons/probe/session.py, found `two`
    cells there are: one
help: name one of them, or start it there with `# %% two`


"#]],
    );
}

#[test]
fn every_problem_of_every_chapter_is_said_at_once() {
    let course = asks("{{#cell probe:two}}\n\nIt rose by 1000.\n\n{{#listing set/src/raw.rs}}");
    course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n- [More](more.md)\n");
    course.write("book/more.md", "# More\n\n```python\nprint()\n```\n\n[dead](gone.md)\n");
    course.fails(&["build"], str![[r#"
error: book/probe.md:7: expected a number that comes from a run, found `1000` typed
help: bind it, `{{#value tuple: after - before}}`, or say on its line `<!-- typed: why -->`

error: book/more.md:3: expected ```rust or ```console, found a fence of `python`
    a chapter types plain Rust (```rust) and commands (```console); whatever touches Python lives in a lesson, and is shown by a directive

error: book/more.md:7: expected a file, found a link to `gone.md`, which leads to none
help: links are relative to the chapter that has them

error: book/probe.md:5: expected a cell of lessons/probe/session.py, found `two`
    cells there are: one
help: name one of them, or start it there with `# %% two`

error: book/probe.md:9: expected a lesson, found `set`
    lessons there are: probe
help: to start it, `cargo course new set`

"#]]);
}

#[test]
fn a_directive_that_is_not_closed_is_named_and_not_shown_as_text() {
    let course = Scratch::new();
    course.say("It is {{#value probe:\nanswer}}.");
    course.fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected `}}` on the directive's line, found none
help: end it with `}}` on the same line; an expression cannot hold `}}`

"#]],
    );
}

#[test]
fn a_cell_that_stands_only_in_a_comment_is_shown_nowhere() {
    let course = Scratch::new();
    course.session("# %% one\nprint()\n");
    course.edit("book/probe.md", "{{#cell probe:one}}", "<!--\n{{#cell probe:one}}\n-->");
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/session.py:1: cell `one`: expected a chapter that shows it, found none
...
"#]],
    );
}
