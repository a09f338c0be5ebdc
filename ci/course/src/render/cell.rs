//! A cell and what it printed.

use std::path::Path;

use similar::{ChangeTag, TextDiff};
use verify::cpython::{self, tag};
use verify::record::OutputGroup;
use verify::record::Stale;
use verify::{Cell, Record, Tag};

use super::code::{self, Language};
use super::escape::block;
use super::role::Role;
use super::{edges, listing, reason};
use crate::read::lessons::LessonData;

/// A cell, its output on the newest release, and the others folded under it.
pub(crate) fn cell(data: &LessonData, cell: &Cell) -> String {
    let id = if cell.edge { format!(" id=\"{}\"", edges::id(&cell.name)) } else { String::new() };
    format!("{}\n", made(data, cell, &id, &recorded(data, cell)))
}

/// A cell's code alone; the page's script puts what it printed behind it.
pub(super) fn asked(data: &LessonData, cell: &Cell) -> String {
    made(data, cell, "", "")
}

fn made(data: &LessonData, cell: &Cell, id: &str, results: &str) -> String {
    let (topic, name) = (&data.lesson.topic, &cell.name);
    format!(
        "<figure class=\"cell\"{id} data-lesson=\"{topic}\" data-cell=\"{name}\"{}>{}{}{}\
         <div class=\"results\">{results}</div></figure>",
        if cell.runs_on(cpython::pyodide()) { " data-runs" } else { "" },
        caption(cell, &data.lesson.session_path()),
        code::code(Language::Python, cell.source.trim_start_matches('\n')),
        not_here(cell),
    )
}

/// What a cell printed.
pub(super) fn recorded(data: &LessonData, cell: &Cell) -> String {
    let (record, topic, name) = (&data.record, &data.lesson.topic, &cell.name);
    let printed = record.cell(name).map_or(&[][..], |known| &known.printed);
    let stale = stale(&data.stale_tags(&Stale::Cell(name.clone())), topic);
    format!("<div class=\"recorded\">{}{stale}</div>", output(cell, printed, record, topic))
}

/// Its name and file, and where it runs.
fn caption(cell: &Cell, path: &Path) -> String {
    let runs = cell.where_it_runs();
    let runs = runs.map(|place| format!(" <span class=\"where\">{}</span>", block(&place)));
    let name = format!("<span class=\"name\">{}</span> {}", cell.name, listing::at(path));
    listing::caption(Role::Python, &(name + &runs.unwrap_or_default()))
}

/// In the place of the buttons that run a cell: why this one has none.
fn not_here(cell: &Cell) -> String {
    let why = reason::reason(cell).map(|why| {
        format!(
            "<div class=\"bar\"><p class=\"status\">Does not run in the page: <b>{}</b></p></div>",
            block(&why)
        )
    });
    why.unwrap_or_default()
}

fn output(cell: &Cell, printed: &[OutputGroup], record: &Record, topic: &str) -> String {
    let recorded: Vec<Tag> =
        printed.iter().flat_map(|shared| shared.tags.iter().copied()).collect();
    let Some(newest) = Tag::newest(&recorded) else {
        return format!(
            "<p class=\"missing\">Not recorded yet: <code>cargo course regen {topic}</code>.</p>"
        );
    };
    let shows = |shared: &&OutputGroup| shared.tags.contains(&newest);
    let main = printed.iter().find(shows).expect("the newest tag is of one of them");
    let mut html = format!(
        "<div data-tags=\"{}\">{}</div>",
        tag::list(&main.tags),
        block_of(&main.text, None)
    );
    let all = record.tags();
    if let Some(signal) = &cell.crashes {
        html.push_str(&format!("<p class=\"crash\">Then the process ends in {signal}.</p>"));
    }
    if cell.varies {
        html.push_str("<p class=\"varies\">The integers differ from run to run.</p>");
    }
    let tags = tag::ranges(&main.tags, &all);
    if printed.len() == 1 {
        html.push_str(&format!("<p class=\"agree\">Run on CPython {tags}.</p>"));
        return html;
    }
    html.push_str(&format!("<p class=\"agree\">Run on CPython {tags}. Others differ:</p>"));
    for other in printed.iter().filter(|shared| !shows(shared)) {
        html.push_str(&format!(
            "<details class=\"other\" data-tags=\"{}\"><summary>CPython {}</summary>{}</details>",
            tag::list(&other.tags),
            tag::ranges(&other.tags, &all),
            block_of(&other.text, Some(&main.text)),
        ));
    }
    html
}

/// Says which columns speak of the lesson as it was, or not yet of this cell.
pub(super) fn stale(tags: &[Tag], topic: &str) -> String {
    if tags.is_empty() {
        return String::new();
    }
    format!(
        "<p class=\"missing\">Out of date on CPython {}: <code>cargo course regen {topic}</code> \
         renews it.</p>",
        tag::ranges(tags, &cpython::possible())
    )
}

/// An output; lines that `newest` has not are marked.
fn block_of(text: &str, newest: Option<&str>) -> String {
    if text.is_empty() {
        return "<p class=\"output nothing\">It prints nothing.</p>".to_owned();
    }
    let body = match newest {
        None => block(text.trim_end_matches('\n')),
        Some(newest) => marked(newest, text),
    };
    format!("<pre class=\"output\" data-label=\"prints\"><samp>{body}</samp></pre>")
}

fn marked(newest: &str, text: &str) -> String {
    let diff = TextDiff::from_lines(newest, text);
    let mut lines = Vec::new();
    for change in diff.iter_all_changes() {
        let line = block(change.value().trim_end_matches('\n'));
        match change.tag() {
            ChangeTag::Equal => lines.push(line),
            ChangeTag::Insert => lines.push(format!("<mark>{line}</mark>")),
            ChangeTag::Delete => {}
        }
    }
    lines.join("&#10;")
}
