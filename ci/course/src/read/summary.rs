//! The table of contents, `SUMMARY.md`, line by line: mdBook itself tells no line.

use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use verify::{Place, Problem, Problems, text};

use super::markdown::line_of;
use super::toml_rows::Sentence;
use crate::message;

/// A chapter's line, or the title of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What a reader sees, and the line.
    pub(crate) title: Sentence,
    /// The chapter's file, relative to the folder of `SUMMARY.md`.
    pub(crate) path: Option<PathBuf>,
}

/// The table of contents of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// The file, relative to the course's folder: `book/SUMMARY.md`.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
    pub(crate) entries: Vec<Entry>,
}

impl Summary {
    /// Reads the `SUMMARY.md` in `source`, relative to the course in `root`.
    ///
    /// # Errors
    ///
    /// It is not there, or is no text.
    pub(crate) fn load(root: &Path, source: &Path) -> Result<Summary, Problem> {
        let path = source.join("SUMMARY.md");
        let text = text::read(root, &path)?;
        Ok(Summary { entries: entries(&text), path, text })
    }

    /// Where `entry` stands.
    pub(crate) fn place(&self, entry: &Entry) -> Place {
        Place::line(&self.path, entry.title.line)
    }

    /// The chapters that mdBook could not read, at the lines that name them.
    pub(crate) fn unreadable(&self, root: &Path) -> Problems {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let mut problems = Problems::new();
        for entry in &self.entries {
            let Some(path) = &entry.path else { continue };
            let inside = |part| matches!(part, Component::Normal(_) | Component::CurDir);
            if !path.components().all(inside) {
                problems.push(message::chapter_outside(self.place(entry), path));
                continue;
            }
            let file = folder.join(path);
            match text::is_there(root, &file) {
                Ok(false) => {
                    let left = self.left_out(root, folder);
                    problems.push(message::no_chapter(self.place(entry), &file, &left));
                }
                _ => problems.extend(text::read(root, &file).err()),
            }
        }
        problems
    }

    /// The Markdown files beside `SUMMARY.md` that it does not name.
    fn left_out(&self, root: &Path, folder: &Path) -> Vec<String> {
        let names = text::names(root, folder).unwrap_or_default();
        let named = |name: &String| {
            self.entries.iter().any(|entry| entry.path.as_deref() == Some(Path::new(name)))
        };
        let is_chapter = |name: &String| name.ends_with(".md") && name != "SUMMARY.md";
        names.into_iter().filter(|name| is_chapter(name) && !named(name)).collect()
    }
}

/// The entries of a table of contents.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut open = false;
    for (event, range) in Parser::new(text).into_offset_iter() {
        let path = match &event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.replace("%20", " ")),
            Event::Start(Tag::Heading { .. }) => Some(String::new()),
            _ => None,
        };
        match (path, event) {
            (Some(path), _) => {
                let title =
                    Sentence { line: line_of(text, range.start), text: String::new(), typed: None };
                let path = Some(PathBuf::from(path)).filter(|path| path != Path::new(""));
                entries.push(Entry { title, path });
                open = true;
            }
            (None, Event::End(TagEnd::Link | TagEnd::Heading(_))) => open = false,
            (None, Event::Text(words) | Event::Code(words)) if open => {
                entries.last_mut().expect("one is open").title.text.push_str(&words);
            }
            _ => {}
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_has_its_line_and_its_title() {
        let text =
            "# Summary\n\n[In *short*](a.md)\n\n# Part `one`\n\n- [B](b%20c.md)\n  - [Draft]()\n";
        let entries = entries(text);
        let found: Vec<(usize, &str, Option<&Path>)> = entries
            .iter()
            .map(|entry| (entry.title.line, entry.title.text.as_str(), entry.path.as_deref()))
            .collect();
        let path = |path| Some(Path::new(path));
        assert_eq!(
            found,
            [
                (1, "Summary", None),
                (3, "In short", path("a.md")),
                (5, "Part one", None),
                (7, "B", path("b c.md")),
                (8, "Draft", None)
            ]
        );
    }
}
