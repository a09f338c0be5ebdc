//! Sentences about tables.

use std::path::Path;

use verify::{Place, Problem, Tag};

pub(crate) fn bad_table(place: Place, why: &str, form: &str) -> Problem {
    Problem::at(place, why.trim().replace('\n', " ")).help(form)
}

pub(crate) fn bad_number_of_bug(place: Place, number: &str) -> Problem {
    bad_bug(place, format!("expected a number such as `B2`, found `{number}`"))
}

/// `wanted` is the key that a verdict calls for, `found` those that there are.
pub(crate) fn bad_evidence(place: Place, wanted: &str, found: &[&str]) -> Problem {
    let found: Vec<String> = found.iter().map(|key| format!("`{key}`")).collect();
    let found = if found.is_empty() { "none".to_owned() } else { found.join(" and ") };
    bad_bug(place, format!("expected `{wanted}`, as its verdict has, found {found}")).note(
        "refused has a `case`, harmless a `proof`, still yours a `why`; a bug that is only told \
         has a `why`",
    )
}

pub(crate) fn forbids_nothing(place: Place) -> Problem {
    bad_bug(
        place,
        "expected a case that Rust forbids, found E0133, which only asks for the word `unsafe`: \
         it is still yours",
    )
}

pub(crate) fn measures_nothing(place: Place) -> Problem {
    bad_bug(place, "expected `wrong`, the function that it measures, found none")
}

pub(crate) fn bug_without_damage(place: Place) -> Problem {
    bad_bug(
        place,
        "expected `damage`, or a cell that ends in an exception or a signal, found neither",
    )
}

pub(crate) fn damages_nothing(place: Place) -> Problem {
    bad_bug(place, "expected a damage, found 0 on every CPython")
}

pub(crate) fn proves_nothing(place: Place, proof: &str) -> Problem {
    bad_bug(place, format!("expected a proof that is 0, found {proof}"))
}

fn bad_bug(place: Place, what: impl Into<String>) -> Problem {
    Problem::at(place, what).help("mend the row, or the lesson that it speaks of")
}

pub(crate) fn bug_without_row(place: Place, wrong: &str) -> Problem {
    Problem::at(place, format!("expected a row for `{wrong}` of src/wrong.rs, found none"))
        .help(format!("add a [[bug]] with `wrong = \"{wrong}\"`"))
}

pub(crate) fn bug_not_shown(place: Place, topic: &str, wrong: &str) -> Problem {
    Problem::at(
        place,
        format!("`{wrong}`: expected a chapter that shows its difference, found none"),
    )
    .help(format!("put `{{{{#diff {topic}:{wrong}}}}}` in book/{topic}.md"))
}

pub(crate) fn bugs_left_out(place: Place, numbers: &[String]) -> Problem {
    Problem::at(
        place,
        format!("expected a row in some clinic.toml for {}, found none", numbers.join(", ")),
    )
    .help("each number up to the highest has a row in some lesson")
}

pub(crate) fn no_notebook(place: Place, path: &Path) -> Problem {
    Problem::at(place, format!("expected a table {}, found none", path.display()))
        .help("it stands beside the chapter, with a [[cell]] for each cell of the notebook")
}

pub(crate) fn cells_left_out(place: Place, cells: usize) -> Problem {
    Problem::at(place, format!("expected cells numbered from 1 to {cells}, found others"))
        .help("each cell of the notebook has its entry, in order; `cells` says how many there are")
}

pub(crate) fn unknown_bug(place: Place, bug: &str) -> Problem {
    bad_entry(place, format!("expected a bug of some lesson's clinic.toml, found `{bug}`"))
}

pub(crate) fn uneven_numbers(place: Place, printed: usize, today: usize) -> Problem {
    bad_entry(
        place,
        format!(
            "expected as many expressions in `today` as `printed` has, {printed}, found {today}"
        ),
    )
}

pub(crate) fn entry_without_why(place: Place) -> Problem {
    bad_entry(place, "expected `why` of a number that is another one, or was wrong, found none")
}

pub(crate) fn entry_without_numbers(place: Place) -> Problem {
    bad_entry(place, "expected numbers of what is `same` or `different`, found none")
}

pub(crate) fn entry_with_numbers(place: Place) -> Problem {
    bad_entry(place, "expected no number of what is `right`, found some")
}

pub(crate) fn another_number(
    place: Place,
    expression: &str,
    printed: &str,
    today: &str,
    on: Tag,
) -> Problem {
    bad_entry(place, format!("`{expression}`: expected {printed}, found {today}")).on(on)
}

pub(crate) fn still_the_same(place: Place) -> Problem {
    bad_entry(place, "expected another number on some CPython, found the same on every one")
}

fn bad_entry(place: Place, what: impl Into<String>) -> Problem {
    Problem::at(place, what).help("mend the entry: the records have what is true today")
}

pub(crate) fn no_value_on(
    place: Place,
    topic: &str,
    expression: &str,
    on: Tag,
    tags: &[Tag],
) -> Problem {
    let tags: Vec<String> = tags.iter().map(Tag::to_string).collect();
    Problem::at(place, format!("`{expression}`: expected it recorded on CPython {on}, found none"))
        .note(format!("recorded on: {}", tags.join(", ")))
        .help(format!("`cargo course regen {topic} --python {on}`, or another `on=`"))
}

pub(crate) fn not_recorded(place: Place, topic: &str) -> Problem {
    Problem::at(place, format!("lesson `{topic}`: expected a record, found none"))
        .help(format!("`cargo course regen {topic}`"))
}
