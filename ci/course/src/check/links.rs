//! Links from chapter to chapter, and from what an author says in a table, must lead somewhere;
//! mdBook does not look.

use std::path::Path;

use verify::{Place, Problems};

use crate::message;
use crate::read::markdown::{self, Link, Parts};
use crate::read::toml_rows::Sentence;

/// The links of `chapter` that lead to no file. `path` is relative to the course in `root`.
pub(crate) fn check(path: &Path, chapter: &str, parts: &Parts, root: &Path) -> Problems {
    let from = root.join(path);
    let dead = dead(parts, from.parent().unwrap_or(root));
    let line = |link: &Link| markdown::line_of(chapter, link.at);
    dead.map(|link| message::dead_link(Place::line(path, line(link)), &link.target)).collect()
}

/// The same of sentences in the table at `path`, which pages in `folder` show.
pub(crate) fn of_sentences(path: &Path, sentences: &[Sentence], folder: &Path) -> Problems {
    let of = |sentence: &Sentence| {
        let parts = markdown::parts(&sentence.text);
        let place = || Place::line(path, sentence.line);
        let dead = dead(&parts, folder);
        dead.map(|link| message::dead_link(place(), &link.target)).collect::<Problems>()
    };
    sentences.iter().flat_map(of).collect()
}

/// The links that lead to no file, seen from `folder`.
fn dead<'a>(parts: &'a Parts, folder: &'a Path) -> impl Iterator<Item = &'a Link> {
    parts.links.iter().filter(move |link| {
        let file = link.target.split(['#', '?']).next().unwrap_or_default();
        let elsewhere = link.target.contains("://") || link.target.starts_with("mailto:");
        !file.is_empty() && !elsewhere && !folder.join(file).is_file()
    })
}
