//! What stands around the Markdown of a chapter's beginning: which chapter it is, how long it
//! takes, what it asks, and its one idea set large.

use std::ops::Range;

use super::duration::duration;
use super::escape::block;
use super::map::roman;
use crate::read::book::Book;
use crate::read::chapter::Chapter;

/// What to put in place of which bytes of `chapter`; nothing for a page beside the chapters.
pub(super) fn edits(book: &Book, chapter: &Chapter) -> Vec<(Range<usize>, String)> {
    let page = book.outline.page(&chapter.path);
    let number = page.and_then(|page| page.number.as_deref());
    let (Some(page), Some(number), Some(head)) = (page, number, &chapter.head) else {
        return Vec::new();
    };
    let part = page
        .part
        .map(|part| format!("Part {} · {} · ", roman(part + 1), block(&book.outline.parts[part])));
    let before = format!(
        "<header class=\"chapter-head\" style=\"--number: {0}\"><p class=\"eyebrow\">{1}Chapter \
         {0}</p>\n\n",
        block(number),
        part.unwrap_or_default(),
    );
    let mut after = format!("\n\n{}", facts(chapter));
    let mut edits = vec![(head.title.start..head.title.start, before)];
    if let Some(able) = &head.able {
        after.push_str("\n\n<div class=\"able\"><p>You will be able to</p>\n");
        edits.push((able.lead.clone(), String::new()));
        edits.push((able.rest.end..able.rest.end, "\n\n</div></header>".to_owned()));
    } else {
        after.push_str("</header>\n");
    }
    edits.push((head.title.end..head.title.end, after));
    if let Some(idea) = &head.idea {
        edits.push((idea.lead.clone(), "<div class=\"idea\">\n\n".to_owned()));
        edits.push((idea.rest.end..idea.rest.end, "\n\n</div>".to_owned()));
    }
    edits
}

/// How long the chapter takes, in how many pieces, and how many questions it asks.
fn facts(chapter: &Chapter) -> String {
    let mut facts = vec![format!("<span><b>{}</b></span>", duration(chapter.minutes()))];
    let mut add = |count: usize, word: &str, words: &str| {
        let word = if count == 1 { word } else { words };
        facts.push(format!("<span><b>{count}</b> {word}</span>"));
    };
    let questions = chapter.questions().count();
    if questions > 0 {
        add(questions, "question", "questions");
    }
    if chapter.pieces.len() > 1 {
        add(chapter.pieces.len() - 1, "resting place", "resting places");
    }
    format!("<p class=\"facts\">{}</p>", facts.join(" "))
}
