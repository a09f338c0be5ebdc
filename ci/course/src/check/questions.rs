//! Every question has one right choice on every CPython, and says why.

use verify::record::text_for;
use verify::{Problem, Problems, Tag};

use super::typed_numbers;
use crate::message;
use crate::read::answer::Choice;
use crate::read::lessons::LessonData;
use crate::read::questions::Question;

/// The questions that have no answer, or two, or leave one unexplained. What is not recorded yet
/// is stale, and no matter of this.
pub(crate) fn problems(data: &LessonData) -> Problems {
    let questions = &data.questions;
    let mut problems = Problems::new();
    for (index, question) in questions.all.iter().enumerate() {
        let twin = questions.all[..index].iter().find(|other| other.name == question.name);
        if let Some(twin) = twin {
            let place = questions.place(question.line);
            problems.push(message::twin_questions(place, &question.name, twin.line));
        }
        match malformed(question, data) {
            Some(problem) => problems.push(problem),
            None => problems.extend(of_the_record(question, data)),
        }
    }
    let blank = questions.sentences.iter().filter(|sentence| sentence.text.trim().is_empty());
    problems.extend(blank.map(|it| message::says_nothing(questions.place(it.line))));
    // A number of the session's own is no more typed than the session is.
    let in_session = |number: &str| data.lesson.session.mentions(number);
    let typed = questions.sentences.iter();
    problems.extend(typed.flat_map(|it| typed_numbers::sentence(&questions.path, it, &in_session)));
    problems
}

/// What is wrong with the rows of `question`, whatever is recorded.
fn malformed(question: &Question, data: &LessonData) -> Option<Problem> {
    let name = &question.name;
    let place = |line| data.questions.place(line);
    let here = || place(question.line);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(fits) {
        return Some(message::bad_question_name(here(), name));
    }
    let keys = keys_of(&[
        ("answer", question.answer.is_some()),
        ("line", question.printed_line.is_some()),
        ("[[question.row]]", !question.row.is_empty()),
    ]);
    if keys.len() != 1 {
        return Some(message::question_without_answer(here(), name, &keys));
    }
    if question.printed_line.is_some() && question.cell.is_none() {
        return Some(message::line_without_cell(here(), name));
    }
    let session = &data.lesson.session;
    if let Some(cell) = &question.cell {
        let Some(found) = session.cell(cell) else {
            let path = data.lesson.session_path();
            return Some(message::unknown_cell(here(), &path, cell, &session.names()));
        };
        if question.printed_line.is_some() && found.varies {
            return Some(message::line_of_varying(here(), name, cell));
        }
    }
    if !question.row.is_empty() {
        let others = keys_of(&[
            ("says", question.says.is_some()),
            ("why", question.why.is_some()),
            ("typed", question.typed),
            ("[[question.otherwise]]", !question.otherwise.is_empty()),
            ("[[question.wrong]]", !question.wrong.is_empty()),
        ]);
        return (!others.is_empty()).then(|| message::table_with_choices(here(), name, &others));
    }
    if question.why.is_none() {
        return Some(message::question_without_why(here(), name));
    }
    for wrong in &question.wrong {
        let keys = keys_of(&[("is", wrong.is.is_some()), ("text", wrong.text.is_some())]);
        if keys.len() != 1 {
            return Some(message::wrong_of_nothing(place(wrong.line), name, &keys));
        }
    }
    let others = question.wrong.len() + question.otherwise.len();
    (!question.typed && others < 2).then(|| message::too_few_choices(here(), name, others))
}

fn keys_of<'a>(keys: &[(&'a str, bool)]) -> Vec<&'a str> {
    keys.iter().filter(|(_, there)| *there).map(|(key, _)| *key).collect()
}

/// What is wrong with the answers and choices that the record has.
fn of_the_record(question: &Question, data: &LessonData) -> Problems {
    let mut problems = Problems::new();
    problems.extend(lines_missing(question, data));
    if question.row.is_empty() {
        problems.extend(unexplained(question, data));
        problems.extend(not_one_right(question, data));
    }
    problems
}

