//! `list`: the lessons.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use verify::cpython::tag;

use super::failed;
use crate::book::shelf::Shelf;

/// Prints a line a lesson: its topic, its cells, and the CPythons it is recorded on.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn list(root: &Path) -> Result<ExitCode> {
    let shelf = Shelf::load(root).map_err(failed)?;
    for (topic, volume) in &shelf.volumes {
        let tags = volume.record.tags();
        let cells = volume.lesson.session.cells.len();
        println!("{topic:<12} {cells:>3} cells  {}", tag::ranges(&tags, &tags));
    }
    Ok(ExitCode::SUCCESS)
}
