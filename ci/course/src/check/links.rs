//! Links from chapter to chapter must lead somewhere; mdBook does not look.

use std::path::Path;

use verify::{Place, Problems};

use crate::message;
use crate::read::markdown::{self, Parts};

/// The links of `chapter` that lead to no file. `path` is relative to the course in `root`.
pub(crate) fn check(path: &Path, chapter: &str, parts: &Parts, root: &Path) -> Problems {
    let from = root.join(path);
    let folder = from.parent().unwrap_or(root);
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
