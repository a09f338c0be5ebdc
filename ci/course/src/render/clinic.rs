//! The tables that the tools make: bugs by verdict, and the notebook cell by cell. They are
//! Markdown, as their authors' sentences are.

use verify::{Cell, Place, Problem};

use super::value::value;
use crate::read::chapter::Chapter;
use crate::read::clinic::Bug;
use crate::read::kind::Kind;
use crate::read::lessons::LessonData;
use crate::read::notebook::{Entry, Verdict};

/// A bug with the lesson that makes it.
pub(crate) struct BugRow<'a> {
    pub(crate) data: &'a LessonData,
    pub(crate) bug: &'a Bug,
    /// The chapter that tells it, if there is one.
    pub(crate) chapter: Option<&'a Chapter>,
}

/// The table of some bugs, in their order.
///
/// # Errors
///
/// A value that is not there.
pub(crate) fn bugs(rows: &[BugRow<'_>]) -> Result<String, Problem> {
    let mut table =
        "| bug | the mistake | what it costs | what becomes of it |\n|---|---|---|---|\n"
            .to_owned();
    for row in rows {
        let BugRow { bug, .. } = row;
        table.push_str(&markdown(&[
            bug.number.as_deref().unwrap_or("").to_owned(),
            format!("{} {}", bug.what, chapter_of(row)),
            costs(row)?,
            becomes(row)?,
        ]));
    }
    Ok(table)
}

fn chapter_of(row: &BugRow<'_>) -> String {
    let Some(chapter) = row.chapter else { return String::new() };
    let topic = &row.data.lesson.topic;
    let anchor = row.bug.wrong.as_ref().map(|wrong| format!("#{topic}-{wrong}"));
    format!("({})", link(chapter, &anchor.unwrap_or_default()))
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

fn becomes(row: &BugRow<'_>) -> Result<String, Problem> {
    let BugRow { data, bug, .. } = row;
    if let Some(proof) = &bug.proof {
        let value = value(data, proof, None, false, &data.clinic.place(bug))?;
        return Ok(format!("{value} through `safe`"));
    }
    let case = data.cases.iter().find(|case| Some(&case.name) == bug.case.as_ref());
    let Some(case) = case else { return Ok(bug.why.clone().unwrap_or_default()) };
    let piece = case.piece.trim();
    Ok(match &case.code {
        Some(lint) if !lint.starts_with('E') => format!("`{lint}`, if denied: {piece}"),
        Some(code) => {
            format!("[`{code}`](https://doc.rust-lang.org/error_codes/{code}.html): {piece}")
        }
        None => format!("the compiler: {piece}"),
    })
}

/// An entry of the notebook with the lesson that teaches it.
pub(crate) struct NotebookRow<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) data: &'a LessonData,
    pub(crate) place: Place,
}

/// The table of some entries; `chapters` are the book's.
///
/// # Errors
///
/// A value that is not there.
pub(crate) fn entries(rows: &[NotebookRow<'_>], chapters: &[Chapter]) -> Result<String, Problem> {
    let numbered = rows.iter().any(|row| row.entry.number.is_some());
    let clinic = |chapter: &&Chapter| {
        chapter.directives.iter().any(|it| matches!(it.kind, Kind::Clinic { .. }))
    };
    let clinic = chapters.iter().find(clinic);
    let columns = numbered.then_some("cell").into_iter();
    let columns = columns.chain(["it shows", "it printed", "today", "verdict"]);
    let columns: Vec<String> = columns.map(str::to_owned).collect();
    let mut table = markdown(&columns) + &"|---".repeat(columns.len()) + "|\n";
    for NotebookRow { entry, data, place } in rows {
        let today = entry.today.iter().map(|today| value(data, today, None, false, place));
        let today: Vec<String> = today.collect::<Result<_, Problem>>()?;
        let verdict = match entry.verdict {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Wrong => "was wrong",
            Verdict::Right => "right",
        };
        let bugs = entry.bugs.iter().map(|bug| match clinic {
            Some(chapter) => format!(" [{bug}]({})", file(chapter)),
            None => format!(" {bug}"),
        });
        let chapter = format!("{}.md", entry.lesson);
        let chapter = chapters.iter().find(|known| known.path.ends_with(&chapter));
        let chapter = chapter.map(|chapter| format!("({})", link(chapter, ""))).unwrap_or_default();
        let mut cells = vec![
            format!("{} {chapter}", entry.says),
            entry.printed.join(", "),
            today.join(", "),
            format!(
                "**{verdict}** {}{}",
                entry.why.as_deref().unwrap_or_default(),
                bugs.collect::<String>()
            ),
        ];
        if let Some(number) = entry.number {
            cells.insert(0, number.to_string());
        }
        table.push_str(&markdown(&cells));
    }
    Ok(table)
}

fn link(chapter: &Chapter, anchor: &str) -> String {
    format!("[{}]({}{anchor})", chapter.title(), file(chapter))
}

fn file(chapter: &Chapter) -> String {
    chapter.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn markdown(cells: &[String]) -> String {
    let cells: Vec<String> =
        cells.iter().map(|cell| cell.trim().replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}
