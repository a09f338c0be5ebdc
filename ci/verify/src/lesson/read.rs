//! A small crate that teaches one topic: `lessons/<topic>`.

use std::path::{Path, PathBuf};

use super::packages::Pins;
use super::session::Session;
use crate::layout::{BOOK_TOML, LESSONS};
use crate::message;
use crate::problem::{Place, Problem, Problems};
use crate::text;

/// One lesson, as its folder has it.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The folder's name: `tuple`.
    pub topic: String,
    /// The course's folder, which holds `lessons/`.
    pub root: PathBuf,
    /// Its `session.py`.
    pub session: Session,
}

impl Lesson {
    /// Reads the lesson on `topic` of the course in `root`.
    ///
    /// # Errors
    ///
    /// The lesson's folder or session is missing, or the session is not well formed.
    pub fn load(root: &Path, topic: &str) -> Result<Lesson, Problems> {
        let path = Path::new(LESSONS).join(topic).join("session.py");
        let text = text::read(root, &path).map_err(|problem| vec![problem])?;
        let pins = Pins::load(root).map_err(|problem| vec![problem])?;
        let session = Session::parse(&path, &text, &pins)?;
        Ok(Lesson { topic: topic.to_owned(), root: root.to_owned(), session })
    }

    /// The package: `lesson-tuple`.
    pub fn package(&self) -> String {
        format!("lesson-{}", self.topic)
    }

    /// The Python module, and the library cargo makes: `lesson_tuple`.
    pub fn module(&self) -> String {
        self.package().replace('-', "_")
    }

    /// The lesson's folder, relative to the course's.
    pub fn folder(&self) -> PathBuf {
        Path::new(LESSONS).join(&self.topic)
    }

    /// `session.py`, relative to the course's folder.
    pub fn session_path(&self) -> PathBuf {
        self.folder().join("session.py")
    }

    /// `record.toml`, relative to the course's folder.
    pub fn record_path(&self) -> PathBuf {
        self.folder().join("record.toml")
    }

    /// Line `line` of the session.
    pub fn place(&self, line: usize) -> Place {
        Place::line(self.session_path(), line)
    }
}

/// The nearest folder at or above `start` that holds a course: `book.toml` and `lessons/`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let is_course =
        |folder: &&Path| folder.join(BOOK_TOML).is_file() && folder.join(LESSONS).is_dir();
    start.ancestors().find(is_course).map(Path::to_owned)
}

/// The topics of the course in `root`, A to Z: each folder of `lessons/` with a `Cargo.toml`.
///
/// # Errors
///
/// `lessons/` cannot be listed, or has a folder that is no lesson: cargo may stop there, and
/// nobody would miss the lesson that it was.
pub fn topics(root: &Path) -> Result<Vec<String>, Problem> {
    let folder = Path::new(LESSONS);
    let mut topics = Vec::new();
    for name in text::names(root, folder)? {
        let path = folder.join(&name);
        if !root.join(&path).is_dir() {
            continue;
        }
        if text::is_there(root, &path.join("Cargo.toml"))? {
            topics.push(name);
        } else if !name.starts_with('.') || takes_all(root)? {
            return Err(message::stray_folder(Place::file(path)));
        }
    }
    Ok(topics)
}

/// Whether to cargo every folder of `lessons/` is a lesson, one of an editor's included.
fn takes_all(root: &Path) -> Result<bool, Problem> {
    Ok(text::read(root, Path::new("Cargo.toml"))?.contains("\"lessons/*\""))
}

/// The files below `folder`, which is relative to `root`, as they are.
///
/// # Errors
///
/// A folder cannot be listed.
pub fn below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    for name in text::names(root, folder)? {
        // What an editor or a file manager leaves there is no part of the lesson.
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let path = folder.join(name);
        if root.join(&path).is_dir() {
            files.extend(below(root, &path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Reads the lessons on `wanted`, or all lessons where it is empty.
///
/// # Errors
///
/// Everything wrong: topics that do not exist, sessions that cannot be read.
pub fn load(root: &Path, wanted: &[String]) -> Result<Vec<Lesson>, Problems> {
    let topics = topics(root).map_err(|problem| vec![problem])?;
    let mut problems: Problems = wanted
        .iter()
        .filter(|topic| !topics.contains(topic))
        .map(|topic| message::unknown_lesson(None, topic, &topics))
        .collect();
    let mut lessons = Vec::new();
    for topic in topics.iter().filter(|topic| wanted.is_empty() || wanted.contains(topic)) {
        match Lesson::load(root, topic) {
            Ok(lesson) => lessons.push(lesson),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(lessons) } else { Err(problems) }
}
