//! What each tag printed for each cell, and what each bound expression was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use serde::Deserialize;
use toml_writer::{ToTomlValue, TomlStringBuilder};

use crate::cpython::tag::Tag;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem};

/// A lesson's `record.toml`. Parts are in the session's order, tags from old to new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// One column per tag.
    #[serde(default)]
    pub ran: BTreeMap<Tag, Column>,
    /// One entry per cell that ran somewhere.
    #[serde(default, rename = "cell")]
    pub cells: Vec<RecordedCell>,
    /// One entry per bound expression.
    #[serde(default, rename = "value")]
    pub values: Vec<RecordedValue>,
    /// What the compiler said of code that must not compile.
    #[serde(default)]
    pub refused: Option<Refused>,
}

/// Which interpreter a column comes from, and what it ran.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The exact version: `3.14.10`.
    pub python: String,
    /// The [`digest`](crate::record::digest::digest) of what it ran.
    pub digest: String,
}

/// What one cell printed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedCell {
    /// The cell's name.
    pub name: String,
    /// Each output once, with the tags that printed it.
    pub printed: Vec<Shared>,
}

/// What one expression was.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedValue {
    /// The expression, as the chapter has it.
    pub expression: String,
    /// The cells that assign the names in it.
    pub cells: Vec<String>,
    /// Each result once, with the tags that gave it.
    pub was: Vec<Shared>,
}

/// A text and the tags that share it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// From old to new.
    pub tags: Vec<Tag>,
    /// What they share.
    pub text: String,
}

/// What one compiler said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// The compiler: `1.95.0`.
    pub rustc: String,
    /// What it said, by the name of the case.
    pub cases: BTreeMap<String, Said>,
}

/// What the compiler said of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The [`digest`](crate::build::refuse::Case::digest) of the case.
    pub digest: String,
    /// The compiler's words.
    pub words: String,
}

impl Record {
    /// Reads the record of `lesson`; one that is not there yet is empty.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not a record: broken TOML, merge markers, unknown keys.
    pub fn load(lesson: &Lesson) -> Result<Record, Problem> {
        let path = lesson.record_path();
        match fs::read_to_string(lesson.root.join(&path)) {
            Ok(text) => Record::parse(&path, &lesson.topic, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Record::default()),
            Err(error) => Err(message::cannot_read(Place::file(path), &error)),
        }
    }

    /// Reads a record's text. `path` and `topic` are only named in the problem.
    ///
    /// # Errors
    ///
    /// The text is not a record.
    pub fn parse(path: &Path, topic: &str, text: &str) -> Result<Record, Problem> {
        if let Some(index) = text.lines().position(is_merge_marker) {
            return Err(message::merge_marker(Place::line(path, index + 1), topic));
        }
        let record: Record = toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or(text));
            let line = before.matches('\n').count() + 1;
            message::bad_record(Place::line(path, line), topic, error.message())
        })?;
        match record.contradiction() {
            Some(why) => Err(message::bad_record(Place::file(path), topic, &why)),
            None => Ok(record),
        }
    }

    /// What a merge can leave: two entries of one name, two texts of one tag, a tag without
    /// a column.
    fn contradiction(&self) -> Option<String> {
        let cells = self.cells.iter().map(|cell| ("cell", &cell.name, &cell.printed));
        let values = self.values.iter().map(|value| ("value", &value.expression, &value.was));
        let mut names = BTreeSet::new();
        for (kind, name, shared) in cells.chain(values) {
            if !names.insert((kind, name)) {
                return Some(format!("{kind} `{name}` stands there twice"));
            }
            let mut tags = BTreeSet::new();
            for tag in shared.iter().flat_map(|shared| &shared.tags) {
                if !self.ran.contains_key(tag) {
                    return Some(format!(
                        "{kind} `{name}` is of CPython {tag}, which has no column"
                    ));
                }
                if !tags.insert(tag) {
                    return Some(format!("{kind} `{name}` has CPython {tag} twice"));
                }
            }
        }
        None
    }

    /// The record as the file has it: laid out for a person who reads it in a diff.
    pub fn to_text(&self, topic: &str) -> String {
        let mut text = format!(
            "# Written by `cargo course regen {topic}`; to change it, change the session.\n\n[ran]\n"
        );
        for (tag, column) in &self.ran {
            let (python, digest) = (column.python.to_toml_value(), column.digest.to_toml_value());
            text += &format!("\"{tag}\" = {{ python = {python}, digest = {digest} }}\n");
        }
        for cell in &self.cells {
            text += &format!("\n[[cell]]\nname = {}\n", cell.name.to_toml_value());
            text += &groups("cell.printed", &cell.printed);
        }
        for value in &self.values {
            text += &format!(
                "\n[[value]]\nexpression = {}\ncells = {}\n",
                value.expression.to_toml_value(),
                value.cells.to_toml_value()
            );
            text += &groups("value.was", &value.was);
        }
        if let Some(refused) = &self.refused {
            text += &format!("\n[refused]\nrustc = {}\n", refused.rustc.to_toml_value());
            for (name, said) in &refused.cases {
                let (digest, words) = (said.digest.to_toml_value(), said.words.to_toml_value());
                text += &format!("\n[refused.cases.{name}]\ndigest = {digest}\nwords = {words}\n");
            }
        }
        text
    }

    /// Writes the record of `lesson`, whole or not at all. Returns whether the file changed.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, the disk is full: then the old file is as it was.
    pub fn save(&self, lesson: &Lesson) -> Result<bool, Problem> {
        let path = lesson.root.join(lesson.record_path());
        let text = self.to_text(&lesson.topic);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(false);
        }
        let failed = |error: std::io::Error| message::cannot_write(&path, &error);
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new()
            .prefix(".record")
            .permissions(public())
            .tempfile_in(folder)
            .map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        Ok(true)
    }

    /// The outputs of the cell of this name.
    pub fn cell(&self, name: &str) -> Option<&RecordedCell> {
        self.cells.iter().find(|cell| cell.name == name)
    }

    /// The results of this expression.
    pub fn value(&self, expression: &str) -> Option<&RecordedValue> {
        self.values.iter().find(|value| value.expression == expression)
    }

    /// The tags that have a column, from old to new.
    pub fn tags(&self) -> Vec<Tag> {
        self.ran.keys().copied().collect()
    }
}

