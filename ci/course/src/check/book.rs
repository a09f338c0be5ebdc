//! What is wrong with the book as a whole, held against the lessons and their records.

use verify::{Place, Problems};

use super::{
    asked, cells_shown, chapter, clinic, edges, links, names, not_here, notebook, picture,
    questions, routes, summary, workspace,
};
use crate::message;
use crate::read::book::Book;
use crate::read::clinic::Clinic;
use crate::read::directive::Directive;
use crate::read::kind::Kind;
use crate::read::lessons::LessonData;

/// Everything wrong with `book` but what is stale.
pub(crate) fn check(book: &Book) -> Problems {
    let mut problems = lesson_names(book);
    let lessons = book.lessons.by_topic.values().map(|data| &data.lesson);
    problems.extend(workspace::check(&book.root, lessons));
    problems.extend(summary::check(&book.summary));
    problems.extend(routes::check(&book.routes, &book.outline));
    problems.extend(chapters(book));
    problems.extend(book.lessons.by_topic.keys().flat_map(|topic| miscounted(book, topic)));
    problems.extend(tables(book));
    problems.extend(dead_links(book));
    problems
}

/// The lessons whose names somebody else has.
fn lesson_names(book: &Book) -> Problems {
    let topics = || book.lessons.by_topic.keys().map(String::as_str);
    let place = |topic: &str| Place::file(book.lessons.by_topic[topic].lesson.folder());
    let taken = topics().filter_map(|topic| {
        names::of_a_lesson(topic).map(|why| message::bad_lesson_name(place(topic), topic, why))
    });
    let twins = names::twins(topics()).into_iter();
    taken.chain(twins.map(|twins| message::twin_lessons(place(twins[0]), &twins))).collect()
}

/// The links that lead nowhere in what the authors of tables say; the book's pages show it.
fn dead_links(book: &Book) -> Problems {
    let folder = book.root.join(&book.summary.path);
    let folder = folder.parent().unwrap_or(&book.root);
    let lessons = book.lessons.by_topic.values();
    let of_lessons = lessons.flat_map(|LessonData { clinic, questions, .. }| {
        [(&clinic.path, &clinic.sentences), (&questions.path, &questions.sentences)]
    });
    let notebooks = book.chapters.iter().filter_map(|chapter| chapter.notebook.as_ref());
    let tables = of_lessons.chain(notebooks.map(|it| (&it.path, &it.sentences)));
    tables.flat_map(|(path, said)| links::of_sentences(path, said, folder)).collect()
}

/// What is wrong with the chapters themselves, and the cells that none of them shows.
fn chapters(book: &Book) -> Problems {
    let mut problems = book.problems.clone();
    problems.extend(book.chapters.iter().flat_map(|read| chapter::check(read, &book.root)));
    problems.extend(cells_shown::unshown(&book.index, &book.lessons));
    problems.extend(asked::check(book));
    problems.extend(book.lessons.by_topic.values().flat_map(questions::problems));
    problems.extend(not_here::check(&book.lessons));
    problems.extend(edges::check(book));
    problems
}

/// What the pictures of the lesson on `topic` count otherwise than its record, or in words of
/// their own.
pub(crate) fn miscounted(book: &Book, topic: &str) -> Problems {
    let data = &book.lessons.by_topic[topic];
    let pictures = book.chapters.iter().filter_map(|chapter| chapter.pictures.get(topic));
    pictures
        .flat_map(|it| {
            [picture::miscounted(it, &data.record), picture::typed(it, &data.lesson.session)]
        })
        .flatten()
        .collect()
}

/// What is wrong with the lessons' bugs, and with the lecture's notebook.
fn tables(book: &Book) -> Problems {
    let by_topic = || book.lessons.by_topic.values();
    let mut problems: Problems =
        by_topic().flat_map(|data| clinic::problems(data).unwrap_or_else(|found| found)).collect();
    for (topic, data) in &book.lessons.by_topic {
        for bug in &data.clinic.bugs {
            let Some(wrong) = &bug.wrong else { continue };
            let diff = Kind::Diff { topic: topic.clone(), function: wrong.clone() };
            if !book.chapters.iter().any(|chapter| chapter.shows(&diff)) {
                let place = data.clinic.place(bug);
                problems.push(message::bug_not_shown(place, topic, wrong));
            }
        }
    }
    let clinics: Vec<&Clinic> = by_topic().map(|data| &data.clinic).collect();
    for chapter in &book.chapters {
        let told = |directive: &&Directive| matches!(directive.kind, Kind::Clinic { .. });
        if let Some(directive) = chapter.directives.iter().find(told) {
            let left_out = clinic::left_out(&clinics);
            if !left_out.is_empty() {
                problems.push(message::bugs_left_out(chapter.place(directive), &left_out));
            }
        }
        let bugs = clinics.iter().flat_map(|clinic| &clinic.bugs);
        let bugs: Vec<&str> = bugs.filter_map(|bug| bug.number.as_deref()).collect();
        let notebook = chapter.notebook.iter();
        problems.extend(
            notebook.flat_map(|notebook| notebook::problems(notebook, &book.lessons, &bugs)),
        );
    }
    problems
}
