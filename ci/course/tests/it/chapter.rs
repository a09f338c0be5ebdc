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
    for directive in ["cell", "predict"] {
        asks(&format!("{{{{#{directive} probe:two}}}}")).fails(
            &["build"],
            str![[r#"
error: book/probe.md:5: no cell `two` in lessons/probe/session.py
    cells there are: one
help: name one of them, or start it there with `# %% two`

"#]],
        );
    }
}

#[test]
fn an_unknown_file_is_named_with_those_there_are() {
    asks("{{#listing probe/src/safe.rs:count}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: no file lessons/probe/src/safe.rs
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
error: book/probe.md:5: no anchor `reverse` in lessons/probe/src/raw.rs
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
error: lessons/probe/notes.txt:4: anchor `a` is opened a second time
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
error: lessons/probe/notes.txt:1: anchor `a` is never closed
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
error: lessons/probe/notes.txt:4: anchor `b` ends and was not open
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
error: lessons/probe/clinic.toml: `steal` of src/wrong.rs has no row
help: add a [[bug]] with `wrong = "steal"`

error: book/probe.md:5: no anchor in lessons/probe/src/raw.rs is the start of `steal`
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
error: book/probe.md:5: no lessons/probe/must_not_compile/moved.rs
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
error: book/probe.md:5: lesson `probe` has no edge cells
help: mark one with kind="edge"

"#]],
    );
}

#[test]
fn an_unknown_directive_is_named_with_those_there_are() {
    asks("{{#include ../lessons/probe/session.py}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: unknown directive `include`
    directives there are: listing, cell, edges, value, predict, diff, refused, picture, clinic, notebook

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
error: lessons/probe/session.py:4: no chapter shows cell `two`
help: put `{{#cell probe:two}}` in book/probe.md, or remove the cell

error: lessons/probe/session.py:7: no chapter shows cell `three`
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

error: book/probe.md:5: no cell `two` in lessons/probe/session.py
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
error: book/probe.md:7: `1000` is typed; a number in the text comes from a run
help: bind it, `{{#value tuple: after - before}}`, or say on its line `<!-- typed: why -->`

error: book/more.md:3: a fence of `python`
    a chapter types plain Rust (```rust) and commands (```console); whatever touches Python lives in a lesson, and is shown by a directive

error: book/more.md:7: the link to `gone.md` leads to no file
help: links are relative to the chapter that has them

error: book/probe.md:5: no cell `two` in lessons/probe/session.py
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
error: book/probe.md:5: a directive is not closed on its line
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
error: lessons/probe/session.py:1: no chapter shows cell `one`
...
"#]],
    );
}
