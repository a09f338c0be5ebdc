//! Puts in place of each directive what it asks for.

use verify::{Place, Problem, Problems};

use super::chapter::Chapter;
use super::directive::{Directive, Kind};
use super::shelf::{Shelf, Volume};
use crate::message;
use crate::render;

/// The chapter's Markdown with every directive replaced by HTML.
///
/// # Errors
///
/// Every directive that asks for what is not there.
pub(crate) fn page(chapter: &Chapter, shelf: &Shelf) -> Result<String, Problems> {
    let mut text = chapter.text.clone();
    let mut problems = Problems::new();
    for directive in chapter.directives.iter().rev() {
        match html(chapter, directive, shelf) {
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
        // A picture that could not be read has been told of already.
        Kind::Picture { topic } => {
            Ok(chapter.pictures.get(topic).map(render::picture).unwrap_or_default())
        }
    }
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
