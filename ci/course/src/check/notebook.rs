//! Every verdict on the lecture's notebook is borne out by the records.

use verify::record::text_for;
use verify::{Problem, Problems};

use super::typed_numbers;
use crate::message;
use crate::read::lessons::Lessons;
use crate::read::notebook::{Entry, Notebook, Verdict};

/// The entries whose verdict the records do not bear out. `bugs` are the clinic's numbers.
pub(crate) fn problems(notebook: &Notebook, lessons: &Lessons, bugs: &[&str]) -> Problems {
    let entries = notebook.with_entries();
    let entries = entries.filter_map(|(_, entry)| problem(notebook, entry, lessons, bugs));
    let sentences = notebook.sentences.iter();
    let typed = sentences.flat_map(|it| typed_numbers::sentence(&notebook.path, it, &|_| false));
    entries.chain(typed).collect()
}

fn problem(
    notebook: &Notebook,
    entry: &Entry,
    lessons: &Lessons,
    bugs: &[&str],
) -> Option<Problem> {
    let place = || notebook.place(entry);
    let data = match lessons.lesson(&entry.lesson, &place()) {
        Ok(data) => data,
        Err(problem) => return Some(problem),
    };
    if let Some(unknown) = entry.bugs.iter().find(|bug| !bugs.contains(&bug.as_str())) {
        return Some(message::unknown_bug(place(), unknown));
    }
    if entry.printed.len() != entry.today.len() {
        let (printed, today) = (entry.printed.len(), entry.today.len());
        return Some(message::uneven_numbers(place(), printed, today));
    }
    if entry.why.is_none() && matches!(entry.verdict, Verdict::Different | Verdict::Wrong) {
        return Some(message::entry_without_why(place()));
    }
    let wants_numbers = matches!(entry.verdict, Verdict::Same | Verdict::Different);
    if wants_numbers && entry.printed.is_empty() {
        return Some(message::entry_without_numbers(place()));
    }
    if entry.verdict == Verdict::Right && !entry.printed.is_empty() {
        return Some(message::entry_with_numbers(place()));
    }
    let mut other: Option<Problem> = None;
    let mut recorded = false;
    for (printed, expression) in entry.printed.iter().zip(&entry.today) {
        let was = data.record.value(expression).map_or(&[][..], |value| &value.was);
        for tag in was.iter().flat_map(|shared| &shared.tags) {
            recorded = true;
            let text = text_for(was, *tag).unwrap_or_default().trim();
            if text != printed {
                other = Some(message::another_number(place(), expression, printed, text, *tag));
            }
        }
    }
    match (entry.verdict, other) {
        (Verdict::Same, Some(problem)) => Some(problem),
        (Verdict::Different, None) if recorded => Some(message::still_the_same(place())),
        _ => None,
    }
}
