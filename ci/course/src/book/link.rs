//! Links from chapter to chapter must lead somewhere; mdBook does not look.

use std::path::Path;

use verify::{Place, Problems};

use super::markdown::{self, Parts};
use crate::message;

/// The links of `chapter` that lead to no file. `source` is the folder of all chapters.
pub(crate) fn check(path: &Path, chapter: &str, parts: &Parts, source: &Path) -> Problems {
    let from =
        source.join(path.strip_prefix(source.file_name().unwrap_or_default()).unwrap_or(path));
    let folder = from.parent().unwrap_or(source);
    let mut problems = Problems::new();
    for link in &parts.links {
        let file = link.target.split(['#', '?']).next().unwrap_or_default();
        if file.is_empty() || link.target.contains("://") || link.target.starts_with("mailto:") {
            continue;
        }
        if !folder.join(file).is_file() {
            let line = markdown::line_of(chapter, link.at);
            problems.push(message::dead_link(Place::line(path, line), &link.target));
        }
    }
    problems
}
