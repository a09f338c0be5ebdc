//! The map of the book: its parts, and in them the chapters with their minutes. The page's script
//! marks on it what was read, and the stops of a route.

use std::collections::BTreeSet;
use std::path::Path;

use super::duration::duration;
use super::escape::block;
use super::sentence::linkless;
use super::stop::Stop;
use crate::read::book::Book;

/// A part with more chapters takes the room of two.
const MANY: usize = 6;

/// The map, for the page at `from`.
pub(super) fn map(book: &Book, from: &Path) -> String {
    let all: Vec<Stop<'_>> = stops(book).collect();
    let before: Vec<&Stop<'_>> = all.iter().filter(|stop| stop.page.part.is_none()).collect();
    let mut html = String::from("<div class=\"parts\">");
    if !before.is_empty() {
        html.push_str(&part("", &before, from));
    }
    for (index, title) in book.outline.parts.iter().enumerate() {
        let chapters: Vec<&Stop<'_>> =
            all.iter().filter(|stop| stop.page.part == Some(index)).collect();
        if chapters.is_empty() {
            continue;
        }
        let minutes: usize = chapters.iter().map(|stop| stop.minutes()).sum();
        let says = book.routes.parts.iter().find(|part| part.title == *title);
        let says = says.map(|part| format!("<p>{}</p>", linkless(&part.says))).unwrap_or_default();
        let head = format!(
            "<h3>{} <span class=\"time\">{} · {}</span></h3>{says}",
            block(title),
            roman(index + 1),
            duration(minutes),
        );
        html.push_str(&part(&head, &chapters, from));
    }
    html + "</div>\n"
}

/// How many chapters there are, how long they take, and on how many CPythons they were run.
pub(super) fn facts(book: &Book) -> String {
    let chapters = stops(book).count();
    let minutes: usize = stops(book).map(|stop| stop.minutes()).sum();
    let records = book.lessons.by_topic.values();
    let tags: BTreeSet<_> = records.flat_map(|data| data.record.tags()).collect();
    format!(
        "<p class=\"facts\"><span><b>{chapters}</b> chapters</span> <span><b>{}</b> in all</span> \
         <span>its cells run in this page, on a real CPython</span> \
         <span>checked on <b>{}</b> CPythons</span></p>\n",
        duration(minutes),
        tags.len(),
    )
}

/// `III`: the number of a part.
pub(super) fn roman(number: usize) -> String {
    const DIGITS: [(usize, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number;
    let mut roman = String::new();
    for (value, digit) in DIGITS {
        roman.push_str(&digit.repeat(rest / value));
        rest %= value;
    }
    roman
}

fn stops(book: &Book) -> impl Iterator<Item = Stop<'_>> {
    book.outline.chapters().filter_map(|page| Stop::at(book, page))
}

fn part(head: &str, chapters: &[&Stop<'_>], from: &Path) -> String {
    let large = if chapters.len() > MANY { " large" } else { "" };
    let tiles: String = chapters.iter().map(|stop| tile(stop, from)).collect();
    format!("<section class=\"part{large}\">{head}<ol class=\"tiles\">{tiles}</ol></section>")
}

fn tile(stop: &Stop<'_>, from: &Path) -> String {
    format!(
        "<li><a class=\"tile\" data-page=\"{}\" href=\"{}\"><b>{}</b><span>{}</span>\
         <i>{}</i></a></li>",
        block(&stop.page.key),
        stop.link(from),
        block(stop.page.number.as_deref().unwrap_or_default()),
        stop.title(),
        stop.time().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered_as_their_titles_are_read() {
        let numbers = [(1, "I"), (3, "III"), (4, "IV"), (8, "VIII"), (9, "IX"), (14, "XIV")];
        for (number, expected) in numbers {
            assert_eq!(roman(number), expected);
        }
    }
}