/// The tags on which the cell printed something, but no such line.
fn lines_missing(question: &Question, data: &LessonData) -> Problems {
    let (Some(cell), Some(line)) = (&question.cell, question.printed_line) else {
        return Problems::new();
    };
    let keys = question.keys(&data.record);
    let printed = data.record.cell(cell).map_or(&[][..], |cell| &cell.printed);
    let tags = printed.iter().flat_map(|shared| &shared.tags);
    let missing = tags.filter(|tag| text_for(&keys, **tag).is_none());
    let place = || data.questions.place(question.line);
    missing.map(|tag| message::no_such_line(place(), &question.name, line, cell, *tag)).collect()
}

/// The answers of which no row says why, and the rows that are about none, or about one that
/// another row is about.
fn unexplained(question: &Question, data: &LessonData) -> Problems {
    let name = &question.name;
    let keys = question.keys(&data.record);
    let tags: Vec<Tag> = keys.iter().flat_map(|shared| shared.tags.clone()).collect();
    let Some(newest) = Tag::newest(&tags) else { return Problems::new() };
    let mut problems = Problems::new();
    let mut explained: Vec<(&str, usize)> = Vec::new();
    for row in &question.otherwise {
        let place = data.questions.place(row.line);
        let Some(text) = text_for(&keys, row.on) else {
            problems.push(message::otherwise_not_recorded(place, name, row.on));
            continue;
        };
        if text_for(&keys, newest) == Some(text) {
            problems.push(message::otherwise_is_the_same(place, name, row.on, text));
        } else if let Some((_, first)) = explained.iter().find(|(known, _)| *known == text) {
            problems.push(message::otherwise_twice(place, name, text, *first));
        }
        explained.push((text, row.line));
    }
    for key in keys.iter().filter(|key| !key.tags.contains(&newest)) {
        if !explained.iter().any(|(text, _)| *text == key.text) {
            let place = data.questions.place(question.line);
            problems.push(message::answer_without_why(place, name, &key.text, key.tags[0]));
        }
    }
    problems
}

/// Choices that read the same on some tag: what can be chosen there are the answers of all
/// CPythons, and what each wrong choice is on that one.
fn not_one_right(question: &Question, data: &LessonData) -> Problems {
    let choices = question.choices(&data.record);
    let keys = question.keys(&data.record);
    let tags: Vec<Tag> = keys.iter().flat_map(|shared| shared.tags.clone()).collect();
    let pairs = choices.iter().enumerate();
    let pairs = pairs.flat_map(|(at, one)| choices[at + 1..].iter().map(move |it| (one, it)));
    pairs.flat_map(|(one, other)| alike(question, data, &tags, one, other)).collect()
}

/// What is wrong with two choices that read the same on some of `tags`.
fn alike(
    question: &Question,
    data: &LessonData,
    tags: &[Tag],
    one: &Choice<'_>,
    other: &Choice<'_>,
) -> Problems {
    let (name, place) = (&question.name, || data.questions.place(question.line));
    // An answer, where one of the two is one, is the first.
    let (one, other) = if other.right_on.is_empty() { (one, other) } else { (other, one) };
    let same = tags.iter().filter(|tag| one.on(**tag) == other.on(**tag));
    let same: Vec<(Tag, &str)> = same.map(|tag| (*tag, one.on(*tag).unwrap_or_default())).collect();
    let right = same.iter().filter(|(tag, _)| one.right_on.contains(tag));
    let right: Problems = right
        .map(|(tag, text)| message::two_right(place(), name, text, one.line, other.line, *tag))
        .collect();
    if !right.is_empty() {
        return right;
    }
    let lines = [one.line.min(other.line), one.line.max(other.line)];
    same.iter()
        .map(|(tag, text)| message::choices_alike(place(), name, text, lines, *tag))
        .collect()
}
