//! Sentences about the ways through the book, and about its map.

use verify::{Place, Problem};

pub(crate) fn no_routes(place: Place) -> Problem {
    Problem::at(place, "expected routes in routes.toml, beside SUMMARY.md, found none")
        .help("write a [[route]] with name, title, says and chapters, or take the directive out")
}

pub(crate) fn route_to_nowhere(place: Place, name: &str, known: &[&str]) -> Problem {
    Problem::at(place, format!("expected a chapter, found `{name}`"))
        .note(format!("chapters with a number: {}", known.join(", ")))
        .help("name the file as SUMMARY.md does, with its `.md`")
}

pub(crate) fn route_in_a_circle(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("expected each chapter once, found `{name}` again"))
        .help("a route passes a chapter once: take one of the two out")
}

pub(crate) fn empty_route(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("expected chapters on route `{name}`, found none"))
        .help("name them, or take the route out")
}

pub(crate) fn bad_route_name(place: Place, name: &str) -> Problem {
    Problem::at(
        place,
        format!("expected a name of small letters, such as `numerics`, found `{name}`"),
    )
    .help("a browser keeps the route by its name, which no reader sees")
}

pub(crate) fn twin_routes(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("expected routes of different names, found `{name}` again"))
        .help("rename one of them")
}

pub(crate) fn no_such_part(place: Place, title: &str, known: &[String]) -> Problem {
    Problem::at(place, format!("expected a part of the book, once, found `{title}`"))
        .note(format!("parts of SUMMARY.md: {}", known.join(", ")))
        .help("name the part as SUMMARY.md does")
}

pub(crate) fn part_left_out(place: Place, title: &str) -> Problem {
    Problem::at(place, format!("expected a row for the part `{title}`, found none"))
        .help("write a [[part]] with title and says")
}

pub(crate) fn tally_of_no_number(place: Place, expression: &str, found: &str) -> Problem {
    Problem::at(place, format!("`{expression}`: expected a whole number, found `{found}`"))
        .help("a tally counts references: by how many they are too many or too few")
}

pub(crate) fn tally_of_two_minds(place: Place, expression: &str) -> Problem {
    Problem::at(
        place,
        format!("`{expression}`: expected one verdict on every CPython, found different ones"),
    )
    .help("take an object that is counted on every CPython, such as a fresh `object()`")
}
