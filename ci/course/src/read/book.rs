//! A course: its lessons, and the chapters of its book.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book as mdbook;
use verify::Problems;

use super::chapter::Chapter;
use super::index::Index;
use super::lessons::Lessons;

/// A course and its chapters.
#[derive(Debug)]
pub(crate) struct Book {
    /// The course's folder.
    pub(crate) root: PathBuf,
    pub(crate) lessons: Lessons,
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) index: Index,
    /// What could not be read.
    pub(crate) problems: Problems,
}

/// Reads the course in `root` and the chapters of its book.
///
/// # Errors
///
/// `book.toml`, `SUMMARY.md` or a chapter cannot be read.
pub(crate) fn read(root: &Path) -> Result<Result<Book, Problems>> {
    let book = MDBook::load(root)
        .with_context(|| format!("cannot load `{}`", root.join("book.toml").display()))?;
    Ok(read_book(root, &book.source_dir(), &book.book))
}

/// Reads the course in `root`, whose chapters mdBook has read from `source`.
///
/// # Errors
///
/// A lesson or its record cannot be read.
pub(crate) fn read_book(root: &Path, source: &Path, book: &mdbook::Book) -> Result<Book, Problems> {
    let mut lessons = Lessons::load(root)?;
    let mut problems = Problems::new();
    let mut chapters = Vec::new();
    for chapter in book.chapters() {
        let Some(path) = &chapter.source_path else { continue };
        let path: PathBuf = source.join(path);
        let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
        let (chapter, found) = Chapter::read(path, chapter.content.clone(), root);
        chapters.push(chapter);
        problems.extend(found);
    }
    let index = Index::new(&chapters, &lessons);
    for (topic, data) in &mut lessons.by_topic {
        data.find_stale(index.expressions_of(topic));
    }
    Ok(Book { root: root.to_owned(), lessons, chapters, index, problems })
}
