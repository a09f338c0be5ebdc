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
    let known = "`solid`, `dashed` or `rankdir=LR`, which is all that is said of a whole picture";
    bad_picture(place, format!("expected {known}, found `{name}={value}`"))
}

pub(crate) fn part_in_part(place: Place, title: &str) -> Problem {
    bad_picture(place, format!("expected a part beside other parts, found `{title}` in one"))
}

pub(crate) fn arrow_out_of_part(place: Place, from: &str, to: &str) -> Problem {
    let what = format!("expected an arrow within one part, found `{from} -> {to}` between two");
    bad_picture(place, what)
}

pub(crate) fn bad_style(place: Place, style: &str) -> Problem {
    bad_picture(place, format!("expected an arrow's style, solid or dashed, found `{style}`"))
}

pub(crate) fn bad_shape(place: Place, shape: &str) -> Problem {
    let known = "the shape box or record, of an object, or ellipse, of a holder";
    bad_picture(place, format!("expected {known}, found `{shape}`"))
}

pub(crate) fn bad_node_style(place: Place, shape: &str, style: &str) -> Problem {
    let known = "no style, or the style dotted of an ellipse, a holder that is gone";
    bad_picture(place, format!("expected {known}, found `{style}` of a {shape}"))
}

/// `found` is what stands in the label instead.
pub(crate) fn bad_slots(place: Place, name: &str, found: &str) -> Problem {
    let what = "expected a label and slots, such as `tuple|'value0'|<item>`";
    bad_picture(place, format!("`{name}`: {what}, found {found}"))
}

pub(crate) fn unknown_slot(place: Place, node: &str, slot: &str, known: &[&str]) -> Problem {
    let problem =
        bad_picture(place, format!("`{node}`: expected the name of a slot, found `{slot}`"));
    match known {
        [] => problem.note("it has no slot with a name"),
        known => problem.note(format!("slots with a name are: {}", known.join(", "))),
    }
}

pub(crate) fn unused_slot(place: Place, node: &str, slot: &str) -> Problem {
    let what = format!("`{node}`: expected an arrow that starts in slot `{slot}`, found none");
    bad_picture(place, what).help(format!("such as `{node}:{slot} -> item`"))
}

pub(crate) fn arrow_into_slot(place: Place) -> Problem {
    bad_picture(place, "expected an arrow that ends at an object, found one that ends at a slot")
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

pub(crate) fn immortal_without_count(place: Place, name: &str) -> Problem {
    bad_picture(place, format!("`{name}`: expected a count beside `immortal`, found none"))
}

pub(crate) fn no_tag(place: Place, name: &str, found: &str) -> Problem {
    bad_picture(place, format!("`{name}`: expected tags in `immortal`, such as 3.14t: {found}"))
}

pub(crate) fn bad_selection(place: Place, key: &str, takes: &str, found: &str) -> Problem {
    bad_picture(place, format!("`{key}`: expected {takes}, found `{found}`"))
}

fn bad_picture(place: Place, what: impl Into<String>) -> Problem {
    Problem::at(place, what)
        .help("such as `item [shape=box, count=\"after\"]` and `name -> item [style=dashed]`")
}

pub(crate) fn counts_nothing(place: Place) -> Problem {
    Problem::at(place, "expected a box with a count, found none: nothing can be compared")
        .help("give one box `count=\"after - before\"`, an expression of the lesson's session")
}

/// A box is said to be immortal on a tag on which its count is not recorded.
pub(crate) fn immortal_not_recorded(place: Place, expression: &str, tag: Tag) -> Problem {
    let what = format!("`{expression}`: expected it recorded on CPython {tag}, found none");
    Problem::at(place, what).help("name in `immortal` only tags on which it is recorded")
}

pub(crate) fn not_immortal(place: Place, name: &str, expression: &str, counted: &str) -> Problem {
    let what = "expected the count of an immortal, as `immortal` says";
    Problem::at(place, format!("`{name}`: {what}, found {counted} in `{expression}`"))
        .help("leave out of `immortal` the tags on which the count is that of its owners")
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
    .help(
        "draw an arrow for each owner; give one that is not on every CPython `since`, `until`, \
         `on` or `not_on`, and an object without a count of owners `immortal=\"3.14t\"`",
    )
}
