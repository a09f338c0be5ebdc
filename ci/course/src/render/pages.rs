//! Every page of the book.

use std::collections::BTreeMap;
use std::path::PathBuf;

use verify::{Place, Problems};

use super::onward::onward;
use super::page::{on_paper, page};
use super::table::with_tables;
use crate::check;
use crate::read::book::Book;

/// Every chapter with its directives replaced, by the path of its file.
pub(crate) fn pages(book: &Book, strict: bool) -> Result<BTreeMap<PathBuf, String>, Problems> {
    let mut problems = check::book::check(book);
    let mut pages = BTreeMap::new();
    for chapter in &book.chapters {
        match page(chapter, book) {
            Ok(page) => {
                problems.extend(check::length::check(Place::file(&chapter.path), &page));
                match on_paper(chapter, book) {
                    Ok(answers) => {
                        let onward = onward(book, &chapter.path).unwrap_or_default();
                        let whole = with_tables(&(page + &answers)) + &onward;
                        drop(pages.insert(book.root.join(&chapter.path), whole));
                    }
                    Err(found) => problems.extend(found),
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    if strict {
        problems.extend(check::stale::stale(book));
    }
    if problems.is_empty() { Ok(pages) } else { Err(problems) }
}
