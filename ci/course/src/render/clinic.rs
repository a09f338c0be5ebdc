//! The table of the clinic: mistakes, what each costs, and what Rust makes of it.

use verify::{Cell, Problem};

use super::escape::block;
use super::sentence::sentence;
use super::table::{Row, Table};
use super::value::value;
use crate::read::chapter::Chapter;
use crate::read::clinic::{Bug, Verdict};
use crate::read::lessons::LessonData;

/// A bug with the lesson that makes it.
pub(super) struct BugRow<'a> {
    pub(super) data: &'a LessonData,
    pub(super) bug: &'a Bug,
    /// The chapter that tells it, if there is one.
    pub(super) chapter: Option<&'a Chapter>,
}

/// The name by which a link finds the bug that the lecture numbers so.
pub(super) fn id(number: &str) -> String {
    format!("bug-{number}")
}

/// The table of some bugs, in their order, and how many there are of each verdict.
///
/// # Errors
///
/// A value that is not there.
pub(super) fn bugs(rows: &[BugRow<'_>]) -> Result<String, Problem> {
    let head = ["the mistake", "what it costs", "what Rust makes of it"].map(str::to_owned);
    let mut table = Table { class: "cards bugs", head: head.into(), ..Table::default() };
    for row in rows {
        let number = row.bug.number.as_deref();
        let id = number.map(|number| format!(" id=\"{}\"", block(&id(number))));
        table.rows.push(Row {
            attributes: format!(
                "{} data-verdict=\"{}\"",
                id.unwrap_or_default(),
                row.bug.verdict.word()
            ),
            cells: vec![mistake(row), sentence(&costs(row)?), becomes(row)?],
        });
    }
    Ok(format!(
        "<section class=\"clinic wide\" aria-label=\"Mistakes\">{}{}</section>\n",
        counts(rows),
        table.html().trim_end()
    ))
}

/// How many mistakes there are of each verdict; the page's script makes buttons of them.
fn counts(rows: &[BugRow<'_>]) -> String {
    let mut html = format!("<p class=\"facts\"><span><b>{}</b> mistakes</span>", rows.len());
    for verdict in Verdict::ALL {
        let count = rows.iter().filter(|row| row.bug.verdict == verdict).count();
        if 0 < count && count < rows.len() {
            html.push_str(&format!(
                " <span data-verdict=\"{}\">{} <b>{count}</b></span>",
                verdict.word(),
                mark(verdict)
            ));
        }
    }
    html + "</p>"
}

fn mark(verdict: Verdict) -> String {
    let class = match verdict {
        Verdict::Refused => "right",
        Verdict::Harmless => "right soft",
        Verdict::StillYours => "wrong",
    };
    format!("<span class=\"verdict {class}\">{}</span>", verdict.word())
}

/// Where it is told, its number, and the sentence.
fn mistake(row: &BugRow<'_>) -> String {
    let BugRow { data, bug, chapter } = row;
    let topic = &data.lesson.topic;
    let chapter = chapter.map(|chapter| {
        let anchor = bug.wrong.as_ref().map(|wrong| format!("#{topic}-{wrong}"));
        sentence(&chapter.link(&anchor.unwrap_or_default()))
    });
    let number = bug.number.as_ref();
    let number = number.map(|number| format!("<span class=\"bug\">{}</span>", block(number)));
    let whence: Vec<String> = chapter.into_iter().chain(number).collect();
    format!(
        "<span class=\"whence\">{}</span><span class=\"what\">{}</span>",
        whence.join(" "),
        sentence(&bug.what)
    )
}

/// The damage, or the exception or signal in which the cell ends.
fn costs(row: &BugRow<'_>) -> Result<String, Problem> {
    let BugRow { data, bug, .. } = row;
    let unit = bug.unit.as_deref().unwrap_or_default();
    if let Some(damage) = &bug.damage {
        let value = value(data, damage, None, false, &data.clinic.place(bug))?;
        return Ok(format!("{value} {unit}"));
    }
    let cell = bug.cell.as_deref().and_then(|name| data.lesson.session.cell(name));
    let ends = |cell: &Cell| cell.crashes.clone().or_else(|| cell.raises.clone());
    Ok(match cell.and_then(ends) {
        Some(end) => format!("`{end}` {unit}"),
        None => "—".to_owned(),
    })
}

/// The verdict and its reason.
fn becomes(row: &BugRow<'_>) -> Result<String, Problem> {
    let BugRow { data, bug, .. } = row;
    let case = data.cases.iter().find(|case| Some(&case.name) == bug.case.as_ref());
    let why = match (&bug.proof, case) {
        (Some(proof), _) => {
            let value = value(data, proof, None, false, &data.clinic.place(bug))?;
            format!("{value} through `safe`")
        }
        (None, None) => bug.why.clone().unwrap_or_default(),
        (None, Some(case)) => {
            let piece = case.piece.trim();
            match &case.code {
                Some(lint) if !lint.starts_with('E') => format!("`{lint}`, if denied: {piece}"),
                Some(code) => format!(
                    "[`{code}`](https://doc.rust-lang.org/error_codes/{code}.html): {piece}"
                ),
                None => format!("the compiler: {piece}"),
            }
        }
    };
    Ok(format!("{} {}", mark(bug.verdict), sentence(&why)))
}
