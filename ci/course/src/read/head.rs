//! What a chapter says of itself at its beginning, in its own Markdown: its title, what a reader
//! can do after it, and the one idea that carries it.

use std::ops::Range;

/// How the paragraph begins that says what a reader can do.
const ABLE: &str = "After this chapter you can ";

/// The line after which the idea stands, in the same paragraph.
const IDEA: &str = "One idea carries it.\n";

/// Where a chapter says it. Ranges are of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// The line of the title, without what ends it.
    pub(crate) title: Range<usize>,
    pub(crate) able: Option<Said>,
    pub(crate) idea: Option<Said>,
}

/// A paragraph that begins with words by which it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// These words.
    pub(crate) lead: Range<usize>,
    /// The rest of the paragraph.
    pub(crate) rest: Range<usize>,
}

/// The head of the chapter `text`; `None` where it has no title.
pub(crate) fn head(text: &str) -> Option<Head> {
    let start = if text.starts_with("# ") { 0 } else { text.find("\n# ")? + 1 };
    let title = start..text[start..].find('\n').map_or(text.len(), |at| start + at);
    let section = text[title.end..].find("\n#").map_or(text.len(), |at| title.end + at);
    let paragraphs = paragraphs(text, title.end..section);
    let said = |lead: &str| {
        let found = paragraphs.iter().find(|range| text[(*range).clone()].starts_with(lead))?;
        let middle = found.start + lead.len();
        Some(Said { lead: found.start..middle, rest: middle..found.end })
    };
    Some(Head { able: said(ABLE), idea: said(IDEA), title })
}

/// The paragraphs in `range` of `text`: what stands between blank lines.
fn paragraphs(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut at = range.start;
    for part in text[range].split("\n\n") {
        let start = at + (part.len() - part.trim_start().len());
        let end = at + part.trim_end().len();
        if start < end {
            paragraphs.push(start..end);
        }
        at += part.len() + 2;
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (&str, Option<&str>, Option<&str>) {
        let head = head(text).unwrap();
        let rest = |said: Option<Said>| said.map(|said| &text[said.rest]);
        (&text[head.title.clone()], rest(head.able), rest(head.idea))
    }

    #[test]
    fn a_head_is_a_title_what_one_can_do_and_an_idea() {
        let text = "# A `b`\n\nAfter this chapter you can see,\nand hear.\n\nOne idea carries it.\n\
                    Look *first*.\nThen leap.\n\nMore.\n";
        let idea = "Look *first*.\nThen leap.";
        assert_eq!(said(text), ("# A `b`", Some("see,\nand hear."), Some(idea)));
    }

    #[test]
    fn what_a_chapter_does_not_say_is_not_there() {
        assert_eq!(said("# A"), ("# A", None, None));
        assert_eq!(said("<i>\n\n# A\n\nB.\n"), ("# A", None, None));
        assert_eq!(said("# A\n\n## B\n\nOne idea carries it.\nC.\n"), ("# A", None, None));
        assert_eq!(head("no title\n"), None);
        assert_eq!(head(""), None);
    }
}
