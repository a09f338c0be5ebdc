//! Puts in place of each directive what it asks for.

use std::ops::Range;

use verify::{Place, Problem, Problems};

use super::asked::{self, asked};
use super::clinic::{self, BugRow};
use super::diff::Function;
use super::edges::{self, Told};
use super::listing::Part;
use super::notebook::NotebookRow;
use super::question;
use super::{
    cell, diff, head, listing, map, notebook, pair, picture, refused, rest, routes, tally, value,
};
use crate::message;
use crate::read::book::Book;
use crate::read::chapter::Chapter;
use crate::read::clinic::{Verdict, order};
use crate::read::directive::Directive;
use crate::read::kind::Kind;
use crate::read::lessons::{LessonData, Lessons};

/// Where a lesson has the sides that are compared with `raw`.
const SAFE: &str = "src/safe.rs";
const WRONG: &str = "src/wrong.rs";

/// The Markdown of `chapter`, which is one of `chapters`, with every directive replaced by HTML.
///
/// # Errors
///
/// Every directive that asks for what is not there.
pub(crate) fn page(chapter: &Chapter, book: &Book) -> Result<String, Problems> {
    replaced(chapter, 0..chapter.text.len(), book)
}

/// The answers to the questions of `chapter`, as Markdown: they end the chapter on paper, and no
/// screen shows them.
///
/// # Errors
///
/// As of [`page`].
pub(crate) fn on_paper(chapter: &Chapter, book: &Book) -> Result<String, Problems> {
    let mut text = String::new();
    for directive in &chapter.directives {
        let Some(asked) = asked(chapter, directive, &book.lessons)? else { continue };
        let closed = chapter.closed(directive).filter(|_| !asked.again);
        let explained = closed.map(|closed| replaced(chapter, closed, book));
        text.push_str(&asked.on_paper(&explained.transpose()?.unwrap_or_default()));
    }
    if text.is_empty() {
        return Ok(text);
    }
    Ok(format!("\n\n<div class=\"answers\"><p class=\"eyebrow\">Answers</p>\n\n{text}</div>\n"))
}

/// The part of a chapter at `range`, with its directives replaced, and what belongs around its
/// head.
fn replaced(chapter: &Chapter, range: Range<usize>, book: &Book) -> Result<String, Problems> {
    let Book { chapters, lessons, .. } = book;
    let mut edits = head::edits(book, chapter);
    let mut problems = Problems::new();
    let mut told = Told::default();
    let inside = |it: &&Directive| range.contains(&it.range.start);
    for directive in chapter.directives.iter().filter(inside) {
        let made = match &directive.kind {
            Kind::Clinic { verdict } => bugs(*verdict, chapters, lessons),
            Kind::Notebook { claims } => entries(chapter, *claims, chapters, lessons),
            Kind::Questions => asked::all(chapters, lessons),
            Kind::Facts => Ok(map::facts(book)),
            Kind::Map => Ok(map::map(book, &chapter.path)),
            Kind::Routes => routes::routes(book, &chapter.path)
                .ok_or_else(|| vec![message::no_routes(chapter.place(directive))]),
            Kind::Rest => Ok(rest(chapter, directive)),
            _ => html(chapter, directive, lessons, &mut told),
        };
        match made {
            Ok(html) => edits.push((directive.range.clone(), html)),
            Err(found) => problems.extend(found),
        }
    }
    problems.sort_by(|one, other| one.place.cmp(&other.place));
    if problems.is_empty() { Ok(edited(&chapter.text, range, edits)) } else { Err(problems) }
}

/// The part of `text` at `range`, with something in place of some of its bytes.
fn edited(text: &str, range: Range<usize>, mut edits: Vec<(Range<usize>, String)>) -> String {
    let mut part = text[range.clone()].to_owned();
    edits.retain(|(at, _)| range.contains(&at.start));
    edits.sort_by_key(|(at, _)| at.start);
    for (at, made) in edits.into_iter().rev() {
        part.replace_range(at.start - range.start..at.end - range.start, &made);
    }
    part
}

