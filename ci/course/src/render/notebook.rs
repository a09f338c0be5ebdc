//! The table of the lecture's notebook: what it showed and printed, and what has become of it.

use verify::{Place, Problem};

use super::clinic;
use super::sentence::sentence;
use super::table::{Row, Table};
use super::value::value;
use crate::read::chapter::Chapter;
use crate::read::kind::Kind;
use crate::read::lessons::LessonData;
use crate::read::notebook::{Entry, Verdict};

/// An entry of the notebook with the lesson that teaches it.
pub(super) struct NotebookRow<'a> {
    pub(super) entry: &'a Entry,
    pub(super) data: &'a LessonData,
    pub(super) place: Place,
}

/// The table of some entries; `chapters` are the book's.
///
/// # Errors
///
/// A value that is not there.
pub(super) fn entries(rows: &[NotebookRow<'_>], chapters: &[Chapter]) -> Result<String, Problem> {
    let numbered = rows.iter().any(|row| row.entry.number.is_some());
    let columns = numbered.then_some("cell").into_iter();
    let columns = columns.chain(["it shows", "it printed", "today", "verdict"]);
    let head = columns.map(str::to_owned).collect();
    let class = if numbered { "cards notebook numbered" } else { "cards notebook" };
    let mut table = Table { class, is_wide: true, head, rows: Vec::new() };
    for NotebookRow { entry, data, place } in rows {
        let today = entry.today.iter().map(|today| value(data, today, None, false, place));
        let today: Vec<String> = today.collect::<Result<_, Problem>>()?;
        let chapter = format!("{}.md", entry.lesson);
        let chapter = chapters.iter().find(|known| known.path.ends_with(&chapter));
        let chapter = chapter.map(|chapter| format!("({})", chapter.link(""))).unwrap_or_default();
        let number = entry.number.map(|number| number.to_string());
        let mut cells: Vec<String> = number.into_iter().collect();
        cells.extend([
            sentence(&format!("{} {chapter}", entry.says)),
            sentence(&entry.printed.join(", ")),
            sentence(&today.join(", ")),
            verdict(entry, chapters),
        ]);
        table.rows.push(Row { cells, ..Row::default() });
    }
    Ok(table.html())
}

/// The verdict, why, and the bugs.
fn verdict(entry: &Entry, chapters: &[Chapter]) -> String {
    let (class, word) = match entry.verdict {
        Verdict::Same => ("right", "same"),
        Verdict::Different => ("differs", "different"),
        Verdict::Wrong => ("wrong", "was wrong"),
        Verdict::Right => ("right", "right"),
    };
    let clinic = |chapter: &&Chapter| {
        chapter.directives.iter().any(|it| matches!(it.kind, Kind::Clinic { .. }))
    };
    let clinic = chapters.iter().find(clinic);
    let bugs = entry.bugs.iter().map(|bug| match clinic {
        Some(chapter) => format!(" [{bug}]({}#{})", chapter.file(), clinic::id(bug)),
        None => format!(" {bug}"),
    });
    let why = entry.why.as_deref().unwrap_or_default();
    let more = sentence(&format!("{why}{}", bugs.collect::<String>()));
    format!("<span class=\"verdict {class}\">{word}</span> {more}").trim_end().to_owned()
}
