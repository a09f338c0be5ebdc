//! Sentences about pictures.

use std::path::Path;

use verify::{Place, Problem, Tag};

pub(crate) fn no_picture(place: Place, path: &Path) -> Problem {
    Problem::at(place, format!("expected a picture {}, found none", path.display()))
        .help("a picture is a DOT file of that name, beside the chapter")
}

pub(crate) fn bad_picture(place: Place, what: &str) -> Problem {
    Problem::at(place, what)
        .help("such as `item [shape=box, count=\"after\"]` and `name -> item [style=dashed]`")
}

pub(crate) fn counts_nothing(place: Place) -> Problem {
    Problem::at(place, "expected a box with a count, found none: nothing can be compared")
        .help("give one box `count=\"after - before\"`, an expression of the lesson's session")
}

pub(crate) fn picture_not_recorded(place: Place, expression: &str, on: Tag) -> Problem {
    Problem::at(place, format!("`{expression}`: expected it recorded on CPython {on}, found none"))
        .help("name another tag in `on`, or leave it out for all")
}

pub(crate) fn miscounted(
    place: Place,
    name: &str,
    drawn: usize,
    expression: &str,
    counted: &str,
) -> Problem {
    Problem::at(
        place,
        format!("`{name}`: expected {counted} solid arrows, as `{expression}` says, found {drawn}"),
    )
    .help("draw an arrow for each owner; say `on=\"3.14\"` where it holds on one tag only")
}
