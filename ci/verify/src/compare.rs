//! Compares a run with the record.

use std::fmt;

use crate::cpython::Tag;
use crate::lesson::Lesson;
use crate::mask::alike;
use crate::message;
use crate::problem::{Place, Problem};
use crate::record::{Record, text_for};
use crate::run::Run;

/// One thing that a run and the record do not agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub subject: Subject,
    /// What the record has; `None` where it has nothing for this tag.
    pub recorded: Option<String>,
    /// What the run gave; `None` where it gave nothing.
    pub got: Option<String>,
}

/// What a difference is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The cell of this name.
    Cell(String),
    /// This bound expression.
    Value(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Cell(name) => write!(f, "cell `{name}`"),
            Subject::Value(expression) => write!(f, "`{expression}`"),
        }
    }
}

impl Difference {
    /// The difference as a problem. `shown` are the chapter lines that show its subject; `fresh`
    /// says that the record was made from the very same lesson.
    pub fn problem(&self, lesson: &Lesson, tag: Tag, shown: &[Place], fresh: bool) -> Problem {
        let place = match &self.subject {
            Subject::Cell(name) => lesson.session.cell(name).map(|cell| lesson.place(cell.line)),
            Subject::Value(_) => shown.first().cloned(),
        };
        let place = place.unwrap_or_else(|| Place::file(lesson.record_path()));
        let (subject, topic) = (self.subject.to_string(), &lesson.topic);
        let problem = match (&self.recorded, &self.got, &self.subject) {
            (None, _, _) => message::not_recorded(place, &subject),
            (_, None, _) => message::does_not_run(place, &subject),
            (Some(recorded), Some(got), Subject::Cell(_)) => {
                message::prints_another(place, &subject, recorded, got)
            }
            (Some(recorded), Some(got), Subject::Value(_)) => {
                message::is_another(place, &subject, recorded, got)
            }
        };
        let problem = match shown {
            [] => problem,
            places => problem.note(message::shown_at(places)),
        };
        problem.on(tag).help(match (&self.recorded, fresh) {
            (None, _) => message::regen_records(topic),
            (_, true) => message::regen_though_fresh(topic),
            (_, false) => message::regen_if_right(topic),
        })
    }
}

/// What `run` and `record` do not agree on, in the session's order, then the values.
pub fn compare(lesson: &Lesson, record: &Record, run: &Run) -> Vec<Difference> {
    let cells = lesson.session.cells.iter().filter_map(|cell| {
        let recorded = record.cell(&cell.name).and_then(|known| text_for(&known.printed, run.tag));
        let got = run.printed.get(&cell.name).map(String::as_str);
        if run.missing.contains_key(&cell.name) {
            return None;
        }
        let same = match (recorded, got) {
            (Some(recorded), Some(got)) => alike(cell.varies, recorded, got),
            (recorded, got) => recorded == got,
        };
        (!same).then(|| difference(Subject::Cell(cell.name.clone()), recorded, got))
    });
    let gone = record.cells.iter().filter_map(|known| {
        let recorded = text_for(&known.printed, run.tag)?;
        let exists = lesson.session.cell(&known.name).is_some();
        (!exists).then(|| difference(Subject::Cell(known.name.clone()), Some(recorded), None))
    });
    let values = run.values.iter().filter_map(|(expression, value)| {
        let recorded = record.value(expression).and_then(|known| text_for(&known.was, run.tag));
        let same = recorded == Some(&value.text);
        (!same).then(|| difference(Subject::Value(expression.clone()), recorded, Some(&value.text)))
    });
    let lost = record.values.iter().filter_map(|known| {
        let recorded = text_for(&known.was, run.tag)?;
        let expression = &known.expression;
        let gone = run.evaluated.contains(expression)
            && !run.values.contains_key(expression)
            && !run.unbound.contains_key(expression)
            && !run.cannot_have(&known.cells);
        gone.then(|| difference(Subject::Value(expression.clone()), Some(recorded), None))
    });
    cells.chain(gone).chain(values).chain(lost).collect()
}

fn difference(subject: Subject, recorded: Option<&str>, got: Option<&str>) -> Difference {
    Difference { subject, recorded: recorded.map(str::to_owned), got: got.map(str::to_owned) }
}
