//! `cargo course`: checks, records, builds and serves the course.
//!
//! [`book`] reads chapters, [`render`] makes HTML of records, [`live`] makes pages run cells,
//! [`command`] has one file per command, [`message`] and [`report`] every line that a person
//! reads. Running lessons is the business of the `verify` library.

#![forbid(unsafe_code)]

mod book;
mod cli;
mod command;
mod live;
mod message;
mod render;
mod report;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match command::run(arguments.command) {
        Ok(code) => code,
        Err(error) => {
            // A problem, or problems joined, says `path:line: what` itself.
            let text = format!("{error:#}");
            let prefix = if text.starts_with("error: ") { "" } else { "error: " };
            eprintln!("{prefix}{text}");
            ExitCode::FAILURE
        }
    }
}
