//! Puts a run in the record's place.

use super::table::{Column, OutputGroup, Record, RecordedCell, RecordedValue, text_for};
use crate::cpython::Tag;
use crate::lesson::Lesson;
use crate::mask::alike;
use crate::run::{Run, Value};

/// `record` with the columns of `runs` put in place, and all others as they were.
///
/// Cells and expressions that are gone lose their entries; expressions are kept in the order
/// of `expressions`.
pub fn update(
    lesson: &Lesson,
    record: &Record,
    runs: &[Run],
    expressions: &[String],
    digest: &str,
) -> Record {
    let mut ran = record.ran.clone();
    for run in runs {
        let column = Column { python: run.version.clone(), digest: digest.to_owned() };
        ran.insert(run.tag, column);
    }
    let tags: Vec<Tag> = ran.keys().copied().collect();
    let cells = lesson.session.cells.iter().map(|cell| {
        let old = record.cell(&cell.name).map_or(&[][..], |known| &known.printed);
        let new = |run: &Run| run.printed.get(&cell.name).cloned();
        let same = |one: &str, other: &str| alike(cell.varies, one, other);
        let kept: Vec<Tag> = tags.iter().copied().filter(|tag| cell.runs_on(*tag)).collect();
        let could_not_run = |run: &Run| run.missing.contains_key(&cell.name);
        let printed = regroup(&kept, old, runs, could_not_run, new, same);
        RecordedCell { name: cell.name.clone(), printed }
    });
    let values = expressions.iter().map(|expression| {
        let known = record.value(expression);
        let old = known.map_or(&[][..], |known| &known.was);
        let value = |run: &Run| run.values.get(expression).cloned();
        let new = |run: &Run| value(run).map(|value: Value| value.text);
        let cells = runs.iter().find_map(value).map(|value| value.cells);
        let could_not_run = |run: &Run| known.is_some_and(|known| run.cannot_have(&known.cells));
        RecordedValue {
            expression: expression.clone(),
            cells: cells.or_else(|| known.map(|known| known.cells.clone())).unwrap_or_default(),
            was: regroup(&tags, old, runs, could_not_run, new, |one, other| one == other),
        }
    });
    Record {
        cells: cells.filter(|cell| !cell.printed.is_empty()).collect(),
        values: values.filter(|value| !value.was.is_empty()).collect(),
        refused: record.refused.clone(),
        ran,
    }
}

/// Each text once, with its tags: the run's where there is a run of that tag which could have
/// it, else the old.
fn regroup(
    tags: &[Tag],
    old: &[OutputGroup],
    runs: &[Run],
    could_not_run: impl Fn(&Run) -> bool,
    new: impl Fn(&Run) -> Option<String>,
    same: impl Fn(&str, &str) -> bool,
) -> Vec<OutputGroup> {
    let mut groups: Vec<OutputGroup> = Vec::new();
    for &tag in tags {
        let before = text_for(old, tag).map(str::to_owned);
        let text = match runs.iter().find(|run| run.tag == tag).filter(|run| !could_not_run(run)) {
            // What only varies keeps its recorded text, so that a second `regen` changes nothing.
            Some(run) => match (before, new(run)) {
                (Some(before), Some(text)) if same(&before, &text) => Some(before),
                (_, text) => text,
            },
            None => before,
        };
        let Some(text) = text else { continue };
        match groups.iter_mut().find(|group| same(&group.text, &text)) {
            Some(group) => group.tags.push(tag),
            None => groups.push(OutputGroup { tags: vec![tag], text }),
        }
    }
    groups
}
