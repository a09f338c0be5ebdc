//! The bugs that a lesson makes on purpose, what each costs, and what Rust makes of it.

use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;
use verify::{Lesson, Place, Problem, text};

use super::toml_rows::{self, Sentence};

/// The rows of a lesson's `clinic.toml`; none where it has no such file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clinic {
    pub(crate) path: PathBuf,
    pub(crate) bugs: Vec<Bug>,
    /// What a page shows of each bug in its author's words.
    pub(crate) sentences: Vec<Sentence>,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bug {
    /// `B2`: which of the lecture's bugs it is, if it is one of them.
    pub(crate) number: Option<String>,
    /// The function of `src/wrong.rs` that makes it; a bug without one is only told.
    pub(crate) wrong: Option<String>,
    /// One sentence, in Markdown.
    pub(crate) what: String,
    /// The cell that measures it.
    pub(crate) cell: Option<String>,
    /// The bound expression that says what it costs, where the cell ends as any other.
    pub(crate) damage: Option<String>,
    /// What the damage is a number of, in Markdown.
    pub(crate) unit: Option<String>,
    pub(crate) verdict: Verdict,
    /// What must not compile, where the verdict is *refused*.
    pub(crate) case: Option<String>,
    /// A bound expression that is 0 on every CPython, where it is *harmless*.
    pub(crate) proof: Option<String>,
    /// Why no type forbids it, where it is *still yours*; or a note to what was not made.
    pub(crate) why: Option<String>,
    /// The line of its `[[bug]]`, counted from 1.
    #[serde(skip)]
    pub(crate) line: usize,
}

/// What becomes of the mistake in safe Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Verdict {
    /// The compiler forbids it.
    #[serde(rename = "refused")]
    Refused,
    /// It can be written, and does no harm: `Drop` sees to that.
    #[serde(rename = "harmless")]
    Harmless,
    /// Nothing stops it.
    #[serde(rename = "still yours")]
    StillYours,
}

impl Verdict {
    /// Every verdict, from what Rust forbids to what nothing does.
    pub(crate) const ALL: [Verdict; 3] = [Verdict::Refused, Verdict::Harmless, Verdict::StillYours];

    /// The word that names it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Verdict::Refused => "refused",
            Verdict::Harmless => "harmless",
            Verdict::StillYours => "still yours",
        }
    }

    /// The verdict that `word` names.
    pub(crate) fn from_word(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

/// Which keys a row has.
const FORM: &str = "a [[bug]] has `what` and `verdict`, and perhaps number, wrong, cell, damage, \
                    unit, case, proof and why";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    bug: Vec<Spanned<Bug>>,
}

impl Clinic {
    /// Reads the `clinic.toml` of `lesson`.
    ///
    /// # Errors
    ///
    /// The file is not TOML, or has another key.
    pub(crate) fn load(lesson: &Lesson) -> Result<Clinic, Problem> {
        let path = lesson.folder().join("clinic.toml");
        let text = text::read_if_there(&lesson.root, &path)?.unwrap_or_default();
        let table: Table = toml_rows::read(&path, &text, FORM)?;
        let bugs = toml_rows::with_lines(&text, table.bug).map(|(line, bug)| Bug { line, ..bug });
        let bugs: Vec<Bug> = bugs.collect();
        let mut sentences = Vec::new();
        for bug in &bugs {
            let texts =
                [("what", Some(&bug.what)), ("unit", bug.unit.as_ref()), ("why", bug.why.as_ref())];
            sentences.extend(toml_rows::sentences(&text, bug.line, &texts));
        }
        Ok(Clinic { sentences, bugs, path })
    }

    /// Where `bug` stands.
    pub(crate) fn place(&self, bug: &Bug) -> Place {
        Place::line(&self.path, bug.line)
    }

    /// The expressions that a lesson's record must have for its rows.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (&Bug, &str)> {
        self.bugs.iter().flat_map(|bug| {
            let both = [&bug.damage, &bug.proof].into_iter().flatten();
            both.map(move |expression| (bug, expression.as_str()))
        })
    }
}

/// The order of a bug's number: 2 for `B2`.
pub(crate) fn order(number: &str) -> Option<u32> {
    number.strip_prefix('B')?.parse().ok()
}
