//! `build`: the book, by mdBook's own libraries.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use mdbook_driver::MDBook;

use crate::book::preprocessor::Course;
use crate::live::Live;
use crate::message;

/// Builds the book once.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn build(root: &Path, strict: bool) -> Result<ExitCode> {
    let book = load(root, Course { strict })?;
    book.build().map_err(|error| plain(&error))?;
    let output = book.build_dir_for("html");
    if let Some(missing) = Live::new(root, None).finish(&output)? {
        eprintln!("{}", message::whole_but_not_live(&missing));
    }
    println!("{}", output.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// The book in `root`, ready to be built by `course` in this process.
pub(super) fn load(root: &Path, course: Course) -> Result<MDBook> {
    let mut book = MDBook::load(root).context("cannot load the book")?;
    // Of the same name as the external one in book.toml, whose place it takes.
    book.with_preprocessor(course);
    Ok(book)
}

/// mdBook's error without the names of its steps: ours says where it is.
pub(super) fn plain(error: &anyhow::Error) -> anyhow::Error {
    let ours = error.chain().map(ToString::to_string).find(|text| text.starts_with("error: "));
    ours.map_or_else(|| anyhow!("{error:#}"), |text| anyhow!(text))
}
