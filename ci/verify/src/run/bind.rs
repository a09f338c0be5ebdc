//! What the bound expressions were, and which cells each of them needs.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Evaluated, Event, What};
use super::job::{Job, Value};
use crate::lesson::Cell;
use crate::message;

/// The expressions that have a value, and those that have a fault. One whose names come from a
/// cell that does not run here has neither.
pub(super) struct Values {
    pub(super) values: BTreeMap<String, Value>,
    pub(super) unbound: BTreeMap<String, String>,
}

/// Which names each cell binds.
type Binds<'a> = BTreeMap<&'a str, Option<&'a [String]>>;

/// Sorts the expressions of `job` by what `events` say of them.
pub(super) fn values(job: &Job<'_>, events: &[Event]) -> Values {
    let binds: Binds<'_> = events.iter().filter_map(binds).collect();
    let mut found = Values { values: BTreeMap::new(), unbound: BTreeMap::new() };
    for event in events {
        let What::Value(evaluated) = &event.what else { continue };
        let Some(expression) = job.expressions.get(evaluated.index) else { continue };
        match value(job, evaluated, &binds) {
            Ok(Some(value)) => drop(found.values.insert(expression.clone(), value)),
            Ok(None) => {}
            Err(why) => drop(found.unbound.insert(expression.clone(), why)),
        }
    }
    found
}

fn binds(event: &Event) -> Option<(&str, Option<&[String]>)> {
    match &event.what {
        What::Skipped { cell, binds } => Some((cell, binds.as_deref())),
        What::End(end) => Some((&end.cell, Some(&end.binds))),
        _ => None,
    }
}

fn value(job: &Job<'_>, evaluated: &Evaluated, binds: &Binds<'_>) -> Result<Option<Value>, String> {
    let cells = &job.lesson.session.cells;
    let unparsed = binds.values().any(Option::is_none);
    let mut needed = BTreeSet::new();
    for name in &evaluated.names {
        let binds_it = |cell: &&Cell| {
            let bound = binds.get(cell.name.as_str()).copied().flatten();
            bound.is_some_and(|names| names.contains(name))
        };
        let assigning: Vec<&Cell> = cells.iter().filter(binds_it).collect();
        match assigning.as_slice() {
            [] if evaluated.builtins.contains(name) => {}
            // Perhaps by a cell for a newer Python, which this one cannot read.
            [] if unparsed => return Ok(None),
            [] => return Err(message::assigned_by_none(name)),
            [one] => drop(needed.insert(one.line)),
            several => {
                let names: Vec<&str> = several.iter().map(|cell| cell.name.as_str()).collect();
                return Err(message::assigned_by_several(name, &names));
            }
        }
    }
    let needed: Vec<&Cell> = cells.iter().filter(|cell| needed.contains(&cell.line)).collect();
    let runs = |cell: &Cell| job.runs(cell);
    if needed.iter().any(|cell| !runs(cell)) {
        return Ok(None);
    }
    match (&evaluated.text, &evaluated.error) {
        (Some(text), None) if text.lines().count() == 1 => Ok(Some(Value {
            text: text.clone(),
            cells: needed.iter().map(|cell| cell.name.clone()).collect(),
        })),
        (Some(text), None) => Err(message::not_one_line(text)),
        (_, error) => Err(message::value_raised(error.as_deref().unwrap_or_default())),
    }
}
