//! What the table of contents names and says.

use verify::{Place, Problems};

use super::{names, typed_numbers};
use crate::message;
use crate::read::summary::Summary;

/// The pages that somebody else's file would replace, and the numbers that a title types.
pub(crate) fn check(summary: &Summary) -> Problems {
    let mut problems = Problems::new();
    let mut paths = Vec::new();
    for entry in &summary.entries {
        problems.extend(typed_numbers::sentence(&summary.path, &entry.title, &|_| false));
        let Some(path) = &entry.path else { continue };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if let Some(why) = names::of_a_page(&stem) {
            problems.push(message::bad_page_name(summary.place(entry), &stem, why));
        }
        paths.extend(path.to_str());
    }
    for twins in names::twins(paths) {
        let line = summary.entries.iter().rfind(|entry| {
            entry.path.as_deref().and_then(|path| path.to_str()) == twins.last().copied()
        });
        let place = line.map_or_else(|| Place::file(&summary.path), |entry| summary.place(entry));
        problems.push(message::twin_pages(place, &twins));
    }
    problems
}
