//! `list`: the lessons.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use verify::cpython::tag;

use super::common::failed;
use crate::read::lessons::Lessons;

/// Prints a line a lesson: its topic, its cells, and the CPythons it is recorded on.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn list(root: &Path) -> Result<ExitCode> {
    let lessons = Lessons::load(root, &[]).map_err(failed)?;
    for (topic, data) in &lessons.by_topic {
        let tags = data.record.tags();
        let cells = data.lesson.session.cells.len();
        println!("{topic:<12} {cells:>3} cells  {}", tag::ranges(&tags, &tags));
    }
    Ok(ExitCode::SUCCESS)
}
