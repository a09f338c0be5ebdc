//! A link to an edge case leads to one that the page gathers.

use std::collections::BTreeSet;

use verify::{Place, Problems};

use crate::message;
use crate::read::book::Book;
use crate::read::chapter::Chapter;
use crate::read::kind::Kind;
use crate::read::markdown::{self, line_of};

/// What begins the name of an edge case on a page.
const EDGE: &str = "edge-";

/// The links of all chapters to edge cases that are not there.
pub(crate) fn check(book: &Book) -> Problems {
    let mut problems = Problems::new();
    for chapter in &book.chapters {
        for link in markdown::parts(&chapter.text).links {
            let Some((file, anchor)) = link.target.split_once('#') else { continue };
            let Some(name) = anchor.strip_prefix(EDGE) else { continue };
            let leads_to = |other: &&Chapter| match file {
                "" => other.path == chapter.path,
                file => other.path.ends_with(file),
            };
            let known = book.chapters.iter().find(leads_to).map(|to| gathered(book, to));
            let known = known.unwrap_or_default();
            if !known.contains(name) {
                let place = Place::line(&chapter.path, line_of(&chapter.text, link.at));
                problems.push(message::no_such_edge(place, &link.target, &known));
            }
        }
    }
    problems
}

/// The edge cases that `chapter` gathers.
fn gathered<'a>(book: &'a Book, chapter: &Chapter) -> BTreeSet<&'a str> {
    let lessons = chapter.directives.iter().filter_map(|it| match &it.kind {
        Kind::Edges { topic } => book.lessons.by_topic.get(topic),
        _ => None,
    });
    let cells = lessons.flat_map(|data| &data.lesson.session.cells);
    cells.filter(|cell| cell.edge).map(|cell| cell.name.as_str()).collect()
}
