//! Chapters, and what they ask for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use verify::{Place, Problems};

use super::directive::{self, Directive};
use super::dot;
use super::head::{self, Head};
use super::kind::Kind;
use super::markdown::{self, Parts};
use super::minutes;
use super::notebook::Notebook;
use super::picture::Picture;
use super::pieces::{self, Piece};

/// One chapter, as its author wrote it.
#[derive(Debug)]
pub(crate) struct Chapter {
    /// Relative to the course's folder: `book/tuple.md`.
    pub(crate) path: PathBuf,
    /// Its Markdown.
    pub(crate) text: String,
    /// What it asks for.
    pub(crate) directives: Vec<Directive>,
    /// What it says of itself.
    pub(crate) head: Option<Head>,
    /// What is read at one go; one piece where it has no resting place.
    pub(crate) pieces: Vec<Piece>,
    /// The pictures it shows, by topic.
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// The lecture's notebook, where it shows that.
    pub(crate) notebook: Option<Notebook>,
}

impl Chapter {
    /// Reads a chapter and what stands beside it, with what cannot be read. `root` is the course's folder.
    pub(crate) fn read(path: PathBuf, text: String, root: &Path) -> (Chapter, Problems) {
        let parts: Parts = markdown::parts(&text);
        let (directives, mut problems) = directive::find(&path, &text, &parts);
        let mut pictures = BTreeMap::new();
        let mut notebook = None;
        for directive in &directives {
            let place = Place::line(&path, directive.line);
            let loaded = match &directive.kind {
                Kind::Picture { topic } => {
                    let file = path.with_file_name(format!("{topic}.dot"));
                    dot::load(root, file, &place)
                        .map(|picture| drop(pictures.insert(topic.clone(), picture)))
                }
                Kind::Notebook { .. } if notebook.is_none() => {
                    Notebook::load(root, path.with_file_name("notebook.toml"), &place)
                        .map(|read| notebook = Some(read))
                }
                _ => Ok(()),
            };
            problems.extend(loaded.err());
        }
        let (head, pieces) = (head::head(&text), pieces::pieces(&text, &directives));
        (Chapter { path, text, directives, head, pieces, pictures, notebook }, problems)
    }

    /// Its first heading.
    pub(crate) fn title(&self) -> &str {
        let heading = self.text.lines().find_map(|line| line.strip_prefix("# "));
        heading.unwrap_or_default().trim()
    }

    /// The name of its file.
    pub(crate) fn file(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// A link to it in Markdown, to `anchor` where that is not empty.
    pub(crate) fn link(&self, anchor: &str) -> String {
        format!("[{}]({}{anchor})", self.title(), self.file())
    }

    /// The one idea that carries it, in Markdown.
    pub(crate) fn idea(&self) -> Option<&str> {
        let idea = self.head.as_ref()?.idea.as_ref()?;
        Some(&self.text[idea.rest.clone()])
    }

    /// How long it takes, as a page shows that.
    pub(crate) fn minutes(&self) -> usize {
        minutes::in_steps(self.pieces.iter().map(|piece| piece.minutes).sum())
    }

    /// Whether it shows `kind`.
    pub(crate) fn shows(&self, kind: &Kind) -> bool {
        self.directives.iter().any(|directive| directive.kind == *kind)
    }

    /// The directives that ask a question.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Directive> {
        let asks = |it: &&Directive| matches!(it.kind, Kind::Predict { .. } | Kind::Again { .. });
        self.directives.iter().filter(asks)
    }

    /// What stands closed behind the question at `predict`, where it is well formed: up to
    /// `{{#answered}}`, with at most values in it.
    pub(crate) fn closed(&self, predict: &Directive) -> Option<Range<usize>> {
        let start = predict.range.end;
        let mut after = self.directives.iter().filter(|directive| directive.range.start >= start);
        let next = after.find(|directive| !directive.kind.is_inline())?;
        (next.kind == Kind::Answered).then_some(start..next.range.start)
    }

    /// The place of a directive.
    pub(crate) fn place(&self, directive: &Directive) -> Place {
        Place::line(&self.path, directive.line)
    }
}
