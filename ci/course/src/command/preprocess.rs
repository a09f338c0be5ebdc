//! The preprocessor as an external command, for stock mdBook.

use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
use mdbook_preprocessor::{Preprocessor, parse_input};

use crate::cli::Question;
use crate::render::preprocessor::Course;

/// Reads a book from standard input and writes it, with its directives replaced, to standard
/// output, as mdBook's documentation for preprocessors has it.
pub(crate) fn preprocess(question: Option<Question>) -> Result<ExitCode> {
    if let Some(Question::Supports { .. }) = question {
        return Ok(ExitCode::SUCCESS);
    }
    let (context, book) =
        parse_input(io::stdin()).context("standard input is not a book; mdBook calls this")?;
    let book = Course { strict: false }.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(ExitCode::SUCCESS)
}
