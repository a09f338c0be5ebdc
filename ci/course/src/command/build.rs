//! `build`: the book, by mdBook's own libraries.

use std::path::Path;
use std::process::ExitCode;
use std::thread;

use anyhow::{Result, anyhow};
use mdbook_driver::MDBook;
use verify::Problem;

use super::common::failed;
use crate::live::Live;
use crate::message;
use crate::read::book;
use crate::render::preprocessor::Course;

/// Builds the book once.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn build(root: &Path, strict: bool) -> Result<ExitCode> {
    let book = load(root, Course { strict })?;
    if let Some(missing) = finished(&book, &mut Live::new(root, None))? {
        eprintln!("{}", message::whole_but_not_live(&missing));
    }
    println!("{}", book.build_dir_for("html").join("index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// Builds the book and makes its pages live, and returns what this machine lacks for that.
pub(super) fn finished(book: &MDBook, live: &mut Live) -> Result<Option<Problem>> {
    // The lessons compile, and node bundles the scripts, while mdBook renders.
    let (built, prepared) = thread::scope(|scope| {
        let preparing = scope.spawn(|| live.prepare());
        (book.build(), preparing.join().expect("it returns what is wrong"))
    });
    built.map_err(|error| plain(&error))?;
    let missing = prepared?;
    live.finish(&book.build_dir_for("html"))?;
    Ok(missing)
}

/// The book in `root`, ready to be built by `course` in this process.
pub(super) fn load(root: &Path, course: Course) -> Result<MDBook> {
    let mut book = book::load(root).map_err(failed)?;
    // Of the same name as the external one in book.toml, whose place it takes.
    book.with_preprocessor(course);
    Ok(book)
}

/// mdBook's error without the names of its steps: ours says where it is.
fn plain(error: &anyhow::Error) -> anyhow::Error {
    let ours = error.chain().map(ToString::to_string).find(|text| text.starts_with("error: "));
    ours.map_or_else(|| anyhow!("{error:#}"), |text| anyhow!(text))
}