/// The resting place that `directive` makes.
fn rest(chapter: &Chapter, directive: &Directive) -> String {
    let rests = chapter.directives.iter().filter(|it| it.kind == Kind::Rest);
    let before = rests.take_while(|it| it.range.start <= directive.range.start).count();
    let (before, after) = chapter.pieces.split_at(before);
    rest::rest(before, after)
}

fn html(
    chapter: &Chapter,
    directive: &Directive,
    lessons: &Lessons,
    told: &mut Told,
) -> Result<String, Problems> {
    let one = |problem| vec![problem];
    let place = &chapter.place(directive);
    if let Some(asked) = asked(chapter, directive, lessons)? {
        return Ok(asked.html() + if asked.again { question::END } else { "" });
    }
    if directive.kind == Kind::Answered {
        return Ok(question::END.to_owned());
    }
    let data = lessons.lesson(directive.kind.topic(), place).map_err(one)?;
    let mut told_of = |topic: &str, source: &str| {
        let gathered = Kind::Edges { topic: topic.to_owned() };
        let session = Some(&data.lesson.session).filter(|_| chapter.shows(&gathered));
        session.map(|session| told.line(topic, session, source)).unwrap_or_default()
    };
    match &directive.kind {
        Kind::Listing { topic, file, anchor, around } => {
            let source = data.part(file, anchor.as_deref(), place)?;
            let path = data.lesson.folder().join(file);
            let part = Part { topic, path: &path, name: anchor.as_deref(), source: &source };
            listing::listing(part, around, &told_of(topic, &source))
                .map_err(|word| vec![message::not_in_listing(place.clone(), &word, &path)])
        }
        Kind::Pair { topic, name, around } => {
            let (raw, safe) = (data.raw_part(name, place), data.part(SAFE, Some(name), place));
            let ((file, raw), safe) = match (raw, safe) {
                (Ok(raw), Ok(safe)) => (raw, safe),
                (raw, safe) => {
                    return Err([raw.err(), safe.err()].into_iter().flatten().flatten().collect());
                }
            };
            let part = |path, source| Part { topic, path, name: Some(name), source };
            let (path, safe_path) =
                (data.lesson.folder().join(file), data.lesson.folder().join(SAFE));
            let under = told_of(topic, &format!("{raw}{safe}"));
            let listing = |path, source, around: &[String]| {
                listing::listing(part(path, source), around, "")
                    .map_err(|word| vec![message::not_in_listing(place.clone(), &word, path)])
            };
            Ok(pair::pair(
                &listing(&path, &raw, around)?,
                &listing(&safe_path, &safe, &[])?,
                &under,
            ))
        }
        Kind::Cell { name, .. } => render_cell(data, name, place).map_err(one),
        Kind::Edges { topic } => {
            let cells = data.lesson.session.cells.iter().filter(|cell| cell.edge);
            let cells: Vec<String> = cells.map(|cell| cell::cell(data, cell)).collect();
            if cells.is_empty() {
                return Err(vec![message::no_edges(place.clone(), topic)]);
            }
            Ok(edges::gathered(&cells))
        }
        Kind::Value { expression, on, as_word, .. } => {
            value::value(data, expression, *on, *as_word, place).map_err(one)
        }
        Kind::Diff { topic, function } => {
            let wrong = data.part(WRONG, Some(function), place)?;
            let raw = data.right_anchors()?;
            let right = raw
                .keys()
                .filter(|name| is_right_name(name, function))
                .max_by_key(|name| name.len());
            let right = right.ok_or_else(|| {
                let known: Vec<&str> = raw.keys().map(String::as_str).collect();
                vec![message::nothing_to_compare(place.clone(), topic, function, &known)]
            })?;
            let path = data.lesson.folder().join(WRONG);
            let wrong = Function { name: function, source: &wrong };
            diff::diff(topic, &path, wrong, Function { name: right, source: &raw[right] })
                .ok_or_else(|| vec![message::no_difference(place.clone(), function, right)])
        }
        Kind::Refused { topic, name } => {
            let case = data.cases.iter().find(|case| case.name == *name);
            let case = case.ok_or_else(|| {
                let known: Vec<&str> = data.cases.iter().map(|case| case.name.as_str()).collect();
                vec![message::unknown_case(place.clone(), topic, name, &known)]
            })?;
            Ok(refused::refused(case, data.record.refused.as_ref(), topic))
        }
        Kind::Predict { .. }
        | Kind::Again { .. }
        | Kind::Answered
        | Kind::Questions
        | Kind::Clinic { .. }
        | Kind::Notebook { .. }
        | Kind::Facts
        | Kind::Map
        | Kind::Routes
        | Kind::Rest => Ok(String::new()),
        Kind::Tally { expression, words, .. } => {
            tally::tally(data, expression, words, place).map_err(one)
        }
        // A picture that could not be read has been told of already.
        Kind::Picture { topic } => {
            let drawn = chapter.pictures.get(topic).map(|it| picture::picture(it, data));
            Ok(drawn.unwrap_or_default())
        }
    }
}

