//! The pages of a book in their order, and the parts that they stand in.

use std::path::{Path, PathBuf};

use mdbook_preprocessor::book::{Book, BookItem};

/// The pages of a book, and its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The titles of the parts.
    pub(crate) parts: Vec<String>,
    /// Every page that the table of contents names.
    pub(crate) pages: Vec<Page>,
}

/// A page, as the table of contents names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The file, relative to the course's folder: `book/tuple.md`.
    pub(crate) path: PathBuf,
    /// Its address from the site's root, without `.html`: `tuple`.
    pub(crate) key: String,
    pub(crate) title: String,
    /// `3` or `3.1`; a page beside the chapters has none.
    pub(crate) number: Option<String>,
    /// The place of its part among the parts.
    pub(crate) part: Option<usize>,
}

impl Outline {
    /// The outline of `book`, whose files lie in `folder`.
    pub(crate) fn new(book: &Book, folder: &Path) -> Outline {
        let mut outline = Outline::default();
        outline.add(&book.items, folder);
        outline
    }

    fn add(&mut self, items: &[BookItem], folder: &Path) {
        for item in items {
            match item {
                BookItem::PartTitle(title) => self.parts.push(title.clone()),
                BookItem::Chapter(chapter) => {
                    let number = chapter.number.as_ref().map(ToString::to_string);
                    let number = number.map(|number| number.trim_end_matches('.').to_owned());
                    let part = self.parts.len().checked_sub(1).filter(|_| number.is_some());
                    if let Some(path) = &chapter.source_path {
                        let key = path.with_extension("").display().to_string();
                        let (path, title) = (folder.join(path), chapter.name.clone());
                        self.pages.push(Page { path, key, title, number, part });
                    }
                    self.add(&chapter.sub_items, folder);
                }
                BookItem::Separator => {}
            }
        }
    }

    /// The chapters: the pages that have a number.
    pub(crate) fn chapters(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| page.number.is_some())
    }

    /// The page of the file at `path`.
    pub(crate) fn page(&self, path: &Path) -> Option<&Page> {
        self.pages.iter().find(|page| page.path == path)
    }
}

#[cfg(test)]
mod tests {
    use mdbook_preprocessor::book::Chapter;

    use super::*;

    #[test]
    fn a_chapter_has_a_number_and_a_part_and_another_page_has_neither() {
        let chapter = |name: &str, numbers: &[u32]| {
            let path = format!("{name}.md");
            let mut chapter = Chapter::new(name, String::new(), path, Vec::new());
            let is_numbered = !numbers.is_empty();
            chapter.number = is_numbered.then(|| numbers.iter().copied().collect());
            chapter
        };
        let mut first = chapter("a", &[1]);
        first.sub_items.push(BookItem::Chapter(chapter("b", &[1, 1])));
        let items = vec![
            BookItem::Chapter(chapter("start", &[])),
            BookItem::PartTitle("One".to_owned()),
            BookItem::Chapter(first),
            BookItem::PartTitle("Two".to_owned()),
            BookItem::Chapter(chapter("c", &[2])),
            BookItem::Separator,
            BookItem::Chapter(chapter("end", &[])),
        ];
        let outline = Outline::new(&Book::new_with_items(items), Path::new("book"));
        let pages = outline.pages.iter();
        let pages: Vec<_> =
            pages.map(|page| (page.title.as_str(), page.number.as_deref(), page.part)).collect();
        assert_eq!(
            pages,
            [
                ("start", None, None),
                ("a", Some("1"), Some(0)),
                ("b", Some("1.1"), Some(0)),
                ("c", Some("2"), Some(1)),
                ("end", None, None)
            ]
        );
        assert_eq!(outline.parts, ["One", "Two"]);
        assert_eq!(outline.page(Path::new("book/c.md")).unwrap().key, "c");
        assert_eq!(outline.chapters().count(), 3);
    }
}
