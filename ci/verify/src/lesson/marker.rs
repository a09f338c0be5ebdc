//! The line that starts a cell: `# %% name key="value"`.

use super::cell::Cell;
use super::key::Key;
use super::packages::Pins;
use crate::message;
use crate::problem::{Place, Problem};

/// What parts the words of a marker.
const SPACE: [char; 2] = [' ', '\t'];

/// What follows `# %%` on a marker's line.
pub(super) fn rest(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?;
    rest.strip_prefix(" %%").or_else(|| rest.strip_prefix("%%"))
}

/// Reads `<name> [key="value" …]` into `cell`.
pub(super) fn read(cell: &mut Cell, rest: &str, place: Place, pins: &Pins) -> Result<(), Problem> {
    let rest = rest.trim_end();
    let (name, mut keys) = match rest.strip_prefix(SPACE).map(str::trim_start) {
        Some(rest) => rest.split_at(rest.find(SPACE).unwrap_or(rest.len())),
        None => return Err(message::cell_without_name(place)),
    };
    if !is_name(name) {
        return Err(message::cell_badly_named(place, name));
    }
    cell.name = name.to_owned();
    let mut seen: Vec<&str> = Vec::new();
    while !keys.trim_start().is_empty() {
        keys = keys.trim_start();
        let (key, value, after) =
            key_value(keys).ok_or_else(|| message::key_without_quotes(place.clone(), keys))?;
        if seen.contains(&key) {
            return Err(message::key_twice(place, key));
        }
        let known: Key =
            key.parse().map_err(|_| message::unknown_key(place.clone(), key, Key::NAMES))?;
        known
            .set(cell, value, pins)
            .map_err(|takes| message::bad_value(place.clone(), key, value, &takes))?;
        cell.keys.push((key.to_owned(), value.to_owned()));
        seen.push(key);
        keys = after;
    }
    if !cell.runs_somewhere() {
        return Err(message::runs_nowhere(place));
    }
    if cell.raises.is_some() && cell.crashes.is_some() {
        return Err(message::raises_and_crashes(place));
    }
    Ok(())
}

/// `line` without the key that says something to the reader of a page, and nothing to what runs.
pub(super) fn as_it_runs(line: &str) -> String {
    let key = rest(line).and_then(|_| line.split_once(" why=\""));
    let cut = key.and_then(|(before, after)| Some((before, after.split_once('"')?.1)));
    cut.map_or_else(|| line.to_owned(), |(before, after)| format!("{}{after}", before.trim_end()))
}

/// Splits `key="value" rest`.
fn key_value(text: &str) -> Option<(&str, &str, &str)> {
    let (key, rest) = text.split_once('=')?;
    let (value, rest) = rest.strip_prefix('"')?.split_once('"')?;
    let spaced = rest.is_empty() || rest.starts_with(SPACE);
    (spaced && !key.contains(char::is_whitespace)).then_some((key, value, rest))
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase())
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
