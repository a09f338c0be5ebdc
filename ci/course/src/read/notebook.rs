//! The lecture's notebook, cell by cell and claim by claim: where this book has it, and whether
//! it still holds.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use verify::{Place, Problem, text};

use super::toml_rows::{self, Sentence};
use crate::message;

/// What `notebook.toml`, beside the chapter that shows it, has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notebook {
    pub(crate) path: PathBuf,
    /// What the page shows of it in its author's words.
    pub(crate) sentences: Vec<Sentence>,
    /// The notebook's cells, in its order.
    pub(crate) cells: Vec<Entry>,
    /// What its text claims.
    pub(crate) claims: Vec<Entry>,
}

/// A cell or a claim.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// The number of a cell, as the notebook counts them.
    pub(crate) number: Option<usize>,
    /// One sentence, in Markdown: what it shows or says.
    pub(crate) says: String,
    /// The lesson that teaches it, whose chapter has the same stem.
    pub(crate) lesson: String,
    /// What the notebook printed, number by number.
    #[serde(default)]
    pub(crate) printed: Vec<String>,
    /// What it is today: a bound expression of the lesson for each.
    #[serde(default)]
    pub(crate) today: Vec<String>,
    pub(crate) verdict: Verdict,
    /// One or two sentences, in Markdown; needed where it is not the same.
    pub(crate) why: Option<String>,
    /// The bugs in it, by their numbers in the clinic.
    #[serde(default)]
    pub(crate) bugs: Vec<String>,
    /// The line where it starts, counted from 1.
    #[serde(skip)]
    pub(crate) line: usize,
}

/// What has become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Verdict {
    /// The same on every recorded CPython.
    #[serde(rename = "same")]
    Same,
    /// Another number on at least one.
    #[serde(rename = "different")]
    Different,
    /// It was wrong when it was written.
    #[serde(rename = "was wrong")]
    Wrong,
    /// Code or text without a number, which is right.
    #[serde(rename = "right")]
    Right,
}

/// Which keys the file has.
const FORM: &str = "a notebook has `cells`, and for each a [[cell]] with number, says, lesson and \
                    verdict, and perhaps printed, today, why and bugs; a [[claim]] has no number";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// How many cells the notebook has.
    cells: usize,
    #[serde(default)]
    cell: Vec<Spanned<Entry>>,
    #[serde(default)]
    claim: Vec<Spanned<Entry>>,
}

impl Notebook {
    /// Reads `path`, relative to the course in `root`, which the directive at `place` shows.
    ///
    /// # Errors
    ///
    /// The file is not there, or is not such a table, or leaves a cell out.
    pub(crate) fn load(root: &Path, path: PathBuf, place: &Place) -> Result<Notebook, Problem> {
        let text = text::read_if_there(root, &path)?;
        let text = text.ok_or_else(|| message::no_notebook(place.clone(), &path))?;
        let table: Table = toml_rows::read(&path, &text, FORM)?;
        let entries = |rows| -> Vec<Entry> {
            toml_rows::with_lines(&text, rows)
                .map(|(line, entry)| Entry { line, ..entry })
                .collect()
        };
        let (cells, claims) = (entries(table.cell), entries(table.claim));
        let numbers: Vec<Option<usize>> = cells.iter().map(|cell| cell.number).collect();
        if !numbers.iter().copied().eq((1..=table.cells).map(Some)) {
            let place = Place::file(&path);
            return Err(message::cells_left_out(place, table.cells));
        }
        let mut sentences = Vec::new();
        for entry in cells.iter().chain(&claims) {
            let texts = [("says", Some(&entry.says)), ("why", entry.why.as_ref())];
            sentences.extend(toml_rows::sentences(&text, entry.line, &texts));
        }
        Ok(Notebook { path, sentences, cells, claims })
    }

    /// Cells, then claims, each with the notebook.
    pub(crate) fn with_entries(&self) -> impl Iterator<Item = (&Notebook, &Entry)> {
        self.cells.iter().chain(&self.claims).map(move |entry| (self, entry))
    }

    /// Where `entry` stands.
    pub(crate) fn place(&self, entry: &Entry) -> Place {
        Place::line(&self.path, entry.line)
    }
}
