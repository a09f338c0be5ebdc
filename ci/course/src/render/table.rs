//! A table that is read as one where it is wide, and row by row where it is narrow: each cell knows
//! what its column is about.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

use super::escape::block;
use crate::read::markdown::OPTIONS;

/// A table, its cells in HTML.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// What styles call it.
    pub(super) class: &'static str,
    /// Whether it takes more room than text, where there is more.
    pub(super) is_wide: bool,
    /// What its columns are about, in HTML.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its attributes, in HTML, a space before each.
    pub(super) attributes: String,
    pub(super) cells: Vec<String>,
}

impl Table {
    /// The table as a block of HTML, on one line.
    pub(super) fn html(&self) -> String {
        let wide = if self.is_wide { " wide" } else { "" };
        let mut html =
            format!("<div class=\"table-wrapper{wide}\"><table class=\"{}\">", self.class);
        html.push_str("<thead><tr>");
        for column in &self.head {
            let _ = write!(html, "<th scope=\"col\">{column}</th>");
        }
        html.push_str("</tr></thead><tbody>");
        for Row { attributes, cells } in &self.rows {
            let _ = write!(html, "<tr{attributes}>");
            for (index, cell) in cells.iter().enumerate() {
                let column = self.head.get(index).map_or("", String::as_str);
                let _ = match index {
                    0 => write!(html, "<th scope=\"row\">{cell}</th>"),
                    _ => write!(html, "<td data-is=\"{}\">{cell}</td>", block(&text(column))),
                };
            }
            html.push_str("</tr>");
        }
        html + "</tbody></table></div>\n"
    }
}

/// What stands in a cell.
fn inline<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut made = String::new();
    html::push_html(&mut made, events);
    made.trim().replace('\n', " ")
}

/// `page` with each table of its Markdown as one that knows its columns.
pub(crate) fn with_tables(page: &str) -> String {
    let mut made = page.to_owned();
    for (range, table) in tables(page).into_iter().rev() {
        // What follows without an empty line would belong to the block of HTML.
        let end = if page[range.end..].starts_with('\n') { "" } else { "\n" };
        made.replace_range(range, &(table.html() + end));
    }
    made
}

/// The tables of `page`, and where they stand. One with a footnote, whose number mdBook gives,
/// stays what it is.
fn tables(page: &str) -> Vec<(std::ops::Range<usize>, Table)> {
    let mut tables = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut table = Table::default();
    let mut row = Row::default();
    let (mut is_inside, mut has_note) = (false, false);
    for (event, range) in Parser::new_ext(page, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => {
                (table, is_inside, has_note) =
                    (Table { class: "cards", ..Table::default() }, true, false);
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => row = Row::default(),
            Event::Start(Tag::TableCell) => events.clear(),
            Event::End(TagEnd::TableCell) => row.cells.push(inline(events.drain(..))),
            Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row.cells),
            Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
            Event::End(TagEnd::Table) => {
                is_inside = false;
                if !has_note {
                    tables.push((range, std::mem::take(&mut table)));
                }
            }
            Event::FootnoteReference(_) => has_note = true,
            event if is_inside => events.push(event),
            _ => {}
        }
    }
    tables
}

/// The text of HTML.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_knows_its_column() {
        let page = "Before.\n\n| C *function* | a <b |\n|---|---|\n| `A` | [b](c.md) \\| d |\n| e | |\n\nAfter.\n";
        assert_eq!(
            with_tables(page),
            "Before.\n\n<div class=\"table-wrapper\"><table class=\"cards\"><thead><tr>\
             <th scope=\"col\">C <em>function</em></th><th scope=\"col\">a &lt;b</th></tr></thead>\
             <tbody><tr><th scope=\"row\"><code>A</code></th>\
             <td data-is=\"a &lt;b\"><a href=\"c.md\">b</a> | d</td></tr>\
             <tr><th scope=\"row\">e</th><td data-is=\"a &lt;b\"></td></tr></tbody></table></div>\n\
             \nAfter.\n"
        );
    }

    #[test]
    fn what_follows_a_table_at_once_is_no_part_of_it() {
        let made = with_tables("| a |\n|---|\n| b |\n# C\n");
        assert!(made.ends_with("</table></div>\n\n# C\n"), "{made}");
        let quoted = with_tables("> | a |\n> |---|\n> | b |\n>\n> c\n");
        assert!(quoted.starts_with("> <div") && quoted.ends_with("> c\n"), "{quoted}");
    }

    #[test]
    fn what_a_cell_printed_stays_text() {
        let printed = "| a |\n|---|\n| <span class=\"value\">&#60;b&#62;&#42;x&#42;</span> |\n";
        let made = with_tables(printed);
        assert!(made.contains("<span class=\"value\">&lt;b&gt;*x*</span>"), "{made}");
    }

    #[test]
    fn a_page_without_tables_and_a_table_with_a_footnote_stay_as_they_are() {
        for page in [
            "# A\n\n| no table\n",
            "| a[^1] |\n|---|\n| b |\n\n[^1]: c\n",
            "    | a |\n    |---|\n",
        ] {
            assert_eq!(with_tables(page), page);
        }
    }
}