/// The bugs of all lessons, or those with one verdict, by verdict and number; those without a number
/// at the end.
fn bugs(
    verdict: Option<Verdict>,
    chapters: &[Chapter],
    lessons: &Lessons,
) -> Result<String, Problems> {
    let mut rows = Vec::new();
    for (topic, data) in &lessons.by_topic {
        for bug in data.clinic.bugs.iter().filter(|bug| verdict.is_none_or(|it| it == bug.verdict))
        {
            let diff = bug.wrong.as_ref().map(|wrong| {
                let (topic, function) = (topic.clone(), wrong.clone());
                Kind::Diff { topic, function }
            });
            let stem = format!("{topic}.md");
            let chapter = chapters.iter().find(|chapter| match &diff {
                Some(diff) => chapter.shows(diff),
                None => chapter.path.ends_with(&stem),
            });
            rows.push(BugRow { data, bug, chapter });
        }
    }
    let number = |row: &BugRow<'_>| order(row.bug.number.as_deref()?);
    let rank = |row: &BugRow<'_>| Verdict::ALL.iter().position(|it| *it == row.bug.verdict);
    rows.sort_by_key(|row| (rank(row), number(row).unwrap_or(u32::MAX)));
    clinic::bugs(&rows).map_err(|problem| vec![problem])
}

fn entries(
    chapter: &Chapter,
    claims: bool,
    chapters: &[Chapter],
    lessons: &Lessons,
) -> Result<String, Problems> {
    // A notebook that could not be read has been told of already.
    let Some(notebook) = &chapter.notebook else { return Ok(String::new()) };
    let entries = if claims { &notebook.claims } else { &notebook.cells };
    let rows = entries.iter().map(|entry| {
        let place = notebook.place(entry);
        let data = lessons.lesson(&entry.lesson, &place)?;
        Ok(NotebookRow { entry, data, place })
    });
    let one = |problem| vec![problem];
    let rows: Vec<NotebookRow<'_>> = rows.collect::<Result<_, Problem>>().map_err(one)?;
    notebook::entries(&rows, chapters).map_err(one)
}

/// Whether `name` is the function that `wrong` is a wrong version of: `reverse_tuple` of
/// `reverse_tuple_leaks_result`.
fn is_right_name(name: &str, wrong: &str) -> bool {
    wrong.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'))
}

fn render_cell(data: &LessonData, name: &str, place: &Place) -> Result<String, Problem> {
    let cell = data.lesson.session.cell(name).ok_or_else(|| {
        message::unknown_cell(
            place.clone(),
            &data.lesson.session_path(),
            name,
            &data.lesson.session.names(),
        )
    })?;
    Ok(cell::cell(data, cell))
}
