//! The page for what is not found. A host shows it at whatever address it does not know, at any
//! depth, and nobody knows when the book is built below which address it will lie: the page
//! looks for the book when it is shown.

use crate::render::attribute;

/// What mdBook writes for a book that lies at the root of its host.
const BASE: &str = "<base href=\"/\">";

/// Goes up from the page's address to the folder that has this very book.
const SCRIPT: &str = include_str!("not_found.js");

/// The page `html`, whose links begin at the book's root, wherever that is.
pub(super) fn rooted(html: &str) -> String {
    let Some(style) = first_style(html) else { return html.to_owned() };
    let script = format!("<script data-of-the-book=\"{}\">{SCRIPT}</script>", attribute(style));
    html.replacen(BASE, &script, 1)
}

/// The first file of styles, whose name has a digest: another book has none of this name.
fn first_style(html: &str) -> Option<&str> {
    let (_, after) = html.split_once("<link rel=\"stylesheet\" href=\"")?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_looks_for_a_file_of_its_own_book() {
        let html = format!("{BASE}<link rel=\"stylesheet\" href=\"css/a-1.css\"><p>");
        let page = rooted(&html);
        assert!(page.starts_with("<script data-of-the-book=\"css/a-1.css\">"), "{page}");
        assert!(page.ends_with("</script><link rel=\"stylesheet\" href=\"css/a-1.css\"><p>"));
        assert!(!page.contains("<base"));
    }
}
