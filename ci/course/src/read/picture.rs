//! A chapter's picture: objects, who holds them, and how many owners a run has counted.

use std::path::PathBuf;

use verify::lesson::Selection;
use verify::{Place, Tag};

use super::toml_rows::Sentence;

/// A picture, as its file beside the chapter has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The file, relative to the course's folder: `book/tuple.dot`.
    pub(crate) path: PathBuf,
    /// One sentence.
    pub(crate) caption: String,
    /// The verb of its solid arrows, if that is not `owns`.
    pub(crate) solid: Option<String>,
    /// The verb of its dashed arrows, if that is not `borrows`.
    pub(crate) dashed: Option<String>,
    /// The titles of its parts, which stand one below the other. What stands in no part is the
    /// first one, without a title.
    pub(crate) parts: Vec<String>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) arrows: Vec<Arrow>,
    /// Its words, each with its line.
    pub(crate) sentences: Vec<Sentence>,
}

/// An object, or another holder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// What arrows call it.
    pub(crate) name: String,
    /// What it shows; lines end in `\n`.
    pub(crate) label: String,
    pub(crate) kind: Kind,
    /// The places in it where a reference can lie.
    pub(crate) slots: Vec<Slot>,
    /// The expression that says how many owners it has.
    pub(crate) count: Option<String>,
    /// The tags on which it is immortal, so that its count counts nobody.
    pub(crate) immortal: Vec<Tag>,
    /// Where it is.
    pub(crate) selection: Selection,
    /// The part it stands in, by its place in the parts.
    pub(crate) part: usize,
    /// The line that declares it, counted from 1.
    pub(crate) line: usize,
}

/// What a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name, a call, a value in Rust: it holds, and nothing counts who holds it.
    #[default]
    Holder,
    /// A holder that is gone. What it owned is leaked.
    Gone,
    /// An object, or a block of memory.
    Object,
}

/// A place in an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    /// What arrows that start in it call it.
    pub(crate) name: Option<String>,
    pub(crate) text: String,
}

/// A reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrow {
    /// The holder, by its place in the nodes.
    pub(crate) from: usize,
    /// The slot of the holder in which it lies.
    pub(crate) slot: Option<usize>,
    /// The object that is held.
    pub(crate) to: usize,
    /// Whether the holder owns it, or only borrows.
    pub(crate) owns: bool,
    pub(crate) label: String,
    /// Where it is.
    pub(crate) selection: Selection,
}

impl Picture {
    /// An empty picture, whose caption stands in line `line` of `path`.
    pub(crate) fn new(path: PathBuf, caption: String, line: usize) -> Picture {
        let parts = vec![String::new()];
        let mut picture = Picture { path, caption: caption.clone(), parts, ..Picture::default() };
        picture.write(line, &caption);
        picture
    }

    /// Notes words of line `line`, which are no Markdown.
    pub(crate) fn write(&mut self, line: usize, words: &str) {
        let text = words.replace(['`', '*', '_', '#', '<', '['], " ");
        self.sentences.push(Sentence { line, text, typed: None });
    }

    /// The boxes that have a count, and the expression of it.
    pub(crate) fn counted(&self) -> impl Iterator<Item = (&Node, &str)> {
        self.nodes.iter().filter_map(|node| Some((node, node.count.as_deref()?)))
    }

    /// Where `node` is declared.
    pub(crate) fn place(&self, node: &Node) -> Place {
        Place::line(&self.path, node.line)
    }

    /// Whether CPythons of this tag have `arrow`, with what it leads from and to.
    pub(crate) fn has(&self, arrow: &Arrow, tag: Tag) -> bool {
        let ends = [arrow.from, arrow.to].map(|end| &self.nodes[end].selection);
        [&arrow.selection].into_iter().chain(ends).all(|selection| selection.includes(tag))
    }

    /// Whether nobody is left to release what `arrow` owns.
    pub(crate) fn leaks(&self, arrow: &Arrow) -> bool {
        arrow.owns && self.nodes[arrow.from].kind == Kind::Gone
    }

    /// How many solid arrows lead into `node` on CPythons of this tag.
    pub(crate) fn owners(&self, node: &Node, tag: Tag) -> usize {
        let owns = |arrow: &&Arrow| arrow.owns && self.nodes[arrow.to].name == node.name;
        self.arrows.iter().filter(owns).filter(|arrow| self.has(arrow, tag)).count()
    }
}
