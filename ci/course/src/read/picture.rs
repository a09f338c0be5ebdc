//! A chapter's picture: objects, who holds them, and how many owners a run has counted.

use std::path::PathBuf;

use verify::{Place, Tag};

use super::toml_rows::Sentence;

/// A picture, as its file beside the chapter has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The file, relative to the course's folder: `book/tuple.dot`.
    pub(crate) path: PathBuf,
    /// One sentence.
    pub(crate) caption: String,
    /// From left to right, not from top to bottom.
    pub(crate) across: bool,
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
    /// An empty picture, whose caption stands in line `line` of `path`.
    pub(crate) fn new(path: PathBuf, caption: String, line: usize) -> Picture {
        let mut picture = Picture { path, caption: caption.clone(), ..Picture::default() };
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

    /// How many solid arrows lead into `node`.
    pub(crate) fn owners(&self, node: &Node) -> usize {
        let enters = |arrow: &&Arrow| self.nodes[arrow.to].name == node.name;
        self.arrows.iter().filter(enters).filter(|arrow| arrow.owns).count()
    }
}
