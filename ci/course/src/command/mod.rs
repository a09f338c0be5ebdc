//! One file per command.

mod build;
mod check;
mod common;
mod describe;
mod doctor;
mod list;
mod matrix;
mod new;
mod preprocess;
mod regen;
mod report;
mod run;
mod serve;
mod shell;
mod transaction;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::Command;
use common::root;

/// Runs one command. An error is for a person, and ends in exit status 1.
pub(crate) fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Check { matrix, require, installed } => {
            check::check(&root()?, &matrix, &require, installed)
        }
        Command::Regen { matrix } => regen::regen(&root()?, &matrix),
        Command::Run { lesson, cell, python } => {
            run::run(&root()?, &lesson, cell.as_deref(), &python)
        }
        Command::Shell { lesson, python } => shell::shell(&root()?, &lesson, &python),
        Command::Describe { json: _, lessons, build } => {
            describe::describe(&root()?, &lessons, build)
        }
        Command::List => list::list(&root()?),
        Command::New { topic } => new::new(&root()?, &topic),
        Command::Doctor => doctor::doctor(&root()?),
        Command::Build { strict } => build::build(&root()?, strict),
        Command::Serve { open, port } => serve::serve(&root()?, open, port),
        Command::Preprocess { question } => preprocess::preprocess(question),
    }
}
