//! Which chapter lines show what.

use std::collections::BTreeMap;

use verify::Place;
use verify::compare::Subject;

use super::chapter::Chapter;
use super::kind::{Kind, of_tally};
use super::lessons::Lessons;
use super::notebook::Notebook;

/// Which chapter lines show each cell and each bound expression, by topic.
#[derive(Debug, Default)]
pub(crate) struct Index {
    shown: BTreeMap<(String, Subject), Vec<Place>>,
    expressions: BTreeMap<String, Vec<String>>,
}

impl Index {
    /// The index of `chapters`.
    pub(crate) fn new(chapters: &[Chapter], lessons: &Lessons) -> Index {
        let mut index = Index::default();
        for (topic, data) in &lessons.by_topic {
            for (bug, expression) in data.clinic.expressions() {
                index.bind(topic, expression, data.clinic.place(bug));
            }
            for (line, expression) in data.questions.expressions() {
                index.bind(topic, expression, data.questions.place(line));
            }
        }
        for chapter in chapters {
            for (notebook, entry) in chapter.notebook.iter().flat_map(Notebook::with_entries) {
                for expression in &entry.today {
                    index.bind(&entry.lesson, expression, notebook.place(entry));
                }
            }
            for directive in &chapter.directives {
                let place = chapter.place(directive);
                let topic = directive.kind.topic();
                match &directive.kind {
                    Kind::Cell { name, .. } => {
                        index.add(topic, Subject::Cell(name.clone()), place);
                    }
                    Kind::Predict { name, .. } | Kind::Again { name, .. } => {
                        let data = lessons.by_topic.get(topic);
                        let question = data.and_then(|data| data.questions.find(name));
                        if let Some(cell) = question.and_then(|question| question.cell.clone()) {
                            index.add(topic, Subject::Cell(cell), place);
                        }
                    }
                    Kind::Edges { .. } => {
                        let data = lessons.by_topic.get(topic);
                        let cells = data.iter().flat_map(|data| &data.lesson.session.cells);
                        for cell in cells.filter(|cell| cell.edge) {
                            index.add(topic, Subject::Cell(cell.name.clone()), place.clone());
                        }
                    }
                    Kind::Value { expression, .. } => index.bind(topic, expression, place),
                    Kind::Tally { expression, words, .. } => {
                        for word in words {
                            index.bind(topic, &of_tally(expression, word), place.clone());
                        }
                    }
                    Kind::Picture { .. } => {
                        if let Some(picture) = chapter.pictures.get(topic) {
                            for (node, expression) in picture.counted() {
                                index.bind(topic, expression, picture.place(node));
                            }
                        }
                    }
                    Kind::Listing { .. }
                    | Kind::Pair { .. }
                    | Kind::Diff { .. }
                    | Kind::Refused { .. }
                    | Kind::Answered
                    | Kind::Questions
                    | Kind::Clinic { .. }
                    | Kind::Notebook { .. }
                    | Kind::Facts
                    | Kind::Routes
                    | Kind::Map
                    | Kind::Rest => {}
                }
            }
        }
        index
    }

    fn bind(&mut self, topic: &str, expression: &str, place: Place) {
        let expressions = self.expressions.entry(topic.to_owned()).or_default();
        if !expressions.iter().any(|known| known == expression) {
            expressions.push(expression.to_owned());
        }
        self.add(topic, Subject::Value(expression.to_owned()), place);
    }

    fn add(&mut self, topic: &str, subject: Subject, place: Place) {
        self.shown.entry((topic.to_owned(), subject)).or_default().push(place);
    }

    /// The chapter lines that show `subject`.
    pub(crate) fn places(&self, topic: &str, subject: &Subject) -> &[Place] {
        self.shown.get(&(topic.to_owned(), subject.clone())).map_or(&[], Vec::as_slice)
    }

    /// The expressions bound to each topic, in the order of the chapters.
    pub(crate) fn expressions(&self) -> &BTreeMap<String, Vec<String>> {
        &self.expressions
    }

    /// The expressions bound to `topic`.
    pub(crate) fn expressions_of(&self, topic: &str) -> &[String] {
        self.expressions.get(topic).map_or(&[], Vec::as_slice)
    }
}
