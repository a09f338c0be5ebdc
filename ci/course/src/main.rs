//! `cargo course`: checks, records, builds and serves the course.
//!
//! Data flows one way: [`read`] the book, its lessons and their records, [`check`] what was read,
//! [`render`] pages of it, make them [`live`]. [`command`] has one file per command, and
//! [`message`] every sentence that a person reads. Running lessons is the business of the
//! `verify` library.

#![forbid(unsafe_code)]

mod check;
mod cli;
mod command;
mod layered;
mod live;
mod message;
mod read;
mod render;

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
