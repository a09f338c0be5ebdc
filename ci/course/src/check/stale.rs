//! What the records do not say yet, or say of a lesson as it was.

use verify::compare::Subject;
use verify::record::Stale;
use verify::{Place, Problem, Problems, Tag};

use crate::message;
use crate::read::book::Book;
use crate::read::lessons::LessonData;

/// What is stale, or recorded nowhere.
pub(crate) fn stale(book: &Book) -> Problems {
    let mut problems = Problems::new();
    for (topic, data) in &book.lessons.by_topic {
        if data.record.ran.is_empty() {
            let place = Place::file(data.lesson.record_path());
            problems.push(message::not_recorded(place, topic));
        }
        problems.extend(stale_cases(data));
        let stale = data.stale.iter();
        problems.extend(stale.map(|(tag, stale)| stale_part(book, data, *tag, stale)));
    }
    problems
}

/// One stale part of a column, with the chapter lines that show it.
pub(crate) fn stale_part(book: &Book, data: &LessonData, tag: Tag, stale: &Stale) -> Problem {
    let subject = match stale {
        Stale::Changed | Stale::Runtime(_) => None,
        Stale::Cell(name) => Some(Subject::Cell(name.clone())),
        Stale::Value(expression) => Some(Subject::Value(expression.clone())),
    };
    let topic = &data.lesson.topic;
    let shown = subject.map_or(&[][..], |subject| book.index.places(topic, &subject));
    stale.problem(&data.lesson, tag, shown)
}

/// The cases that must not compile whose words are not recorded, or are about another code.
pub(crate) fn stale_cases(data: &LessonData) -> Problems {
    let recorded = data.record.refused.as_ref().map(|refused| &refused.cases);
    let said = |name: &str| recorded.and_then(|cases| cases.get(name));
    let stale = data
        .cases
        .iter()
        .filter(|case| said(&case.name).is_none_or(|said| said.digest != case.digest));
    let stale = stale.map(|case| Place::file(&case.path));
    let gone = recorded
        .into_iter()
        .flatten()
        .filter(|(name, _)| !data.cases.iter().any(|case| case.name == **name));
    let gone = gone.map(|_| Place::file(data.lesson.record_path()));
    stale
        .chain(gone)
        .map(|place| message::refusal_not_recorded(place, &data.lesson.topic))
        .collect()
}
