//! Sentences about questions.

use std::path::Path;

use verify::{Place, Problem, Tag};

pub(crate) fn unknown_question(place: Place, path: &Path, name: &str, known: &[&str]) -> Problem {
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Problem::at(place, format!("expected a question of {}, found `{name}`", path.display()))
        .note(format!("questions there are: {known}"))
        .help(format!("name one of them, or add a [[question]] with `name = \"{name}\"`"))
}

pub(crate) fn bad_question_name(place: Place, name: &str) -> Problem {
    let what = format!("expected a name of small letters, digits and `_`, found `{name}`");
    Problem::at(place, what).help("a name begins with a letter: `item_of_both`")
}

pub(crate) fn twin_questions(place: Place, name: &str, first: usize) -> Problem {
    bad(place, name, &format!("one of that name, found another at line {first}"))
        .help("give one of the two another name")
}

pub(crate) fn question_without_answer(place: Place, name: &str, found: &[&str]) -> Problem {
    let wanted = "one of `answer`, `line` and [[question.row]]";
    bad(place, name, &format!("{wanted}, found {}", listed(found)))
        .help("name the expression, or the line of what its cell printed, that is the answer")
}

pub(crate) fn line_without_cell(place: Place, name: &str) -> Problem {
    bad(place, name, "`cell`, which prints the `line`, found none")
        .help("add `cell = \"…\"`, or ask for an expression")
}

pub(crate) fn line_of_varying(place: Place, name: &str, cell: &str) -> Problem {
    let what = format!("a cell that prints the same on each run, found `{cell}`, which varies");
    bad(place, name, &what).help("ask for a line of another cell, or for an expression")
}

pub(crate) fn no_such_line(place: Place, name: &str, line: isize, cell: &str, on: Tag) -> Problem {
    bad(place, name, &format!("a line {line} of what `{cell}` printed, found none"))
        .help("lines count from 1, or from -1 at the end")
        .on(on)
}

pub(crate) fn table_with_choices(place: Place, name: &str, found: &[&str]) -> Problem {
    bad(place, name, &format!("nothing but rows in a table, found {}", listed(found)))
        .help("each [[question.row]] has its own `label`, `answer` and `why`")
}

pub(crate) fn question_without_why(place: Place, name: &str) -> Problem {
    bad(place, name, "`why` of its answer, found none").help("say why in one or two sentences")
}

pub(crate) fn says_nothing(place: Place) -> Problem {
    Problem::at(place, "expected a sentence, found none").help("write one, or take the key out")
}

pub(crate) fn wrong_of_nothing(place: Place, name: &str, found: &[&str]) -> Problem {
    let what = format!("one of `is` and `text` in a wrong choice, found {}", listed(found));
    bad(place, name, &what).help("`is` names an expression, `text` a misconception")
}

pub(crate) fn too_few_choices(place: Place, name: &str, found: usize) -> Problem {
    let what = format!("two choices at least that are wrong somewhere, found {found}");
    bad(place, name, &what).help("add a [[question.wrong]], or let the reader type: `typed = true`")
}

pub(crate) fn otherwise_not_recorded(place: Place, name: &str, on: Tag) -> Problem {
    bad(place, name, &format!("an answer recorded on CPython {on}, found none"))
        .help("`on` is a tag that gave the answer which the row explains")
}

pub(crate) fn otherwise_is_the_same(place: Place, name: &str, on: Tag, text: &str) -> Problem {
    let what = format!("another answer on CPython {on} than on the newest release, found `{text}`");
    bad(place, name, &what).help("take the row out: the question's own `why` is about this answer")
}

pub(crate) fn otherwise_twice(place: Place, name: &str, text: &str, first: usize) -> Problem {
    let what = format!("one row for the answer `{text}`, found another at line {first}");
    bad(place, name, &what).help("take one of the two out")
}

pub(crate) fn answer_without_why(place: Place, name: &str, text: &str, on: Tag) -> Problem {
    bad(place, name, &format!("a [[question.otherwise]] about the answer `{text}`, found none"))
        .help(format!("add one with `on = \"{on}\"` and `why`"))
}