fn groups(table: &str, shared: &[Shared]) -> String {
    let group = |shared: &Shared| {
        let tags: Vec<String> = shared.tags.iter().map(Tag::to_string).collect();
        let (tags, text) = (tags.to_toml_value(), toml_text(&shared.text));
        format!("[[{table}]]\ntags = {tags}\ntext = {text}\n")
    };
    shared.iter().map(group).collect()
}

fn is_merge_marker(line: &str) -> bool {
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")
}

/// `text` as TOML, in which no line that a cell printed looks as if a merge had left it.
fn toml_text(text: &str) -> String {
    if !text.lines().any(is_merge_marker) {
        return text.to_toml_value();
    }
    let written = TomlStringBuilder::new(text).as_ml_basic().to_toml_value();
    written.replace("\n<", "\n\\u003C").replace("\n>", "\n\\u003E")
}

/// The text that `shared` has for `tag`.
pub fn text_for(shared: &[Shared], tag: Tag) -> Option<&str> {
    let entry = shared.iter().find(|entry| entry.tags.contains(&tag))?;
    Some(&entry.text)
}

/// What anyone may read, as for a file written without care: `tempfile` is more private.
#[cfg(unix)]
fn public() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Tag, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Tag {
        text.parse().unwrap()
    }

    fn record() -> Record {
        let shared = |tags: &[&str], text: &str| Shared {
            tags: tags.iter().map(|text| tag(text)).collect(),
            text: text.to_owned(),
        };
        let column = Column { python: "3.9.18".to_owned(), digest: "00ff".to_owned() };
        Record {
            ran: ["3.9", "3.14", "3.14t"].map(|text| (tag(text), column.clone())).into(),
            cells: vec![RecordedCell {
                name: "one".to_owned(),
                printed: vec![
                    shared(&["3.9"], "a\n\n  '''quoted''' \\ \u{0}\r\nend"),
                    shared(&["3.14t"], ""),
                    shared(&["3.14"], "<<<<<<< HEAD\n=======\n>>>>>>> \\u0041\"\"\"\n"),
                ],
            }],
            values: vec![RecordedValue {
                expression: "after - before".to_owned(),
                cells: vec!["one".to_owned()],
                was: vec![shared(&["3.9", "3.14t"], "1")],
            }],
            refused: Some(Refused {
                rustc: "1.95.0".to_owned(),
                cases: BTreeMap::from([(
                    "moved".to_owned(),
                    Said { digest: "0f".to_owned(), words: "error: `x`\n  --> a\n".to_owned() },
                )]),
            }),
        }
    }

    #[test]
    fn a_record_reads_as_it_was_written() {
        let text = record().to_text("tuple");
        assert_eq!(Record::parse(Path::new("record.toml"), "tuple", &text).unwrap(), record());
    }

    #[test]
    fn broken_records_are_refused_at_their_line() {
        let error = |text: &str| {
            Record::parse(Path::new("record.toml"), "tuple", text).unwrap_err().to_string()
        };
        assert!(error("[ran]\n<<<<<<< HEAD\n").starts_with("record.toml:2: "));
        assert!(error("a = 1\n").starts_with("record.toml:1: "));
        assert!(error("[ran]\n\n3.9 = \n").starts_with("record.toml:3: "));
        assert!(error("[ran]\n\"4.1\" = {}\n").contains("4.1"));
        let column = "[ran]\n\"3.9\" = { python = \"3.9.1\", digest = \"0\" }\n";
        let printed = "[[cell.printed]]\ntags = [\"3.9\"]\ntext = \"\"\n";
        let cell = "[[cell]]\nname = \"a\"\n";
        assert!(
            error(&format!("{column}{cell}{printed}{cell}{printed}"))
                .contains("`a` stands there twice")
        );
        assert!(error(&format!("{column}{cell}{printed}{printed}")).contains("3.9 twice"));
        assert!(error(&format!("{cell}{printed}")).contains("no column"));
    }

    #[test]
    fn each_tag_has_the_text_of_its_group() {
        let record = record();
        let printed = &record.cell("one").unwrap().printed;
        assert_eq!(text_for(printed, tag("3.14t")), Some(""));
        assert_eq!(text_for(printed, tag("3.10")), None);
    }
}
