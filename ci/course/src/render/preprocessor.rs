//! The mdBook preprocessor: the same in this process and as an external command.

use anyhow::{Result, anyhow, bail};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::pages::pages;
use crate::check;
use crate::message;
use crate::read::book::read_book;

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
        check::config::check(context).map_err(|problem| anyhow!(message::all(&vec![problem])))?;
        let pages = read_book(&context.root, &source, &book, &[])
            .and_then(|read| pages(&read, self.strict))
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
