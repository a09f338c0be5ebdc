//! The questions that a lesson asks its readers: where each answer stands, and what is said of it.

use std::path::PathBuf;

use serde::{Deserialize, Deserializer};
use toml::Spanned;
use verify::{Lesson, Place, Problem, Tag, text};

use super::markdown::line_of;
use super::toml_rows::{self, Sentence};

/// The rows of a lesson's `questions.toml`; none where it has no such file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Questions {
    pub(crate) path: PathBuf,
    pub(crate) all: Vec<Question>,
    /// What a page shows of each question in its author's words.
    pub(crate) sentences: Vec<Sentence>,
}

/// One question. Its answer is a bound expression, a line of what a cell printed, or a table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub(crate) name: String,
    /// What is asked, in Markdown.
    pub(crate) ask: String,
    /// The cell whose code stands in the question.
    pub(crate) cell: Option<String>,
    /// The bound expression that is the answer.
    pub(crate) answer: Option<String>,
    /// The line that is the answer, of those that `cell` printed: from 1, or from -1 at the end.
    #[serde(rename = "line")]
    pub(crate) printed_line: Option<isize>,
    /// The reason one would give for the answer, in Markdown.
    pub(crate) says: Option<String>,
    /// Why it is the answer on the newest release, in Markdown.
    pub(crate) why: Option<String>,
    /// Whether the reader types the answer instead of choosing it.
    #[serde(default)]
    pub(crate) typed: bool,
    /// What is said of the answers that are not the newest release's.
    #[serde(default, deserialize_with = "rows")]
    pub(crate) otherwise: Vec<Otherwise>,
    /// Wrong choices.
    #[serde(default, deserialize_with = "rows")]
    pub(crate) wrong: Vec<Wrong>,
    /// The rows of a table to fill.
    #[serde(default, deserialize_with = "rows")]
    pub(crate) row: Vec<Row>,
    /// The line of its `[[question]]`, counted from 1.
    #[serde(skip)]
    pub(crate) line: usize,
}

/// The answer of some older CPythons.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Otherwise {
    /// One of the tags that gave it.
    pub(crate) on: Tag,
    pub(crate) says: Option<String>,
    pub(crate) why: String,
    #[serde(skip)]
    pub(crate) line: usize,
}

/// A choice that is wrong everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wrong {
    /// The bound expression whose value it is.
    pub(crate) is: Option<String>,
    /// Or what a reader may believe, as the author names it.
    pub(crate) text: Option<String>,
    pub(crate) says: Option<String>,
    /// What is false in the thought.
    pub(crate) why: String,
    #[serde(skip)]
    pub(crate) line: usize,
}

/// A row of a table to fill.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// What the row is about, in Markdown.
    pub(crate) label: String,
    /// The bound expression that is its answer.
    pub(crate) answer: String,
    pub(crate) why: String,
    #[serde(skip)]
    pub(crate) line: usize,
}

/// Which keys a row has.
const FORM: &str = "a [[question]] has `name`, `ask`, `why` and one of `answer`, `line` and \
                    [[question.row]], and perhaps cell, says, typed, [[question.otherwise]] and \
                    [[question.wrong]]";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    question: Vec<Spanned<Question>>,
}

impl Questions {
    /// Reads the `questions.toml` of `lesson`.
    ///
    /// # Errors
    ///
    /// The file is not TOML, or has another key.
    pub(crate) fn load(lesson: &Lesson) -> Result<Questions, Problem> {
        let path = lesson.folder().join("questions.toml");
        let text = text::read_if_there(&lesson.root, &path)?.unwrap_or_default();
        Questions::parse(path, &text)
    }

    /// Reads `text`, which is the file at `path`.
    ///
    /// # Errors
    ///
    /// As of [`Questions::load`].
    pub(crate) fn parse(path: PathBuf, text: &str) -> Result<Questions, Problem> {
        let table: Table = toml_rows::read(&path, text, FORM)?;
        let rows = toml_rows::with_lines(text, table.question);
        let all: Vec<Question> = rows.map(|(line, question)| question.at(line, text)).collect();
        let sentences = all.iter().flat_map(|question| question.sentences(text)).collect();
        Ok(Questions { path, all, sentences })
    }

    /// The place of line `line` of the file.
    pub(crate) fn place(&self, line: usize) -> Place {
        Place::line(&self.path, line)
    }

    /// The question of this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Question> {
        self.all.iter().find(|question| question.name == name)
    }

    /// The expressions that a lesson's record must have for its questions, each with its line.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (usize, &str)> {
        self.all.iter().flat_map(Question::expressions)
    }
}

impl Question {
    /// The same with the lines of its rows in `file`, whose bytes they were.
    fn at(mut self, line: usize, file: &str) -> Question {
        self.line = line;
        let lines = self.otherwise.iter_mut().map(Begins::begins);
        let lines = lines.chain(self.wrong.iter_mut().map(Begins::begins));
        let lines = lines.chain(self.row.iter_mut().map(Begins::begins));
        lines.for_each(|at| *at = line_of(file, *at));
        self
    }

    fn expressions(&self) -> impl Iterator<Item = (usize, &str)> {
        let answer = self.answer.iter().map(|answer| (self.line, answer.as_str()));
        let rows = self.row.iter().map(|row| (row.line, row.answer.as_str()));
        let wrong = self.wrong.iter().filter_map(|wrong| Some((wrong.line, wrong.is.as_deref()?)));
        answer.chain(rows).chain(wrong)
    }

    fn sentences(&self, file: &str) -> Vec<Sentence> {
        let mut found = Vec::new();
        let mut say = |line, texts: &[(&str, Option<&String>)]| {
            found.extend(toml_rows::sentences(file, line, texts));
        };
        let (says, why) = (self.says.as_ref(), self.why.as_ref());
        say(self.line, &[("ask", Some(&self.ask)), ("says", says), ("why", why)]);
        for Otherwise { line, says, why, .. } in &self.otherwise {
            say(*line, &[("says", says.as_ref()), ("why", Some(why))]);
        }
        for Wrong { line, says, why, .. } in &self.wrong {
            say(*line, &[("says", says.as_ref()), ("why", Some(why))]);
        }
        for Row { line, label, why, .. } in &self.row {
            say(*line, &[("label", Some(label)), ("why", Some(why))]);
        }
        found
    }
}

/// A row inside a row, which knows where it begins: its byte as it is read, then its line.
trait Begins {
    fn begins(&mut self) -> &mut usize;
}

impl Begins for Otherwise {
    fn begins(&mut self) -> &mut usize {
        &mut self.line
    }
}

impl Begins for Wrong {
    fn begins(&mut self) -> &mut usize {
        &mut self.line
    }
}

impl Begins for Row {
    fn begins(&mut self) -> &mut usize {
        &mut self.line
    }
}

fn rows<'de, D: Deserializer<'de>, T: Begins + Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let rows = Vec::<Spanned<T>>::deserialize(deserializer)?.into_iter();
    let with_start = |row: Spanned<T>| {
        let start = row.span().start;
        let mut row = row.into_inner();
        *row.begins() = start;
        row
    };
    Ok(rows.map(with_start).collect())
}
