//! How much there is to read.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::OPTIONS;

/// The words of `page` that a reader reads: the prose, and neither blocks of code nor what
/// stands in place of a directive that makes a block: listings, cells, folded edge cases.
pub(crate) fn words(page: &str) -> usize {
    let (mut blocks, mut missing) = (0, false);
    let mut text = String::new();
    for event in Parser::new_ext(page, OPTIONS) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => blocks += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => blocks -= 1,
            // A number that this machine has yet to record says so in a dozen words.
            Event::InlineHtml(part) if part.contains("\"value missing\"") => missing = true,
            Event::InlineHtml(part) if part.as_ref() == "</span>" => missing = false,
            _ if missing => {}
            Event::Text(part) | Event::Code(part) if blocks == 0 => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(_)
                if blocks == 0 && !is_in_a_word(&event) =>
            {
                text.push(' ')
            }
            _ => {}
        }
    }
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Whether a word goes on where `event` ends something: *re*count is one.
fn is_in_a_word(event: &Event<'_>) -> bool {
    let inline = [TagEnd::Emphasis, TagEnd::Strong, TagEnd::Strikethrough, TagEnd::Link];
    matches!(event, Event::End(end) if inline.contains(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_counted_as_it_is_rendered() {
        for (page, expected) in [
            ("# Two words\n\nThree more words.\n", 5),
            ("It *re*counts — [a link](far/away.md \"title\"), `some code`.", 6),
            ("<span class=\"value\">3</span> owners", 2),
            ("<span class=\"value missing\">(not <code>a</code> b)</span> owners", 1),
            ("| a b | c |\n|---|---|\n| d | e f |\n", 6),
            ("<figure><figcaption>a b</figcaption><pre>c d</pre></figure>\n\nprose\n", 1),
            ("<details class=\"edges\"><summary>a b</summary>c</details>\n", 0),
            ("```rust\nfn main() {}\n```\n\n    indented code\n", 0),
            ("<!-- nobody reads this -->\n\n- one\n- two\n", 2),
        ] {
            assert_eq!(words(page), expected, "{page}");
        }
    }
}
