//! A course: its lessons, and the chapters of its book.

use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book as mdbook;
use mdbook_summary::parse_summary;
use verify::{Place, Problem, Problems, text};

use super::chapter::Chapter;
use super::directive;
use super::index::Index;
use super::lessons::Lessons;
use super::outline::{Outline, Page};
use super::routes::Routes;
use super::summary::Summary;
use super::toml_rows;
use crate::message;

/// A course and its chapters.
#[derive(Debug)]
pub(crate) struct Book {
    /// The course's folder.
    pub(crate) root: PathBuf,
    pub(crate) lessons: Lessons,
    pub(crate) summary: Summary,
    /// Its pages in their order, whether they were read or not.
    pub(crate) outline: Outline,
    /// The ways through it.
    pub(crate) routes: Routes,
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) index: Index,
    /// What could not be read.
    pub(crate) problems: Problems,
}

/// Reads the course in `root` and the chapters of its book: of the lessons those on `topics`, and
/// of the chapters those that may show something of them. Without topics, all.
///
/// # Errors
///
/// `book.toml`, `SUMMARY.md` or a chapter cannot be read.
pub(crate) fn read(root: &Path, topics: &[String]) -> Result<Book, Problems> {
    let book = load(root)?;
    read_book(root, &book.source_dir(), &book.book, topics)
}

/// The book in `root`, loaded by mdBook once it is known that it can be: mdBook's own words name
/// no line, and no command that helps.
///
/// # Errors
///
/// `book.toml`, `SUMMARY.md` or a chapter cannot be read, or it is another book's.
pub(crate) fn load(root: &Path) -> Result<MDBook, Problems> {
    let one = |problem| vec![problem];
    let config = config(root).map_err(one)?;
    let summary = Summary::load(root, &config.book.src).map_err(one)?;
    let unreadable = summary.unreadable(root);
    if !unreadable.is_empty() {
        return Err(unreadable);
    }
    let wrong =
        |error: anyhow::Error| one(message::bad_summary(Place::file(&summary.path), &error));
    let parsed = parse_summary(&summary.text).map_err(wrong)?;
    MDBook::load_with_config_and_summary(root, config, parsed)
        .map_err(|error| one(message::mdbook_fails(&error)))
}

/// What `book.toml` says, and the environment, which mdBook asks as well.
fn config(root: &Path) -> Result<Config, Problem> {
    let path = Path::new("book.toml");
    let text = text::read(root, path)?;
    let place = || Place::file(path);
    let _: toml::Table = toml_rows::read(path, &text, "mdBook's guide says what stands there")?;
    let mut config: Config = text.parse().map_err(|error| message::bad_config(place(), &error))?;
    config.update_from_env().map_err(|error| message::bad_config(place(), &error))?;
    let ours = config.get::<toml::Value>("preprocessor.course").ok().flatten();
    if ours.is_none() {
        return Err(message::another_book(place()));
    }
    Ok(config)
}

/// The same of a book whose chapters mdBook has read from `source`.
///
/// # Errors
///
/// A lesson or its record cannot be read.
pub(crate) fn read_book(
    root: &Path,
    source: &Path,
    book: &mdbook::Book,
    topics: &[String],
) -> Result<Book, Problems> {
    let mut lessons = Lessons::load(root, topics)?;
    let one = |problem| vec![problem];
    let folder = source.strip_prefix(root).unwrap_or(source);
    let summary = Summary::load(root, folder).map_err(one)?;
    let outline = Outline::new(book, folder);
    let routes = Routes::load(root, folder).map_err(one)?;
    let mut problems = Problems::new();
    let mut chapters = Vec::new();
    for chapter in book.chapters() {
        let Some(path) = &chapter.source_path else { continue };
        if !topics.is_empty() && !directive::may_concern(&chapter.content, topics) {
            continue;
        }
        let path: PathBuf = source.join(path);
        let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
        let text = match text::normal(&path, chapter.content.as_bytes()) {
            Ok(text) => text,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let (chapter, found) = Chapter::read(path, text, root);
        chapters.push(chapter);
        problems.extend(found);
    }
    let index = Index::new(&chapters, &lessons);
    for (topic, data) in &mut lessons.by_topic {
        data.find_stale(index.expressions_of(topic));
    }
    let root = root.to_owned();
    Ok(Book { root, lessons, summary, outline, routes, chapters, index, problems })
}

impl Book {
    /// The chapter of `page`, if it was read.
    pub(crate) fn chapter(&self, page: &Page) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.path == page.path)
    }
}
