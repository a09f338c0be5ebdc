//! A chapter's picture: objects, who holds them, and how many owners a run has counted.

use std::fs;
use std::path::{Path, PathBuf};

use verify::record::text_for;
use verify::{Place, Problem, Problems, Record, Tag};

use super::dot;
use crate::message;

/// A picture, as its file beside the chapter has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The file, relative to the course's folder: `book/tuple.dot`.
    pub(crate) path: PathBuf,
    /// One sentence.
    pub(crate) caption: String,
    /// From left to right, not from top to bottom.
    pub(crate) across: bool,
    pub(crate) nodes: Vec<Node>,
    pub(crate) arrows: Vec<Arrow>,
}

/// An object, or another holder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// What arrows call it.
    pub(crate) name: String,
    /// What it shows; lines end in `\n`.
    pub(crate) label: String,
    /// Whether it is an object, and not a name, a call or a value in Rust.
    pub(crate) object: bool,
    /// The expression that says how many owners it has, and the one tag it speaks of.
    pub(crate) count: Option<String>,
    pub(crate) on: Option<Tag>,
    /// The line that declares it, counted from 1.
    pub(crate) line: usize,
}

/// A reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arrow {
    /// The holder, by its place in the nodes.
    pub(crate) from: usize,
    /// The object that is held.
    pub(crate) to: usize,
    /// Whether the holder owns it, or only borrows.
    pub(crate) owns: bool,
    pub(crate) label: String,
}

impl Picture {
    /// Reads `path`, relative to the course in `root`, which the directive at `place` shows.
    ///
    /// # Errors
    ///
    /// The file is not there, is no picture, or counts nothing.
    pub(crate) fn load(root: &Path, path: PathBuf, place: &Place) -> Result<Picture, Problem> {
        let text = fs::read_to_string(root.join(&path))
            .map_err(|_| message::no_picture(place.clone(), &path))?;
        let picture = dot::read(&path, &text)?;
        if picture.nodes.iter().all(|node| node.count.is_none()) {
            return Err(message::counts_nothing(Place::file(&path)));
        }
        Ok(picture)
    }

    /// The boxes that have a count, and the expression of it.
    pub(crate) fn counted(&self) -> impl Iterator<Item = (&Node, &str)> {
        self.nodes.iter().filter_map(|node| Some((node, node.count.as_deref()?)))
    }

    /// Where `node` is declared.
    pub(crate) fn place(&self, node: &Node) -> Place {
        Place::line(&self.path, node.line)
    }

    /// The boxes into which more or fewer solid arrows lead than were counted. What is not
    /// recorded yet is not judged: it is stale.
    pub(crate) fn miscounted(&self, record: &Record) -> Problems {
        let mut problems = Problems::new();
        for (node, expression) in self.counted() {
            let drawn = self.owners(node);
            let was = record.value(expression).map_or(&[][..], |value| &value.was);
            let tags: Vec<Tag> = was.iter().flat_map(|shared| shared.tags.clone()).collect();
            if let Some(on) = node.on.filter(|on| !tags.is_empty() && !tags.contains(on)) {
                let place = self.place(node);
                problems.push(message::picture_not_recorded(place, expression, on));
            }
            for tag in tags.into_iter().filter(|tag| node.on.is_none_or(|on| on == *tag)) {
                let counted = text_for(was, tag).unwrap_or_default();
                if counted.trim().parse() != Ok(drawn) {
                    let problem =
                        message::miscounted(self.place(node), node, drawn, expression, counted);
                    problems.push(problem.on(tag));
                }
            }
        }
        problems
    }

    /// The picture in sentences, for who cannot see it.
    pub(crate) fn in_words(&self) -> String {
        let label = |node: usize| self.nodes[node].label.replace('\n', " ");
        let sentences = self.arrows.iter().map(|arrow| {
            let verb = if arrow.owns { "owns" } else { "borrows" };
            let note = if arrow.label.is_empty() { "" } else { ", " };
            format!("{} {verb} {}{note}{}.", label(arrow.from), label(arrow.to), arrow.label)
        });
        sentences.collect::<Vec<_>>().join(" ")
    }

    fn owners(&self, node: &Node) -> usize {
        let enters = |arrow: &&Arrow| self.nodes[arrow.to].name == node.name;
        self.arrows.iter().filter(enters).filter(|arrow| arrow.owns).count()
    }
}
