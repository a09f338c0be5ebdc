//! A cell and what it printed.

use similar::{ChangeTag, TextDiff};
use verify::cpython::{self, tag};
use verify::record::OutputGroup;
use verify::record::Stale;
use verify::{Cell, Record, Tag};

use super::escape::block;
use crate::read::lessons::LessonData;

/// A cell, its output on the newest release, and the others folded under it.
pub(crate) fn cell(data: &LessonData, cell: &Cell) -> String {
    format!("{}\n", figure(data, cell, &recorded(data, cell)))
}

/// A cell's code, and `results` under it.
pub(super) fn figure(data: &LessonData, cell: &Cell, results: &str) -> String {
    let topic = &data.lesson.topic;
    let name = &cell.name;
    let path = data.lesson.session_path();
    format!(
        "<figure class=\"cell\" data-lesson=\"{topic}\" data-cell=\"{name}\"{}><figcaption>\
         <code>{}</code> <span class=\"name\">{name}</span>{}</figcaption>\
         <pre><code class=\"language-python\">{}</code></pre>\
         <div class=\"results\">{results}</div></figure>",
        if cell.runs_on(cpython::pyodide()) { " data-runs" } else { "" },
        block(&path.display().to_string()),
        cell.where_it_runs()
            .map(|place| format!(" <span class=\"where\">{}</span>", block(&place)))
            .unwrap_or_default(),
        block(cell.source.trim_start_matches('\n')),
    )
}

/// What a cell printed.
pub(super) fn recorded(data: &LessonData, cell: &Cell) -> String {
    let (record, topic, name) = (&data.record, &data.lesson.topic, &cell.name);
    let printed = record.cell(name).map_or(&[][..], |known| &known.printed);
    let stale = stale(&data.stale_tags(&Stale::Cell(name.clone())), topic);
    format!("<div class=\"recorded\">{}{stale}</div>", output(cell, printed, record, topic))
}

/// The edge cases of a lesson, folded.
pub(crate) fn edges(cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| cell.trim_end()).collect();
    format!(
        "<details class=\"edges\"><summary>Edge cases, each of them run</summary>{cells}</details>\n"
    )
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
    format!("<pre class=\"output\"><samp>{body}</samp></pre>")
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
