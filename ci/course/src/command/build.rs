//! `build`: the book, by mdBook's own libraries.

use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use mdbook_driver::MDBook;

use super::failed;
use crate::book::preprocessor::Course;
use crate::message;

/// Builds the book once.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn build(root: &Path, strict: bool) -> Result<ExitCode> {
    let book = load(root, Course { strict })?;
    book.build().map_err(|error| plain(&error))?;
    println!("{}", book.build_dir_for("html").join("index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// The book in `root`, ready to be built by `course` in this process.
pub(super) fn load(root: &Path, course: Course) -> Result<MDBook> {
    let mut book = MDBook::load(root).context("cannot load the book")?;
    // Of the same name as the external one in book.toml, whose place it takes.
    book.with_preprocessor(course);
    let output = normal(&root.join(&book.config.build.build_dir));
    let source = normal(&book.source_dir());
    if output.starts_with(&source) || source.starts_with(&output) {
        return Err(failed(vec![message::output_over_source(&output, &source)]));
    }
    if book.config.build.use_default_preprocessors {
        return Err(failed(vec![message::default_preprocessors()]));
    }
    Ok(book)
}

/// mdBook's error without the names of its steps: ours says where it is.
pub(super) fn plain(error: &anyhow::Error) -> anyhow::Error {
    let ours = error.chain().map(ToString::to_string).find(|text| text.starts_with("error: "));
    ours.map_or_else(|| anyhow!("{error:#}"), |text| anyhow!(text))
}

/// `path` without `.` and `..`, whether it exists or not.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}
