//! The lessons and their records, as a chapter finds them. Nothing here runs Python.

use std::collections::BTreeMap;
use std::path::Path;

use verify::lesson::{Case, must_not_compile};
use verify::record::digest;
use verify::record::{Stale, stale};
use verify::{Lesson, Place, Problem, Problems, Record, Tag, lesson, text};

use super::anchor;
use super::clinic::Clinic;
use super::questions::{Question, Questions};
use crate::message;

/// All lessons of a course.
#[derive(Debug)]
pub(crate) struct Lessons {
    /// By topic.
    pub(crate) by_topic: BTreeMap<String, LessonData>,
}

/// One lesson and what is recorded of it.
#[derive(Debug)]
pub(crate) struct LessonData {
    pub(crate) lesson: Lesson,
    pub(crate) record: Record,
    /// What the lesson's columns must have run to speak for it.
    pub(crate) digest: String,
    /// What must not compile.
    pub(crate) cases: Vec<Case>,
    /// The bugs it makes on purpose.
    pub(crate) clinic: Clinic,
    /// What it asks its readers.
    pub(crate) questions: Questions,
    /// What is stale in the record, by tag; known once the chapters are read.
    pub(crate) stale: Vec<(Tag, Stale)>,
}

impl Lessons {
    /// Reads the lessons on `wanted` of the course in `root`, or all lessons where it is empty.
    pub(crate) fn load(root: &Path, wanted: &[String]) -> Result<Lessons, Problems> {
        let mut by_topic = BTreeMap::new();
        let mut problems = Problems::new();
        let topics = lesson::topics(root).map_err(|problem| vec![problem])?;
        for topic in topics.into_iter().filter(|it| wanted.is_empty() || wanted.contains(it)) {
            match LessonData::load(root, &topic) {
                Ok(data) => drop(by_topic.insert(topic, data)),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(Lessons { by_topic }) } else { Err(problems) }
    }

    /// The lesson on `topic`, which the directive at `place` asks for.
    pub(crate) fn lesson(&self, topic: &str, place: &Place) -> Result<&LessonData, Problem> {
        self.by_topic.get(topic).ok_or_else(|| {
            let topics: Vec<String> = self.by_topic.keys().cloned().collect();
            verify::message::unknown_lesson(Some(place.clone()), topic, &topics)
        })
    }
}

impl LessonData {
    fn load(root: &Path, topic: &str) -> Result<LessonData, Problems> {
        let lesson = Lesson::load(root, topic)?;
        let one = |problem| vec![problem];
        let record = Record::load(&lesson).map_err(one)?;
        let digest = digest(&lesson).map_err(one)?;
        let cases = must_not_compile::cases(&lesson).map_err(one)?;
        let clinic = Clinic::load(&lesson).map_err(one)?;
        let questions = Questions::load(&lesson).map_err(one)?;
        Ok(LessonData { lesson, record, digest, cases, clinic, questions, stale: Vec::new() })
    }

    /// Finds what is stale, given the expressions that chapters bind to the lesson.
    pub(crate) fn find_stale(&mut self, expressions: &[String]) {
        for tag in self.record.tags() {
            let found = stale(&self.lesson, &self.record, tag, &self.digest, expressions);
            self.stale.extend(found.into_iter().map(|stale| (tag, stale)));
        }
    }

    /// The tags on which `part`, a cell or an expression, is stale.
    pub(crate) fn stale_tags(&self, part: &Stale) -> Vec<Tag> {
        let matters = |stale: &Stale| stale == part || stale.is_of_all();
        self.stale.iter().filter(|(_, stale)| matters(stale)).map(|(tag, _)| *tag).collect()
    }

    /// The question `name`, which the directive at `place` asks.
    pub(crate) fn question(&self, name: &str, place: &Place) -> Result<&Question, Problem> {
        self.questions.find(name).ok_or_else(|| {
            let known: Vec<&str> = self.questions.all.iter().map(|it| it.name.as_str()).collect();
            message::unknown_question(place.clone(), &self.questions.path, name, &known)
        })
    }

    /// The part of `file`, a path in the lesson's folder, that `anchor` names, or all of it.
    pub(crate) fn part(
        &self,
        file: &str,
        anchor: Option<&str>,
        place: &Place,
    ) -> Result<String, Problems> {
        let path = self.lesson.folder().join(file);
        let one = |problem| vec![problem];
        let source = text::read_if_there(&self.lesson.root, &path).map_err(one)?;
        let Some(source) = source else {
            let files = self.files().map_err(one)?;
            return Err(vec![message::unknown_file(place.clone(), &path, &files)]);
        };
        let parts = anchor::parts(&path, &source)?;
        match anchor {
            None => Ok(anchor::without_marks(&source)),
            Some(name) => parts.get(name).cloned().ok_or_else(|| {
                let known: Vec<&str> = parts.keys().map(String::as_str).collect();
                vec![message::unknown_anchor(place.clone(), name, &path, &known)]
            }),
        }
    }

    /// The anchors of `file`; of one that is not there, none.
    pub(crate) fn anchors(&self, file: &str) -> Result<BTreeMap<String, String>, Problems> {
        let path = self.lesson.folder().join(file);
        let source = text::read_if_there(&self.lesson.root, &path);
        let source = source.map_err(|problem| vec![problem])?;
        anchor::parts(&path, &source.unwrap_or_default())
    }

    /// The anchors of what a wrong function is compared with: `src/raw.rs`, and its modules in
    /// `src/raw/`.
    pub(crate) fn right_anchors(&self) -> Result<BTreeMap<String, String>, Problems> {
        let mut anchors = self.anchors("src/raw.rs")?;
        let files = self.files().map_err(|problem| vec![problem])?;
        for file in files.iter().filter(|file| file.starts_with("src/raw/")) {
            anchors.extend(self.anchors(file)?);
        }
        Ok(anchors)
    }

    /// The part `name` of `src/raw.rs` or of its modules in `src/raw/`, with the file it stands in.
    pub(crate) fn raw_part(&self, name: &str, place: &Place) -> Result<(String, String), Problems> {
        let files = self.files().map_err(|problem| vec![problem])?;
        for file in files.into_iter().filter(|file| file.starts_with("src/raw/")) {
            if let Some(part) = self.anchors(&file)?.remove(name) {
                return Ok((file, part));
            }
        }
        let file = "src/raw.rs".to_owned();
        self.part(&file, Some(name), place).map(|part| (file, part))
    }

    /// The files a chapter may show.
    fn files(&self) -> Result<Vec<String>, Problem> {
        let mut files = Vec::new();
        for folder in ["", "src", "src/raw"] {
            let path = self.lesson.folder().join(folder);
            for name in text::names_if_there(&self.lesson.root, &path)? {
                if self.lesson.root.join(&path).join(&name).is_file() {
                    files.push(if folder.is_empty() { name } else { format!("{folder}/{name}") });
                }
            }
        }
        files.sort();
        Ok(files)
    }
}
