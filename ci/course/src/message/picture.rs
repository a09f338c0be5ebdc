//! Sentences about pictures.

use std::path::Path;

use verify::{Place, Problem, Tag};

pub(crate) fn no_picture(place: Place, path: &Path) -> Problem {
    Problem::at(place, format!("expected a picture {}, found none", path.display()))
        .help("a picture is a DOT file of that name, beside the chapter")
}

pub(crate) fn no_digraph(place: Place) -> Problem {
    bad_picture(place, "expected `digraph \"one sentence\" {`, found another start of a picture")
}

pub(crate) fn picture_goes_on(place: Place) -> Problem {
    bad_picture(place, "expected the picture to end at its `}`, found more")
}

pub(crate) fn picture_breaks_off(place: Place) -> Problem {
    bad_picture(place, "expected the rest of the picture, found the end of the file")
}

pub(crate) fn not_dot(place: Place) -> Problem {
    bad_picture(place, "expected DOT, found what is none")
}

/// `wanted` is a noun: a value, the node that an arrow leads to.
pub(crate) fn not_in_picture(place: Place, wanted: &str) -> Problem {
    bad_picture(place, format!("expected {wanted}, found something else"))
}

pub(crate) fn said_of_picture(place: Place, name: &str, value: &str) -> Problem {
    let known = "`rankdir=LR`, which is all that is said of a whole picture";
    bad_picture(place, format!("expected {known}, found `{name}={value}`"))
}

pub(crate) fn bad_style(place: Place, style: &str) -> Problem {
    bad_picture(place, format!("expected an arrow's style, solid or dashed, found `{style}`"))
}

pub(crate) fn bad_shape(place: Place, shape: &str) -> Problem {
    let known = "the shape box, of an object, or ellipse, of a holder";
    bad_picture(place, format!("expected {known}, found `{shape}`"))
}

pub(crate) fn unknown_attribute(place: Place, name: &str, known: &str) -> Problem {
    bad_picture(place, format!("expected {known}, found `{name}`"))
}

pub(crate) fn node_twice(place: Place, name: &str) -> Problem {
    bad_picture(place, format!("expected a node of another name, found `{name}` a second time"))
}

pub(crate) fn unknown_node(place: Place, name: &str, known: &[&str]) -> Problem {
    bad_picture(place, format!("expected a node that stands above the arrow, found `{name}`"))
        .note(format!("nodes there are: {}", known.join(", ")))
}

pub(crate) fn count_of_holder(place: Place, name: &str) -> Problem {
    bad_picture(place, format!("`{name}`: expected a count of a box, found one of an ellipse"))
}

pub(crate) fn on_without_count(place: Place, name: &str) -> Problem {
    bad_picture(place, format!("`{name}`: expected a count beside `on`, found none"))
}

pub(crate) fn on_no_tag(place: Place, name: &str, on: &str) -> Problem {
    bad_picture(place, format!("`{name}`: expected a tag in `on`, such as 3.14t, found `{on}`"))
}

fn bad_picture(place: Place, what: impl Into<String>) -> Problem {
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