/// Two of the choices are right: the answer, at line `right`, and the choice of line `wrong`.
pub(crate) fn two_right(
    place: Place,
    name: &str,
    text: &str,
    right: usize,
    wrong: usize,
    on: Tag,
) -> Problem {
    let what = format!(
        "one right choice, found two: the answer (line {right}) and the wrong choice of line \
         {wrong} are both `{text}`"
    );
    bad(place, name, &what).help("a wrong choice is another text than the answer everywhere").on(on)
}

pub(crate) fn choices_alike(
    place: Place,
    name: &str,
    text: &str,
    [one, other]: [usize; 2],
    on: Tag,
) -> Problem {
    let what = format!(
        "choices that differ, found `{text}` twice: by the rows of lines {one} and {other}"
    );
    bad(place, name, &what).help("take one of the two out").on(on)
}

pub(crate) fn question_not_asked(place: Place, topic: &str, name: &str) -> Problem {
    bad(place, name, "a chapter that asks it, found none")
        .help(format!("put `{{{{#predict {topic}:{name}}}}}` in book/{topic}.md"))
}

pub(crate) fn question_asked_twice(place: Place, name: &str, first: &Place) -> Problem {
    bad(place, name, &format!("one place that asks it, found another at {first}"))
        .help("a later chapter asks it once more by `{{#again …}}`")
}

pub(crate) fn not_asked_before(place: Place, topic: &str, name: &str) -> Problem {
    bad(place, name, "a chapter before this one that asks it, found none")
        .help(format!("`{{{{#predict {topic}:{name}}}}}` asks it first"))
}

pub(crate) fn asked_again_twice(place: Place, name: &str) -> Problem {
    bad(place, name, "one place in a chapter that asks it again, found another above")
        .help("take one of the two out")
}

/// `shown` is the directive at line `line` that shows the answer.
pub(crate) fn answer_above(place: Place, name: &str, shown: &str, line: usize) -> Problem {
    bad(place, name, &format!("its answer nowhere above it, found `{shown}` at line {line}")).help(
        "ask before you show: a question shows its cell and, once answered, what that printed",
    )
}

/// `found` is the next directive, if there is one.
pub(crate) fn not_answered(place: Place, found: Option<&str>) -> Problem {
    let found = found.map_or("none".to_owned(), |found| format!("`{found}`"));
    Problem::at(
        place,
        format!(
            "expected `{{{{#answered}}}}` as the next directive after the question, found {found}"
        ),
    )
    .help("between them stands what explains the answer: text, and values at most")
}

pub(crate) fn answers_nothing(place: Place) -> Problem {
    Problem::at(place, "expected a question above this `{{#answered}}`, found none")
        .help("`{{#predict tuple:name}}` begins what `{{#answered}}` ends")
}

pub(crate) fn explains_nothing(place: Place) -> Problem {
    Problem::at(place, "expected text that explains the answer up to `{{#answered}}`, found none")
        .help("write a paragraph between them; it stays closed until the reader has answered")
}

pub(crate) fn not_text(place: Place, found: &str) -> Problem {
    Problem::at(
        place,
        format!("expected nothing but text before `{{{{#answered}}}}`, found {found}"),
    )
    .help("end what explains the answer before it")
}

/// The answer of a question is another one in this run than in the record.
pub(crate) fn answer_moved(place: Place, name: &str, was: &str, is: &str, on: Tag) -> Problem {
    let (was, is) = (was.replace('\n', ", "), is.replace('\n', ", "));
    bad(place, name, &format!("the answer `{was}`, found `{is}`"))
        .help("its `why` is about the answer that is recorded")
        .on(on)
}

/// What `regen` says of the same; `tags` are those on which the answer moved.
pub(crate) fn answer_moves(place: &Place, name: &str, was: &str, is: &str, tags: &str) -> String {
    let (was, is) = (was.replace('\n', ", "), is.replace('\n', ", "));
    format!("  question `{name}` at {place}: the answer moved on {tags}: {was} → {is}")
}

fn bad(place: Place, name: &str, expected_found: &str) -> Problem {
    Problem::at(place, format!("question `{name}`: expected {expected_found}"))
}

fn listed(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    if keys.is_empty() { "none".to_owned() } else { keys.join(" and ") }
}
