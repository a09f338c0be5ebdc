//! Where a chapter's Markdown has code, and where it has text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A fenced or indented block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// What follows the fence, trimmed; `None` for an indented block.
    pub(crate) info: Option<String>,
    /// The code.
    pub(crate) code: String,
    /// Where the block stands, fences included.
    pub(crate) range: Range<usize>,
}

/// A link and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) target: String,
    pub(crate) at: usize,
}

/// The parts of a chapter that the rules speak of. Ranges are of bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Blocks of code.
    pub(crate) blocks: Vec<Block>,
    /// Code inside a line.
    pub(crate) code: Vec<Range<usize>>,
    /// Text that a reader reads, but not code.
    pub(crate) text: Vec<Range<usize>>,
    /// What a link or a picture says where a reader points at it, and where the link stands.
    pub(crate) titles: Vec<(String, usize)>,
    /// HTML: tags, comments, and what stands between the tags of a block of it.
    pub(crate) html: Vec<Range<usize>>,
    /// Links.
    pub(crate) links: Vec<Link>,
}

impl Parts {
    /// Whether the byte at `at` stands in a comment that no reader sees.
    pub(crate) fn is_comment(&self, chapter: &str, at: usize) -> bool {
        let html = self.html.iter().find(|range| range.contains(&at));
        html.is_some_and(|range| {
            let before = &chapter[range.start..at];
            let opened = before.rfind("<!--");
            opened.is_some_and(|opened| !before[opened..].contains("-->"))
        })
    }

    /// Whether the byte at `at` is code.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
            || self.blocks.iter().any(|block| block.range.contains(&at))
    }
}

/// As mdBook reads Markdown.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// Finds the parts of `chapter`.
pub(crate) fn parts(chapter: &str) -> Parts {
    let mut parts = Parts::default();
    let mut block: Option<Block> = None;
    for (event, range) in Parser::new_ext(chapter, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.trim().to_owned()),
                    CodeBlockKind::Indented => None,
                };
                block = Some(Block { info, code: String::new(), range });
            }
            Event::End(TagEnd::CodeBlock) => parts.blocks.extend(block.take()),
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                parts.links.push(Link { target: dest_url.into_string(), at: range.start });
                parts.titles.push((title.into_string(), range.start));
            }
            Event::Start(Tag::Image { title, .. }) => {
                parts.titles.push((title.into_string(), range.start));
            }
            Event::Text(text) => match &mut block {
                Some(block) => block.code.push_str(&text),
                None => join(&mut parts.text, range),
            },
            Event::Code(_) => parts.code.push(range),
            Event::Html(_) | Event::InlineHtml(_) => join(&mut parts.html, range),
            _ => {}
        }
    }
    parts
}

/// Adds `range`, as one with the last where they touch.
fn join(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => ranges.push(range),
    }
}

/// The line of the byte at `at`, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_is_not_code() {
        let chapter = "# A *b*\n\n`c` d [e](f 'k') g\n\n```rust\nh\n```\n\n    i\n\n<!-- j -->\n";
        let parts = parts(chapter);
        let text: Vec<&str> = parts.text.iter().map(|range| &chapter[range.clone()]).collect();
        assert_eq!(text, ["A ", "b", " d ", "e", " g"]);
        let infos: Vec<Option<&str>> =
            parts.blocks.iter().map(|block| block.info.as_deref()).collect();
        assert_eq!(infos, [Some("rust"), None]);
        assert_eq!(parts.blocks[0].code, "h\n");
        assert!(parts.is_code(chapter.find('c').unwrap()));
        assert!(!parts.is_code(chapter.find('d').unwrap()));
        let at = chapter.find('[').unwrap();
        assert_eq!(parts.links, [Link { target: "f".to_owned(), at }]);
        assert_eq!(parts.titles, [("k".to_owned(), at)]);
    }
}
