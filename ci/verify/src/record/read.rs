//! Reads a record from its file.

use std::collections::BTreeSet;
use std::path::Path;

use super::table::Record;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem};
use crate::text;

impl Record {
    /// Reads the record of `lesson`; one that is not there yet is empty.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not a record: broken TOML, merge markers, unknown keys.
    pub fn load(lesson: &Lesson) -> Result<Record, Problem> {
        let path = lesson.record_path();
        match text::read_if_there(&lesson.root, &path)? {
            Some(text) => Record::parse(&path, &lesson.topic, &text),
            None => Ok(Record::default()),
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
        match record.contradiction(&Place::file(path), topic) {
            Some(problem) => Err(problem),
            None => Ok(record),
        }
    }

    /// What a merge can leave: two entries of one name, two texts of one tag, a tag without
    /// a column.
    fn contradiction(&self, place: &Place, topic: &str) -> Option<Problem> {
        let cells = self.cells.iter().map(|cell| ("cell", &cell.name, &cell.printed));
        let values = self.values.iter().map(|value| ("value", &value.expression, &value.was));
        let mut names = BTreeSet::new();
        for (kind, name, shared) in cells.chain(values) {
            if !names.insert((kind, name)) {
                return Some(message::recorded_twice(place.clone(), topic, kind, name));
            }
            let mut tags = BTreeSet::new();
            for tag in shared.iter().flat_map(|shared| &shared.tags) {
                if !self.ran.contains_key(tag) {
                    let place = place.clone();
                    return Some(message::tag_without_column(place, topic, kind, name, *tag));
                }
                if !tags.insert(tag) {
                    return Some(message::tag_twice(place.clone(), topic, kind, name, *tag));
                }
            }
        }
        None
    }
}

pub(super) fn is_merge_marker(line: &str) -> bool {
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cpython::Tag;
    use crate::record::table::{
        Column, CompilerOutput, OutputGroup, RecordedCell, RecordedValue, Refused, text_for,
    };

    fn tag(text: &str) -> Tag {
        text.parse().unwrap()
    }

    fn record() -> Record {
        let shared = |tags: &[&str], text: &str| OutputGroup {
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
                    shared(&["3.14t"], "\u{2028}\\\u{85}\u{feff}'''\"\"\"\t\r\u{202e}\r\n"),
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
                    CompilerOutput {
                        digest: "0f".to_owned(),
                        words: "error: `x`\n  --> a\n".to_owned(),
                    },
                )]),
            }),
        }
    }

    #[test]
    fn a_record_reads_as_it_was_written() {
        let text = record().to_text("tuple");
        assert_eq!(Record::parse(Path::new("record.toml"), "tuple", &text).unwrap(), record());
        assert_eq!(text::normal(Path::new("record.toml"), text.as_bytes()), Ok(text));
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
                .contains("expected one cell `a`, found two")
        );
        assert!(
            error(&format!("{column}{cell}{printed}{printed}"))
                .contains("expected CPython 3.9 once, found it twice")
        );
        assert!(
            error(&format!("{cell}{printed}"))
                .contains("cell `a`: expected a column for its CPython 3.9, found none")
        );
    }

    #[test]
    fn each_tag_has_the_text_of_its_group() {
        let record = record();
        let printed = &record.cell("one").unwrap().printed;
        assert!(text_for(printed, tag("3.14t")).unwrap().starts_with('\u{2028}'));
        assert_eq!(text_for(printed, tag("3.10")), None);
    }
}
