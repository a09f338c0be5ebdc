//! A picture: pills are holders, boxes are objects, solid arrows own, dashed arrows borrow, and a
//! badge says how many owners a run has counted.
//!
//! It is HTML, so that its text is text, with two sheets of arrows behind it. Each thing has two
//! places, and the page's style takes that of the drawing for which there is room.

#[cfg(test)]
mod apart;
mod arrow;
mod counts;
mod drawing;
mod plan;
mod shape;
mod text;
mod words;

use verify::Record;
use verify::cpython::{self, tag};
use verify::record::Stale;

use self::counts::Counts;
use self::words::{name, words};
use super::escape::block;
use crate::read::lessons::LessonData;
use crate::read::picture::Picture;

/// The picture of a lesson with its legend and its caption, and in words for who cannot see it.
pub(crate) fn picture(picture: &Picture, data: &LessonData) -> String {
    let mut stale = Vec::new();
    for (_, expression) in picture.counted() {
        stale.extend(data.stale_tags(&Stale::Value(expression.to_owned())));
    }
    stale.sort();
    stale.dedup();
    let note = if stale.is_empty() {
        String::new()
    } else {
        format!(
            "<p class=\"missing\">Out of date on CPython {}: <code>cargo course regen {}</code> \
             renews it.</p>",
            tag::ranges(&stale, &cpython::possible()),
            data.lesson.topic
        )
    };
    figure(picture, &data.record, &note)
}

/// The figure of `picture`, with the counts of `record` and a `note` under its caption.
pub(super) fn figure(picture: &Picture, record: &Record, note: &str) -> String {
    let counts = Counts::new(picture, record);
    let said = |tag| words(picture, &counts, tag);
    format!(
        "<figure class=\"picture\"><div class=\"room\"><div class=\"drawing\" role=\"img\" \
         aria-label=\"{}\"{} data-into=\"aria-label\"{}</div></div>{}\
         <figcaption>{}{}</figcaption>{note}</figure>\n",
        block(&said(counts.newest)),
        counts.switch(said),
        drawing::drawing(picture, &counts),
        legend(picture),
        block(&picture.caption),
        elsewhere(picture, &counts),
    )
}

/// What the marks of a picture mean. A reader who listens has been told in sentences.
fn legend(picture: &Picture) -> String {
    let own = picture.solid.as_deref().unwrap_or("owns, and must release");
    let lend = picture.dashed.as_deref().unwrap_or("borrows");
    let leak = match picture.solid {
        Some(_) => "",
        None => "<span class=\"leak\">leaked: nobody releases</span>",
    };
    format!(
        "<p class=\"legend\" aria-hidden=\"true\"><span class=\"own\">{}</span>\
         <span class=\"lend\">{}</span>{leak}<span class=\"count\">the count</span></p>",
        block(own),
        block(lend)
    )
}

/// The counts that are not the same on every CPython.
fn elsewhere(picture: &Picture, counts: &Counts) -> String {
    let differing = (0..picture.nodes.len()).filter_map(|node| {
        let groups = counts.differing(node);
        let groups = groups.iter().map(|(tags, text)| match text.as_str() {
            counts::IMMORTAL => format!("immortal ({text}) on {tags}"),
            count => format!("{count} on {tags}"),
        });
        let groups: Vec<String> = groups.collect();
        (!groups.is_empty()).then(|| format!("{}: {}.", name(picture, node), groups.join("; ")))
    });
    let differing: Vec<String> = differing.collect();
    if differing.is_empty() {
        return String::new();
    }
    format!(" <span class=\"others\">{}</span>", block(&differing.join(" ")))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use verify::record::{OutputGroup, RecordedValue};

    use super::*;
    use crate::read::dot;

    /// The figure of `text`, in which `n` was on each tag what `was` says.
    fn drawn(text: &str, was: &[(&str, &str)]) -> String {
        let group = |(tags, text): &(&str, &str)| OutputGroup {
            tags: tags.split(' ').map(|tag| tag.parse().unwrap()).collect(),
            text: (*text).to_owned(),
        };
        let was = was.iter().map(group).collect();
        let value = RecordedValue { expression: "n".to_owned(), cells: Vec::new(), was };
        let record = Record { values: vec![value], ..Record::default() };
        figure(&dot::read(Path::new("a.dot"), text).unwrap(), &record, "")
    }

    const DIFFERS: &str = "digraph \"c\" {\n a\n b\n item [shape=box, count=n, \
        immortal=\"3.14t\"]\n a -> item\n b -> item [until=\"3.13\"]\n \
        b -> item [since=\"3.14\", style=dashed]\n}";

    #[test]
    fn counts_arrows_and_words_are_those_of_the_version_that_is_shown() {
        let was = [("3.9 3.13", "2"), ("3.14 3.15", "1"), ("3.14t", "3221225472")];
        let html = drawn(DIFFERS, &was);
        assert!(html.contains(">1</span>"), "{html}");
        let label = "aria-label=\"a owns item. b borrows item. The count of item is 1.\"";
        assert!(html.contains(label), "{html}");
        assert!(html.contains("b owns item. The count of item is 2."), "{html}");
        assert!(html.contains("b borrows item. item is immortal."), "{html}");
        let said = "item: 1 on 3.14, 3.15; 2 on 3.9, 3.13; immortal (∞) on 3.14t.";
        assert!(html.contains(said), "{html}");
        // On one that was not counted the newest is drawn, as everywhere in the book.
        let owns = "<g class=\"own\" data-only=\"3.9 3.13\" hidden>";
        assert_eq!(html.matches(owns).count(), 2, "{html}");
        let borrows = "<g class=\"lend\" data-only=\"3.10 3.11 3.12 3.14 3.15 3.14t 3.14-wasm\">";
        assert_eq!(html.matches(borrows).count(), 2, "{html}");
    }

    #[test]
    fn a_picture_of_which_all_versions_agree_says_so_once() {
        let html =
            drawn("digraph c {\n a\n i [shape=box, count=n]\n a -> i\n}", &[("3.9 3.15", "1")]);
        for marks in ["data-was", "data-only", "others"] {
            assert!(!html.contains(marks), "{marks}: {html}");
        }
    }

    #[test]
    fn what_is_leaked_has_a_cross_and_what_lies_in_a_slot_a_dot() {
        let html = drawn(
            "digraph c {\n a [style=dotted]\n t [shape=record, label=\"tuple|<x>\"]\n \
             i [shape=box, count=n]\n j [shape=box, label=i]\n a -> i\n t:x -> i\n a -> j\n}",
            &[("3.15", "2")],
        );
        assert_eq!(html.matches("class=\"cross\"").count(), 4, "{html}");
        assert_eq!(html.matches("<circle").count(), 2, "{html}");
        let label = "a leaked the first i. tuple owns the first i. a leaked the second i. \
            The count of the first i is 2.";
        assert!(html.contains(label), "{html}");
    }
}
