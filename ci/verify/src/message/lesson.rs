//! Sentences about lessons.

use crate::problem::{Place, Problem};

/// No lesson is on `topic`.
pub fn unknown_lesson(place: Option<Place>, topic: &str, topics: &[String]) -> Problem {
    Problem { place, ..Problem::new(format!("no lesson `{topic}`")) }
        .note(format!("lessons there are: {}", topics.join(", ")))
        .help(format!("to start it, `cargo course new {topic}`"))
}

pub(crate) fn code_before_first_cell(place: Place) -> Problem {
    Problem::at(place, "code before the first cell")
        .note("only comments and one docstring may stand there")
        .help("put `# %% <name>` on a line of its own above it")
}

pub(crate) fn no_cell(place: Place) -> Problem {
    Problem::at(place, "no cell")
        .help("a cell starts with a line `# %% <name>`, such as `# %% reverse`")
}

pub(crate) fn two_cells_of_one_name(place: Place, name: &str, first: usize) -> Problem {
    Problem::at(place, format!("a second cell is named `{name}`"))
        .note(format!("the first is at line {first}"))
        .help("give it another name")
}

pub(crate) fn cell_without_name(place: Place) -> Problem {
    Problem::at(place, "a cell with no name").help("write `# %% <name>`, such as `# %% reverse`")
}

pub(crate) fn cell_badly_named(place: Place, name: &str) -> Problem {
    if name.is_empty() {
        return cell_without_name(place);
    }
    Problem::at(place, format!("`{name}` cannot name a cell"))
        .note("a name is a small letter, then small letters, digits and _")
}

pub(crate) fn key_without_quotes(place: Place, text: &str) -> Problem {
    Problem::at(place, format!("a key is written key=\"value\", with quotes, not `{text}`"))
        .note("without quotes Jupytext reads 3.10 as the number 3.1")
}

pub(crate) fn key_twice(place: Place, key: &str) -> Problem {
    Problem::at(place, format!("key `{key}` stands there twice")).help("keep one of the two")
}

pub(crate) fn bad_value(place: Place, key: &str, value: &str, why: &str) -> Problem {
    Problem::at(place, format!("`{key}=\"{value}\"` cannot be")).note(why)
}

pub(crate) fn unknown_key(place: Place, key: &str, why: &str) -> Problem {
    Problem::at(place, format!("unknown key `{key}`")).note(why)
}

pub(crate) fn runs_nowhere(place: Place) -> Problem {
    Problem::at(place, "no CPython runs this cell: its keys leave none")
        .help("mend since, until, on and not_on")
}

pub(crate) fn raises_and_crashes(place: Place) -> Problem {
    Problem::at(place, "a cell cannot both raise and crash").help("keep one of the two keys")
}
