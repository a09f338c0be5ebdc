//! A page of the book, as another page leads to it.

use std::path::Path;

use super::duration::duration;
use super::escape::block;
use super::sentence::linkless;
use crate::read::book::Book;
use crate::read::chapter::Chapter;
use crate::read::outline::Page;

/// A page and its chapter.
#[derive(Clone, Copy)]
pub(super) struct Stop<'a> {
    pub(super) page: &'a Page,
    chapter: &'a Chapter,
}

impl<'a> Stop<'a> {
    /// The stop at `page`; a page that could not be read has been told of already.
    pub(super) fn at(book: &'a Book, page: &'a Page) -> Option<Stop<'a>> {
        Some(Stop { chapter: book.chapter(page)?, page })
    }

    /// The stop at the file `path`.
    pub(super) fn of(book: &'a Book, path: &Path) -> Option<Stop<'a>> {
        Stop::at(book, book.outline.page(path)?)
    }

    /// How long it takes.
    pub(super) fn minutes(&self) -> usize {
        self.chapter.minutes()
    }

    /// Its minutes in words; a page beside the chapters is there to look things up in.
    pub(super) fn time(&self) -> Option<String> {
        self.page.number.as_ref().map(|_| duration(self.minutes()))
    }

    /// Its title, on one line.
    pub(super) fn title(&self) -> String {
        block(&self.page.title)
    }

    /// Its idea, on one line.
    pub(super) fn idea(&self) -> Option<String> {
        self.chapter.idea().map(linkless)
    }

    /// The link to it from a page at `from`; mdBook changes its end.
    pub(super) fn link(&self, from: &Path) -> String {
        let up = from.parent().map_or(0, |folder| folder.components().count());
        // Both begin with the book's own folder.
        let shared = self.page.path.components().zip(from.components());
        let shared = shared.take_while(|(one, other)| one == other).count();
        let rest: Vec<String> = self
            .page
            .path
            .components()
            .skip(shared)
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let link = "../".repeat(up.saturating_sub(shared)) + &rest.join("/");
        // A link to the page itself has no part of its own left.
        block(&if rest.is_empty() { file_name(from) } else { link })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
