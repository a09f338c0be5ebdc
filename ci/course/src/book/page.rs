//! Puts in place of each directive what it asks for.

use verify::{Place, Problem, Problems};

use super::chapter::Chapter;
use super::clinic::{Verdict, order};
use super::directive::{Directive, Kind};
use super::shelf::{Shelf, Volume};
use crate::message;
use crate::render::{self, Patient, Row};

/// The chapter's Markdown with every directive replaced by HTML.
///
/// # Errors
///
/// Every directive that asks for what is not there.
pub(crate) fn page(
    chapter: &Chapter,
    chapters: &[Chapter],
    shelf: &Shelf,
) -> Result<String, Problems> {
    let mut text = chapter.text.clone();
    let mut problems = Problems::new();
    for directive in chapter.directives.iter().rev() {
        let made = match &directive.kind {
            Kind::Clinic { verdict } => clinic(*verdict, chapters, shelf),
            Kind::Notebook { claims } => notebook(chapter, *claims, chapters, shelf),
            _ => html(chapter, directive, shelf),
        };
        match made {
            Ok(html) => text.replace_range(directive.range.clone(), &html),
            Err(found) => problems.extend(found),
        }
    }
    problems.sort_by(|one, other| one.place.cmp(&other.place));
    if problems.is_empty() { Ok(text) } else { Err(problems) }
}

fn html(chapter: &Chapter, directive: &Directive, shelf: &Shelf) -> Result<String, Problems> {
    let one = |problem| vec![problem];
    let place = &chapter.place(directive);
    let volume = shelf.volume(directive.kind.topic(), place).map_err(one)?;
    match &directive.kind {
        Kind::Listing { file, anchor, .. } => {
            let source = volume.part(file, anchor.as_deref(), place)?;
            Ok(render::listing(&volume.lesson.folder().join(file), &source))
        }
        Kind::Cell { name, .. } => render_cell(volume, name, place, false).map_err(one),
        Kind::Predict { name, .. } => render_cell(volume, name, place, true).map_err(one),
        Kind::Edges { topic } => {
            let cells = volume.lesson.session.cells.iter().filter(|cell| cell.edge);
            let cells: Vec<String> = cells.map(|cell| render::cell(volume, cell, false)).collect();
            if cells.is_empty() {
                return Err(vec![message::no_edges(place.clone(), topic)]);
            }
            Ok(render::edges(&cells))
        }
        Kind::Value { expression, on, as_word, .. } => {
            render::value(volume, expression, *on, *as_word, place).map_err(one)
        }
        Kind::Diff { topic, function } => {
            let wrong = volume.part("src/wrong.rs", Some(function), place)?;
            let raw = volume.anchors("src/raw.rs")?;
            let right = raw
                .keys()
                .filter(|name| is_right_name(name, function))
                .max_by_key(|name| name.len());
            let right = right.ok_or_else(|| {
                let known: Vec<&str> = raw.keys().map(String::as_str).collect();
                vec![message::nothing_to_compare(place.clone(), topic, function, &known)]
            })?;
            render::diff(&volume.lesson, function, &wrong, right, &raw[right])
                .ok_or_else(|| vec![message::no_difference(place.clone(), function, right)])
        }
        Kind::Refused { topic, name } => {
            let case = volume.cases.iter().find(|case| case.name == *name);
            let case = case.ok_or_else(|| {
                let known: Vec<&str> = volume.cases.iter().map(|case| case.name.as_str()).collect();
                vec![message::unknown_case(place.clone(), topic, name, &known)]
            })?;
            Ok(render::refused(case, volume.record.refused.as_ref(), topic))
        }
        Kind::Clinic { .. } | Kind::Notebook { .. } => Ok(String::new()),
        // A picture that could not be read has been told of already.
        Kind::Picture { topic } => {
            Ok(chapter.pictures.get(topic).map(render::picture).unwrap_or_default())
        }
    }
}

/// The bugs of all lessons with one verdict, by their numbers; those without one at the end.
fn clinic(verdict: Verdict, chapters: &[Chapter], shelf: &Shelf) -> Result<String, Problems> {
    let mut patients = Vec::new();
    for (topic, volume) in &shelf.volumes {
        for bug in volume.clinic.bugs.iter().filter(|bug| bug.verdict == verdict) {
            let diff = bug.wrong.as_ref().map(|wrong| {
                let (topic, function) = (topic.clone(), wrong.clone());
                Kind::Diff { topic, function }
            });
            let stem = format!("{topic}.md");
            let chapter = chapters.iter().find(|chapter| match &diff {
                Some(diff) => chapter.shows(diff),
                None => chapter.path.ends_with(&stem),
            });
            patients.push(Patient { volume, bug, chapter });
        }
    }
    let number = |patient: &Patient<'_>| order(patient.bug.number.as_deref()?);
    patients.sort_by_key(|patient| number(patient).unwrap_or(u32::MAX));
    render::bugs(&patients).map_err(|problem| vec![problem])
}

fn notebook(
    chapter: &Chapter,
    claims: bool,
    chapters: &[Chapter],
    shelf: &Shelf,
) -> Result<String, Problems> {
    // A notebook that could not be read has been told of already.
    let Some(notebook) = &chapter.notebook else { return Ok(String::new()) };
    let entries = if claims { &notebook.claims } else { &notebook.cells };
    let rows = entries.iter().map(|entry| {
        let place = notebook.place(entry);
        let volume = shelf.volume(&entry.lesson, &place)?;
        Ok(Row { entry, volume, place })
    });
    let one = |problem| vec![problem];
    let rows: Vec<Row<'_>> = rows.collect::<Result<_, Problem>>().map_err(one)?;
    render::entries(&rows, chapters).map_err(one)
}

/// Whether `name` is the function that `wrong` is a wrong version of: `reverse_tuple` of
/// `reverse_tuple_leaks_result`.
fn is_right_name(name: &str, wrong: &str) -> bool {
    wrong.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'))
}

fn render_cell(volume: &Volume, name: &str, place: &Place, ask: bool) -> Result<String, Problem> {
    let cell = volume
        .lesson
        .session
        .cell(name)
        .ok_or_else(|| message::unknown_cell(place.clone(), &volume.lesson, name))?;
    Ok(render::cell(volume, cell, ask))
}
