//! The ways through a book, for readers who need not all of it, and what its parts are for:
//! `routes.toml` beside the table of contents.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use verify::{Place, Problem, text};

use super::markdown::line_of;
use super::toml_rows::{self, Sentence};

/// What `routes.toml` has; nothing where there is no such file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Routes {
    /// The file, relative to the course's folder.
    pub(crate) path: PathBuf,
    pub(crate) routes: Vec<Route>,
    pub(crate) parts: Vec<Part>,
    /// What pages show of it in its author's words.
    pub(crate) sentences: Vec<Sentence>,
}

/// A way through the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// By which a browser remembers it.
    pub(crate) name: String,
    /// Who takes it, in the reader's own words.
    pub(crate) title: String,
    /// One or two sentences, in Markdown.
    pub(crate) says: String,
    /// Its chapters, in its order.
    pub(crate) stops: Vec<Stop>,
    /// The line of its `[[route]]`, counted from 1.
    pub(crate) line: usize,
}

/// A chapter on a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    /// As the file has it, relative to its own folder.
    pub(crate) name: String,
    /// Relative to the course's folder.
    pub(crate) path: PathBuf,
    pub(crate) line: usize,
}

/// A part of the book, by its title in the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) title: String,
    /// One sentence, in Markdown: what it is for.
    pub(crate) says: String,
    pub(crate) line: usize,
}

/// Which keys the file has.
const FORM: &str = "a [[route]] has name, title, says and chapters, which are files beside \
                    SUMMARY.md; a [[part]] has title and says";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    part: Vec<Spanned<PartRow>>,
    #[serde(default)]
    route: Vec<Spanned<RouteRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRow {
    title: String,
    says: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteRow {
    name: String,
    title: String,
    says: String,
    chapters: Vec<Spanned<String>>,
}

impl Routes {
    /// Reads the `routes.toml` in `folder`, relative to the course in `root`.
    ///
    /// # Errors
    ///
    /// The file is not such a table.
    pub(crate) fn load(root: &Path, folder: &Path) -> Result<Routes, Problem> {
        let path = folder.join("routes.toml");
        let text = text::read_if_there(root, &path)?.unwrap_or_default();
        Routes::parse(path, &text)
    }

    /// Reads `text`, which is the file at `path`.
    ///
    /// # Errors
    ///
    /// It is not such a table.
    pub(crate) fn parse(path: PathBuf, text: &str) -> Result<Routes, Problem> {
        let table: Table = toml_rows::read(&path, text, FORM)?;
        let mut sentences = Vec::new();
        let mut shown = |line, title: &String, says: &String| {
            let texts = [("title", Some(title)), ("says", Some(says))];
            sentences.extend(toml_rows::sentences(text, line, &texts));
        };
        let mut parts = Vec::new();
        for (line, PartRow { title, says }) in toml_rows::with_lines(text, table.part) {
            shown(line, &title, &says);
            parts.push(Part { title, says, line });
        }
        let mut routes = Vec::new();
        for (line, row) in toml_rows::with_lines(text, table.route) {
            shown(line, &row.title, &row.says);
            let stop = |name: Spanned<String>| {
                let line = line_of(text, name.span().start);
                let name = name.into_inner();
                Stop { path: path.with_file_name(&name), name, line }
            };
            let stops = row.chapters.into_iter().map(stop).collect();
            let RouteRow { name, title, says, .. } = row;
            routes.push(Route { name, title, says, stops, line });
        }
        Ok(Routes { path, routes, parts, sentences })
    }

    /// Line `line` of the file.
    pub(crate) fn place(&self, line: usize) -> Place {
        Place::line(&self.path, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stop_of_a_route_has_its_line() {
        let text = "[[part]]\ntitle = \"One\"\nsays = \"It is.\"\n\n[[route]]\nname = \"a\"\n\
                    title = \"I walk\"\nsays = \"So.\"\nchapters = [\n  \"b.md\",\n  \"c.md\",\n]\n";
        let read = Routes::parse("book/routes.toml".into(), text).unwrap();
        let stops = read.routes[0].stops.iter();
        let stops: Vec<(&Path, usize)> = stops.map(|it| (it.path.as_path(), it.line)).collect();
        assert_eq!(stops, [(Path::new("book/b.md"), 10), (Path::new("book/c.md"), 11)]);
        assert_eq!((read.parts[0].line, read.routes[0].line), (1, 5));
        let lines: Vec<usize> = read.sentences.iter().map(|sentence| sentence.line).collect();
        assert_eq!(lines, [2, 3, 7, 8]);
    }

    #[test]
    fn another_key_is_named_with_its_line() {
        let said = Routes::parse("routes.toml".into(), "\n[[route]]\nnames = \"a\"\n");
        assert!(said.unwrap_err().to_string().starts_with("routes.toml:3: "));
    }
}
