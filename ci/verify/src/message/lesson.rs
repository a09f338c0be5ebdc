//! Sentences about lessons.

use crate::cpython::{Tag, supported, tag};
use crate::problem::{Place, Problem};

/// No lesson is on `topic`.
pub fn unknown_lesson(place: Option<Place>, topic: &str, topics: &[String]) -> Problem {
    Problem { place, ..Problem::new(format!("expected a lesson, found `{topic}`")) }
        .note(format!("lessons there are: {}", topics.join(", ")))
        .help(format!("to start it, `cargo course new {topic}`"))
}

pub(crate) fn stray_folder(place: Place) -> Problem {
    let path = place.path.display().to_string();
    Problem::at(place, "expected a lesson, found a folder without Cargo.toml").help(format!(
        "if nothing in it is yours, `rm -r {path}`; else move it out of lessons/, or bring the \
         lesson's other files back"
    ))
}

pub(crate) fn code_before_first_cell(place: Place) -> Problem {
    Problem::at(place, "expected the first cell, found code above it")
        .note("only comments and one docstring may stand there")
        .help("put `# %% <name>` on a line of its own above it")
}

pub(crate) fn no_cell(place: Place) -> Problem {
    Problem::at(place, "expected a cell, found none")
        .help("a cell starts with a line `# %% <name>`, such as `# %% reverse`")
}

pub(crate) fn two_cells_of_one_name(place: Place, name: &str, first: usize) -> Problem {
    Problem::at(place, format!("expected a name of its own, found a second cell `{name}`"))
        .note(format!("the first is at line {first}"))
        .help("give it another name")
}

pub(crate) fn cell_without_name(place: Place) -> Problem {
    Problem::at(place, "expected a cell's name after `# %%`, found none")
        .help("write `# %% <name>`, such as `# %% reverse`")
}

pub(crate) fn cell_badly_named(place: Place, name: &str) -> Problem {
    if name.is_empty() {
        return cell_without_name(place);
    }
    Problem::at(place, format!("expected a cell's name, found `{name}`"))
        .help("a name is a small letter, then small letters, digits and _")
}

pub(crate) fn key_without_quotes(place: Place, text: &str) -> Problem {
    Problem::at(place, format!("expected key=\"value\" with quotes, found `{text}`"))
        .note("without quotes Jupytext reads 3.10 as the number 3.1")
}

pub(crate) fn key_twice(place: Place, key: &str) -> Problem {
    Problem::at(place, format!("key `{key}`: expected once, found twice"))
        .help("keep one of the two")
}

pub(crate) fn bad_value(place: Place, key: &str, value: &str, takes: &str) -> Problem {
    Problem::at(place, format!("key `{key}`: expected {takes}, found \"{value}\""))
}

pub(crate) fn unknown_key(place: Place, key: &str, known: &[&str]) -> Problem {
    Problem::at(place, format!("expected a key of a cell, found `{key}`"))
        .note(format!("keys there are: {}", known.join(", ")))
        .help("write one of them, or take it off the marker")
}

pub(crate) fn takes_a_class() -> String {
    "an exception's class, such as \"TypeError\"".to_owned()
}

pub(crate) fn takes_a_version() -> String {
    "a version of CPython as major.minor, such as \"3.12\"".to_owned()
}

pub(crate) fn takes_few_words(most: usize) -> String {
    format!("a reason in at most {most} words, such as \"needs threads\"")
}

pub(crate) fn takes_commands() -> String {
    "the names of commands, such as \"gdb\"".to_owned()
}

pub(crate) fn takes_packages(pinned: &[&str]) -> String {
    let pinned = if pinned.is_empty() { "none".to_owned() } else { pinned.join(", ") };
    format!("the names of packages that {PACKAGES} pins ({pinned})")
}

pub(crate) fn package_not_named(place: Place, cell: &str, package: &str) -> Problem {
    Problem::at(place, format!("cell `{cell}` imports the package {package}, and does not say so"))
        .help(format!("say so on its marker: packages=\"{package}\""))
}

/// Where a cell runs that imports `package`, of which there is no wheel for `lacking`.
pub(crate) fn with_package(package: &str, lacking: &[Tag]) -> String {
    let (native, other): (Vec<Tag>, Vec<Tag>) =
        lacking.iter().partition(|tag| tag.build.is_native());
    let mut places = Vec::new();
    if !native.is_empty() {
        places.push(format!("CPython {}", tag::ranges(&native, supported())));
    }
    if !other.is_empty() {
        places.push("the browser".to_owned());
    }
    match places.is_empty() {
        true => format!("with {package}"),
        false => format!("with {package}, which has no build for {}", places.join(" and ")),
    }
}

/// Where packages are pinned.
pub(super) const PACKAGES: &str = "lessons/packages.toml";

pub(crate) fn takes_some_of(words: &[&str]) -> String {
    format!("some of {}, with a space between", words.join(", "))
}

pub(crate) fn takes_one_of(words: &[&str]) -> String {
    match words {
        [word] => format!("\"{word}\""),
        words => format!("one of {}", words.join(", ")),
    }
}

pub(crate) fn runs_nowhere(place: Place) -> Problem {
    Problem::at(place, "expected a CPython to run this cell, found that its keys leave none")
        .help("mend since, until, on and not_on")
}

pub(crate) fn raises_and_crashes(place: Place) -> Problem {
    Problem::at(place, "expected one of `raises` and `crashes`, found both")
        .help("keep one of the two keys")
}
