//! Chapters, their directives, and which lines show what.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use verify::compare::Subject;
use verify::{Place, Problems};

use super::directive::{self, Directive, Kind};
use super::markdown::{self, Parts};
use super::notebook::Notebook;
use super::picture::Picture;
use super::shelf::Shelf;
use super::{fence, link, prose};
use crate::message;

/// One chapter, as its author wrote it.
#[derive(Debug)]
pub(crate) struct Chapter {
    /// Relative to the course's folder: `book/tuple.md`.
    pub(crate) path: PathBuf,
    /// Its Markdown.
    pub(crate) text: String,
    /// What it asks for.
    pub(crate) directives: Vec<Directive>,
    /// The pictures it shows, by topic.
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// The lecture's notebook, where it shows that.
    pub(crate) notebook: Option<Notebook>,
}

impl Chapter {
    /// Reads a chapter and everything wrong with it that needs no lesson to see.
    /// `root` is the course's folder.
    pub(crate) fn read(path: PathBuf, text: String, root: &Path) -> (Chapter, Problems) {
        let parts: Parts = markdown::parts(&text);
        let (directives, mut problems) = directive::find(&path, &text, &parts);
        let blank = blank(&text, &directives);
        let blank_parts = markdown::parts(&blank);
        problems.extend(prose::check(&path, &blank, &blank_parts));
        problems.extend(fence::check(&path, &blank, &blank_parts));
        problems.extend(link::check(&path, &blank, &blank_parts, root));
        let mut pictures = BTreeMap::new();
        let mut notebook = None;
        for directive in &directives {
            let place = Place::line(&path, directive.line);
            let loaded = match &directive.kind {
                Kind::Picture { topic } => {
                    let file = path.with_file_name(format!("{topic}.dot"));
                    Picture::load(root, file, &place)
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
        (Chapter { path, text, directives, pictures, notebook }, problems)
    }

    /// Its first heading.
    pub(crate) fn title(&self) -> &str {
        let heading = self.text.lines().find_map(|line| line.strip_prefix("# "));
        heading.unwrap_or_default().trim()
    }

    /// Whether it shows `kind`.
    pub(crate) fn shows(&self, kind: &Kind) -> bool {
        self.directives.iter().any(|directive| directive.kind == *kind)
    }

    /// The place of a directive.
    pub(crate) fn place(&self, directive: &Directive) -> Place {
        Place::line(&self.path, directive.line)
    }
}

/// `text` with something neutral where its directives stand, so that what follows keeps its
/// place, and a paragraph that begins with a value is no indented code.
fn blank(text: &str, directives: &[Directive]) -> String {
    let mut blank = text.to_owned();
    for directive in directives {
        let filler = if directive.kind.is_inline() { "?" } else { " " };
        blank.replace_range(directive.range.clone(), &filler.repeat(directive.range.len()));
    }
    blank
}

/// Which chapter lines show each cell and each bound expression, by topic.
#[derive(Debug, Default)]
pub(crate) struct Index {
    shown: BTreeMap<(String, Subject), Vec<Place>>,
    expressions: BTreeMap<String, Vec<String>>,
}

impl Index {
    /// The index of `chapters`.
    pub(crate) fn new(chapters: &[Chapter], shelf: &Shelf) -> Index {
        let mut index = Index::default();
        for (topic, volume) in &shelf.volumes {
            for (bug, expression) in volume.clinic.expressions() {
                index.bind(topic, expression, volume.clinic.place(bug));
            }
        }
        for chapter in chapters {
            for (notebook, entry) in chapter.notebook.iter().flat_map(Notebook::with_entries) {
                for expression in &entry.today {
                    index.bind(&entry.lesson, expression, notebook.place(entry));
                }
            }
            for directive in &chapter.directives {
                let place = chapter.place(directive);
                let topic = directive.kind.topic();
                match &directive.kind {
                    Kind::Cell { name, .. } | Kind::Predict { name, .. } => {
                        index.add(topic, Subject::Cell(name.clone()), place);
                    }
                    Kind::Edges { .. } => {
                        let volume = shelf.volumes.get(topic);
                        let cells = volume.iter().flat_map(|volume| &volume.lesson.session.cells);
                        for cell in cells.filter(|cell| cell.edge) {
                            index.add(topic, Subject::Cell(cell.name.clone()), place.clone());
                        }
                    }
                    Kind::Value { expression, .. } => index.bind(topic, expression, place),
                    Kind::Picture { .. } => {
                        if let Some(picture) = chapter.pictures.get(topic) {
                            for (node, expression) in picture.counted() {
                                index.bind(topic, expression, picture.place(node));
                            }
                        }
                    }
                    Kind::Listing { .. }
                    | Kind::Diff { .. }
                    | Kind::Refused { .. }
                    | Kind::Clinic { .. }
                    | Kind::Notebook { .. } => {}
                }
            }
        }
        index
    }

    fn bind(&mut self, topic: &str, expression: &str, place: Place) {
        let expressions = self.expressions.entry(topic.to_owned()).or_default();
        if !expressions.iter().any(|known| known == expression) {
            expressions.push(expression.to_owned());
        }
        self.add(topic, Subject::Value(expression.to_owned()), place);
    }

    fn add(&mut self, topic: &str, subject: Subject, place: Place) {
        self.shown.entry((topic.to_owned(), subject)).or_default().push(place);
    }

    /// The chapter lines that show `subject`.
    pub(crate) fn places(&self, topic: &str, subject: &Subject) -> &[Place] {
        self.shown.get(&(topic.to_owned(), subject.clone())).map_or(&[], Vec::as_slice)
    }

    /// The expressions bound to each topic, in the order of the chapters.
    pub(crate) fn expressions(&self) -> &BTreeMap<String, Vec<String>> {
        &self.expressions
    }

    /// The expressions bound to `topic`.
    pub(crate) fn expressions_of(&self, topic: &str) -> &[String] {
        self.expressions.get(topic).map_or(&[], Vec::as_slice)
    }

    /// The cells that no chapter shows.
    pub(crate) fn unshown(&self, shelf: &Shelf) -> Problems {
        let mut problems = Problems::new();
        for (topic, volume) in &shelf.volumes {
            for cell in &volume.lesson.session.cells {
                if self.places(topic, &Subject::Cell(cell.name.clone())).is_empty() {
                    let place = volume.lesson.place(cell.line);
                    problems.push(message::cell_not_shown(place, topic, cell));
                }
            }
        }
        problems
    }
}
