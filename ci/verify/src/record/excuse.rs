//! A lesson that is as it was recorded is not at fault.

use super::table::Record;
use crate::cpython::Tag;
use crate::message;
use crate::problem::Problems;

/// `problems` of a session on `tag`. If the lesson, whose digest is `digest`, is the one that ran
/// there when its column was recorded, none of them asks to change it.
pub fn excuse(record: &Record, digest: &str, tag: Tag, problems: Problems) -> Problems {
    let column = record.ran.get(&tag).filter(|column| column.digest == digest);
    let Some(column) = column else { return problems };
    let excused = problems.into_iter().map(|problem| match problem.blames_lesson {
        true => problem.help(message::as_recorded(&column.python)),
        false => problem,
    });
    excused.collect()
}
