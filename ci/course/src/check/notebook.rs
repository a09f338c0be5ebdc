//! Every verdict on the lecture's notebook is borne out by the records.

use verify::record::text_for;
use verify::{Problem, Problems, Tag};

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
    let bad = |what: &str| Some(message::bad_entry(place(), what));
    let data = match lessons.lesson(&entry.lesson, &place()) {
        Ok(data) => data,
        Err(problem) => return Some(problem),
    };
    if let Some(unknown) = entry.bugs.iter().find(|bug| !bugs.contains(&bug.as_str())) {
        return bad(&format!("no lesson's clinic.toml has bug `{unknown}`"));
    }
    if entry.printed.len() != entry.today.len() {
        return bad("each number in `printed` has an expression in `today`");
    }
    if entry.why.is_none() && matches!(entry.verdict, Verdict::Different | Verdict::Wrong) {
        return bad("a number that is another one, or was wrong, says `why`");
    }
    let wants_numbers = matches!(entry.verdict, Verdict::Same | Verdict::Different);
    if entry.printed.is_empty() == wants_numbers && entry.verdict != Verdict::Wrong {
        return bad("what is `same` or `different` has numbers, and what is `right` has none");
    }
    let mut other: Option<(Tag, String)> = None;
    let mut recorded = false;
    for (printed, expression) in entry.printed.iter().zip(&entry.today) {
        let was = data.record.value(expression).map_or(&[][..], |value| &value.was);
        for tag in was.iter().flat_map(|shared| &shared.tags) {
            recorded = true;
            let text = text_for(was, *tag).unwrap_or_default().trim();
            if text != printed {
                other = Some((*tag, format!("`{expression}` is {text} and not {printed}")));
            }
        }
    }
    match (entry.verdict, other) {
        (Verdict::Same, Some((tag, what))) => Some(message::bad_entry(place(), &what).on(tag)),
        (Verdict::Different, None) if recorded => {
            bad("every number is still the same on every CPython")
        }
        _ => None,
    }
}
