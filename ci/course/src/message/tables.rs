//! Sentences about tables.

use std::path::Path;

use verify::{Place, Problem, Tag};

pub(crate) fn bad_table(place: Place, why: &str, form: &str) -> Problem {
    Problem::at(place, why.trim().replace('\n', " ")).help(form)
}

pub(crate) fn bad_bug(place: Place, what: &str) -> Problem {
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

pub(crate) fn bad_entry(place: Place, what: &str) -> Problem {
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
