//! Text as HTML that neither Markdown nor a browser can take for anything else.

/// `text` for a block of HTML, or for an attribute, on one line.
pub(crate) fn block(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("&#10;"),
            '\t' => html.push('\t'),
            c => html.push(visible(c)),
        }
    }
    html
}

/// A long name or path as HTML, which may break between its words.
pub(super) fn breakable(name: &str) -> String {
    block(name).replace('_', "_<wbr>").replace('/', "/<wbr>")
}

/// `text` for a line of Markdown: all that could be markup is written as its number.
pub(super) fn inline(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            html.push_str(&format!("&#{};", u32::from(c)));
        } else {
            html.push(visible(c));
        }
    }
    html
}

/// A control character as its picture: HTML has no way to write it.
fn visible(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(c),
        0x7f => '\u{2421}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_one_line_of_text() {
        assert_eq!(
            block("<b>&\n\n{{#value a: b}}\0"),
            "&lt;b&gt;&amp;&#10;&#10;{{#value a: b}}\u{2400}"
        );
    }

    #[test]
    fn nothing_in_a_line_is_markup() {
        assert_eq!(inline("*a* | 1"), "&#42;a&#42; &#124; 1");
    }
}
