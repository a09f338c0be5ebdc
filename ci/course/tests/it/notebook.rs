//! The lecture's notebook, cell by cell, in a table.

use snapbox::str;

use crate::clinic::clinic;
use crate::scratch::Scratch;

const NOTEBOOK: &str = "\
cells = 2

[[cell]]
number = 1
says = \"It counts.\"
lesson = \"probe\"
printed = [\"3\"]
today = [\"lost\"]
verdict = \"same\"

[[cell]]
number = 2
says = \"It counts again.\"
lesson = \"probe\"
printed = [\"5\"]
today = [\"lost\"]
verdict = \"different\"
why = \"Fewer holders.\"
bugs = [\"B1\"]

[[claim]]
says = \"Counting is `easy`.\"
lesson = \"probe\"
verdict = \"was wrong\"
why = \"It is not.\"
";

fn notebook() -> Scratch {
    let course = clinic();
    course.say("{{#notebook cells}}").say("{{#notebook claims}}");
    course.write("book/notebook.toml", NOTEBOOK);
    course
}

#[test]
fn the_notebook_is_told_cell_by_cell() {
    let course = notebook();
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    for piece in [
        "<th scope=\"row\">1</th>\
         <td data-is=\"it shows\">It counts. (<a href=\"probe.html\">Probe</a>)</td>\
         <td data-is=\"it printed\">3</td><td data-is=\"today\"><span class=\"value\">3</span></td>\
         <td data-is=\"verdict\"><span class=\"verdict right\">same</span></td>",
        "different</span> Fewer holders. <a href=\"probe.html#bug-B1\">B1</a>",
        "<th scope=\"row\">Counting is <code>easy</code>. (<a href=\"probe.html\">Probe</a>)</th>\
         <td data-is=\"it printed\"></td><td data-is=\"today\"></td>\
         <td data-is=\"verdict\"><span class=\"verdict wrong\">was wrong</span> It is not.</td>",
    ] {
        assert!(page.contains(piece), "{piece} is not in {page}");
    }
}

#[test]
fn an_entry_that_does_not_hold_is_named_at_its_line() {
    let course = notebook();
    for (old, new, said) in [
        (
            "printed = [\"3\"]",
            "printed = [\"4\"]",
            "3: `lost`: expected 4, found 3 on CPython [TAG]",
        ),
        (
            "printed = [\"5\"]",
            "printed = [\"3\"]",
            "11: expected another number on some CPython, found the same",
        ),
        (
            "printed = [\"5\"]",
            "",
            "11: expected as many expressions in `today` as `printed` has, 0, found 1",
        ),
        ("why = \"Fewer holders.\"\n", "", "11: expected `why` of a number that is another one"),
        (
            "bugs = [\"B1\"]",
            "bugs = [\"B9\"]",
            "11: expected a bug of some lesson's clinic.toml, found `B9`",
        ),
        (
            "lesson = \"probe\"\nverdict",
            "lesson = \"set\"\nverdict",
            "21: expected a lesson, found `set`",
        ),
        (
            "verdict = \"was wrong\"",
            "verdict = \"same\"",
            "21: expected numbers of what is `same` or `different`, found none",
        ),
        ("cells = 2", "cells = 3", "expected cells numbered from 1 to 3, found others"),
        ("number = 2", "number = 1", "expected cells numbered from 1 to 2, found others"),
        (
            "says = \"It counts.\"",
            "says = \"It counts 12.\"",
            "5: expected a number that comes from a run, found `12` typed",
        ),
        (
            "why = \"It is not.\"",
            "why = \"It is 12.\"",
            "25: expected a number that comes from a run, found `12` typed",
        ),
    ] {
        course.write("book/notebook.toml", &NOTEBOOK.replace(old, new));
        course.fails(&["build"], format!("error: [..]{said}[..]\n..."));
    }
    course.write("book/notebook.toml", &NOTEBOOK.replace("says = \"It counts.\"", "sais = \"\""));
    course.fails(
        &["build"],
        str![[r#"
error: book/notebook.toml:5: unknown field `sais`[..]
help: a notebook has `cells`, and for each a [[cell]] with number, says, lesson and verdict, and perhaps printed, today, why and bugs; a [[claim]] has no number

"#]],
    );
}
