//! Sentences about prose, code and links.

use verify::{Place, Problem};

pub(crate) fn typed_number(place: Place, number: &str) -> Problem {
    Problem::at(place, format!("expected a number that comes from a run, found `{number}` typed"))
        .help(
            "bind it, `{{#value tuple: after - before}}`, or say on its line `<!-- typed: why -->`",
        )
}

pub(crate) fn typed_without_why(place: Place) -> Problem {
    Problem::at(place, "expected a reason, found `<!-- typed: -->` without one")
}

pub(crate) fn typed_covers_nothing(place: Place) -> Problem {
    Problem::at(place, "expected a typed number on the line of `<!-- typed: … -->`, found none")
        .help("remove it, or put it on the number's line")
}

const FENCES: &str = "a chapter types plain Rust (```rust) and commands (```console); \
                      whatever touches Python lives in a lesson, and is shown by a directive";

pub(crate) fn other_fence(place: Place, info: Option<&str>) -> Problem {
    let what = match info {
        None => "an indented block of code".to_owned(),
        Some("") => "a fence without a language".to_owned(),
        Some(info) => format!("a fence of `{info}`"),
    };
    Problem::at(place, format!("expected ```rust or ```console, found {what}")).note(FENCES)
}

pub(crate) fn rust_fence_with_words(place: Place, info: &str) -> Problem {
    Problem::at(
        place,
        format!("expected ```rust alone, found `{info}`: with more words skeptic may skip it, and still pass"),
    )
    .help("write ```rust alone")
}

pub(crate) fn snippet_without_main(place: Place) -> Problem {
    Problem::at(place, "expected a whole program, found a snippet without `fn main()`")
        .help("a snippet is a whole program: skeptic compiles and runs it as it stands")
}

pub(crate) fn empty_fence(place: Place) -> Problem {
    Problem::at(place, "expected a program, found an empty fence, which skeptic skips")
}

pub(crate) fn fence_touches_python(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("expected plain Rust, found `{name}`")).note(FENCES)
}

pub(crate) fn console_output(place: Place) -> Problem {
    Problem::at(place, "expected a command, found a line without `$ `")
        .help("start commands with `$ `; output is not typed: it is printed by a cell")
}

pub(crate) fn too_long(place: Place, words: usize, most: usize) -> Problem {
    Problem::at(place, format!("expected at most {most} words of main text, found {words}"))
        .help("cut, move what is not the point into edge cells, or make two chapters of it")
}

pub(crate) fn dead_link(place: Place, target: &str) -> Problem {
    Problem::at(place, format!("expected a file, found a link to `{target}`, which leads to none"))
        .help("links are relative to the chapter that has them")
}
