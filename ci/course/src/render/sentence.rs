//! An author's sentence as HTML on one line.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

use super::escape::block;
use crate::read::markdown::OPTIONS;

/// `markdown` as it stands in a line: paragraphs follow each other with a space between.
pub(super) fn sentence(markdown: &str) -> String {
    let events = Parser::new_ext(markdown.trim(), OPTIONS).filter_map(|event| match event {
        Event::Start(Tag::Paragraph) => None,
        Event::End(TagEnd::Paragraph) | Event::SoftBreak => Some(Event::Text(" ".into())),
        event => Some(event),
    });
    let mut made = String::new();
    html::push_html(&mut made, events);
    made.trim().replace('\n', " ")
}

/// The same with its marks and without links and HTML, for a place that is a link already.
pub(super) fn linkless(markdown: &str) -> String {
    let events = Parser::new_ext(markdown.trim(), OPTIONS).filter_map(|event| match event {
        Event::Text(_) | Event::Code(_) => Some(event),
        Event::SoftBreak | Event::HardBreak => Some(Event::Text(" ".into())),
        Event::Start(Tag::Emphasis | Tag::Strong) => Some(event),
        Event::End(TagEnd::Emphasis | TagEnd::Strong) => Some(event),
        _ => None,
    });
    let mut made = String::new();
    html::push_html(&mut made, events);
    made.trim().replace('\n', " ")
}

/// The same without links and marks, for a place that is a link already.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => text.push(' '),
            _ => {}
        }
    }
    block(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_one_line_with_its_marks() {
        assert_eq!(sentence("a `<b>`\n*c*\n"), "a <code>&lt;b&gt;</code> <em>c</em>");
        assert_eq!(sentence("a\n\nb"), "a b");
        assert_eq!(sentence("[a](b.md)"), "<a href=\"b.md\">a</a>");
        assert_eq!(linkless("*a*\n[`b`](c.md) < d.\n"), "<em>a</em> <code>b</code> &lt; d.");
        assert_eq!(linkless("a <script>b</script>\n\n<p>c</p>\n"), "a b");
        assert_eq!(plain("[a](b.md) `c<d` *e*"), "a c&lt;d e");
    }
}
