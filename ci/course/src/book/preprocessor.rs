//! The mdBook preprocessor: the same in this process and as an external command.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use verify::compare::Subject;
use verify::record::Stale;
use verify::{Place, Problem, Problems, Tag};

use super::chapter::{Chapter, Index};
use super::clinic::{self, Clinic};
use super::directive::{Directive, Kind};
use super::page::page;
use super::shelf::{Shelf, Volume};
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
        check_config(context).map_err(|problem| anyhow!(message::all(&vec![problem])))?;
        let pages = pages(&context.root, &source, &book, self.strict)
            .map_err(|problems| anyhow!(message::all(&problems)))?;
        // By path: a book is walked in another order when it is changed than when it is read.
        let mut missed = None;
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = &chapter.source_path else { return };
            match pages.get(&source.join(path)) {
                Some(page) => chapter.content.clone_from(page),
                None => missed = Some(path.clone()),
            }
        });
        match missed {
            None => Ok(book),
            Some(path) => bail!("chapter `{}` was read and not made", path.display()),
        }
    }
}

/// What mdBook would do silently: delete the chapters, or interpret what a cell prints.
fn check_config(context: &PreprocessorContext) -> Result<(), Problem> {
    let output = normal(&context.root.join(&context.config.build.build_dir));
    let source = normal(&context.root.join(&context.config.book.src));
    if output.starts_with(&source) || source.starts_with(&output) {
        return Err(message::output_over_source(&output, &source));
    }
    if context.config.build.use_default_preprocessors {
        return Err(message::default_preprocessors());
    }
    Ok(())
}

/// `path` without `.` and `..`, whether it exists or not.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

/// A course and its chapters.
#[derive(Debug)]
pub(crate) struct Read {
    /// The course's folder.
    pub(crate) root: PathBuf,
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
        let (chapter, found) = Chapter::read(path, chapter.content.clone(), root);
        chapters.push(chapter);
        problems.extend(found);
    }
    let index = Index::new(&chapters, &shelf);
    problems.extend(index.unshown(&shelf));
    for (topic, volume) in &mut shelf.volumes {
        volume.find_stale(index.expressions_of(topic));
    }
    Ok(Read { root: root.to_owned(), shelf, chapters, index, problems })
}

impl Read {
    /// Every chapter with its directives replaced, by the path of its file.
    pub(crate) fn pages(&self, strict: bool) -> Result<BTreeMap<PathBuf, String>, Problems> {
        let mut problems = self.problems.clone();
        let mut pages = BTreeMap::new();
        for chapter in &self.chapters {
            match page(chapter, &self.chapters, &self.shelf) {
                Ok(page) => drop(pages.insert(self.root.join(&chapter.path), page)),
                Err(found) => problems.extend(found),
            }
        }
        problems.extend(self.shelf.volumes.keys().flat_map(|topic| self.miscounted(topic)));
        problems.extend(self.tables());
        if strict {
            problems.extend(self.stale());
        }
        if problems.is_empty() { Ok(pages) } else { Err(problems) }
    }

    /// The pictures of the lesson on `topic` that do not agree with its record.
    pub(crate) fn miscounted(&self, topic: &str) -> Problems {
        let record = &self.shelf.volumes[topic].record;
        let pictures = self.chapters.iter().filter_map(|chapter| chapter.pictures.get(topic));
        pictures.flat_map(|picture| picture.miscounted(record)).collect()
    }

    /// What is wrong with the lessons' bugs, and with the lecture's notebook.
    fn tables(&self) -> Problems {
        let volumes = || self.shelf.volumes.values();
        let mut problems: Problems = volumes()
            .flat_map(|volume| volume.clinic.problems(volume).unwrap_or_else(|found| found))
            .collect();
        for (topic, volume) in &self.shelf.volumes {
            for bug in &volume.clinic.bugs {
                let Some(wrong) = &bug.wrong else { continue };
                let diff = Kind::Diff { topic: topic.clone(), function: wrong.clone() };
                if !self.chapters.iter().any(|chapter| chapter.shows(&diff)) {
                    let place = volume.clinic.place(bug);
                    problems.push(message::bug_not_shown(place, topic, wrong));
                }
            }
        }
        let clinics: Vec<&Clinic> = volumes().map(|volume| &volume.clinic).collect();
        for chapter in &self.chapters {
            let told = |directive: &&Directive| matches!(directive.kind, Kind::Clinic { .. });
            if let Some(directive) = chapter.directives.iter().find(told) {
                let left_out = clinic::left_out(&clinics);
                if !left_out.is_empty() {
                    problems.push(message::bugs_left_out(chapter.place(directive), &left_out));
                }
            }
            let bugs = clinics.iter().flat_map(|clinic| &clinic.bugs);
            let bugs: Vec<&str> = bugs.filter_map(|bug| bug.number.as_deref()).collect();
            let notebook = chapter.notebook.iter();
            problems.extend(notebook.flat_map(|notebook| notebook.problems(&self.shelf, &bugs)));
        }
        problems
    }

    /// What is stale, or recorded nowhere.
    pub(crate) fn stale(&self) -> Problems {
        let mut problems = Problems::new();
        for (topic, volume) in &self.shelf.volumes {
            if volume.record.ran.is_empty() {
                let place = Place::file(volume.lesson.record_path());
                problems.push(message::not_recorded(place, topic));
            }
            problems.extend(volume.stale_cases());
            let stale = volume.stale.iter();
            problems.extend(stale.map(|(tag, stale)| self.stale_part(volume, *tag, stale)));
        }
        problems
    }

    /// One stale part of a column, with the chapter lines that show it.
    pub(crate) fn stale_part(&self, volume: &Volume, tag: Tag, stale: &Stale) -> Problem {
        let subject = match stale {
            Stale::Changed => None,
            Stale::Cell(name) => Some(Subject::Cell(name.clone())),
            Stale::Value(expression) => Some(Subject::Value(expression.clone())),
        };
        let topic = &volume.lesson.topic;
        let shown = subject.map_or(&[][..], |subject| self.index.places(topic, &subject));
        stale.problem(&volume.lesson, tag, shown)
    }
}

fn pages(
    root: &Path,
    source: &Path,
    book: &Book,
    strict: bool,
) -> Result<BTreeMap<PathBuf, String>, Problems> {
    read_book(root, source, book)?.pages(strict)
}
