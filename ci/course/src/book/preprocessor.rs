//! The mdBook preprocessor: the same in this process and as an external command.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use verify::compare::Subject;
use verify::stale::Stale;
use verify::{Place, Problems};

use super::chapter::{Chapter, Index};
use super::page::page;
use super::shelf::Shelf;
use crate::message;

/// Replaces directives, and refuses a book with anything wrong in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    /// Whether a stale column, cell or value is an error.
    pub(crate) strict: bool,
}

impl Preprocessor for Course {
    fn name(&self) -> &'static str {
        "course"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let source = context.root.join(&context.config.book.src);
        let pages = pages(&context.root, &source, &book, self.strict)
            .map_err(|problems| anyhow!(message::all(&problems)))?;
        let mut pages = pages.into_iter();
        book.for_each_chapter_mut(|chapter| {
            if chapter.source_path.is_some() {
                chapter.content = pages.next().unwrap_or_default();
            }
        });
        Ok(book)
    }
}

/// A course and its chapters.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) shelf: Shelf,
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) index: Index,
    /// What is wrong with the chapters themselves.
    pub(crate) problems: Problems,
}

/// Reads the course in `root` and the chapters of its book.
///
/// # Errors
///
/// `book.toml`, `SUMMARY.md` or a chapter cannot be read.
pub(crate) fn read(root: &Path) -> Result<Result<Read, Problems>> {
    let book = MDBook::load(root)
        .with_context(|| format!("cannot load `{}`", root.join("book.toml").display()))?;
    Ok(read_book(root, &book.source_dir(), &book.book))
}

fn read_book(root: &Path, source: &Path, book: &Book) -> Result<Read, Problems> {
    let mut shelf = Shelf::load(root)?;
    let mut problems = Problems::new();
    let mut chapters = Vec::new();
    for chapter in book.chapters() {
        let Some(path) = &chapter.source_path else { continue };
        let path: PathBuf = source.join(path);
        let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
        let (chapter, found) = Chapter::read(path, chapter.content.clone(), source);
        chapters.push(chapter);
        problems.extend(found);
    }
    let index = Index::new(&chapters, &shelf);
    problems.extend(index.unshown(&shelf));
    for (topic, volume) in &mut shelf.volumes {
        volume.find_stale(index.expressions_of(topic));
    }
    Ok(Read { shelf, chapters, index, problems })
}

impl Read {
    /// Every chapter with its directives replaced.
    pub(crate) fn pages(&self, strict: bool) -> Result<Vec<String>, Problems> {
        let mut problems = self.problems.clone();
        let mut pages = Vec::new();
        for chapter in &self.chapters {
            match page(chapter, &self.shelf) {
                Ok(page) => pages.push(page),
                Err(found) => problems.extend(found),
            }
        }
        if strict {
            problems.extend(self.stale());
        }
        if problems.is_empty() { Ok(pages) } else { Err(problems) }
    }

    /// What is stale, or recorded nowhere.
    pub(crate) fn stale(&self) -> Problems {
        let mut problems = Problems::new();
        for (topic, volume) in &self.shelf.volumes {
            if volume.record.ran.is_empty() {
                let place = Place::file(volume.lesson.record_path());
                problems.push(message::not_recorded(place, topic));
            }
            for (tag, stale) in &volume.stale {
                let shown = match stale {
                    Stale::Value(expression) => {
                        self.index.places(topic, &Subject::Value(expression.clone()))
                    }
                    _ => &[],
                };
                problems.push(verify::message::stale(&volume.lesson, *tag, stale, shown));
            }
        }
        problems
    }
}

fn pages(root: &Path, source: &Path, book: &Book, strict: bool) -> Result<Vec<String>, Problems> {
    read_book(root, source, book)?.pages(strict)
}
