//! One file per command.

mod build;
mod check;
mod describe;
mod doctor;
mod list;
mod matrix;
mod new;
mod preprocess;
mod regen;
mod run;
mod serve;
mod shell;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use verify::interpreter::Interpreter;
use verify::interpreter::discover;
use verify::{Problems, lesson};

use crate::cli::{Command, Python};
use crate::message;

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
        Command::Shell { lesson, print_path, python } => {
            shell::shell(&root()?, &lesson, print_path, &python)
        }
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

/// The course's folder, at or above the current one.
fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder is gone")?;
    lesson::find_root(&here).ok_or_else(|| anyhow!(message::no_course(&here)))
}

/// Problems as one error.
fn failed(problems: Problems) -> anyhow::Error {
    anyhow!(message::all(&problems))
}

/// The one interpreter a command asks for.
fn interpreter(root: &Path, python: &Python) -> Result<Interpreter> {
    let Some(wanted) = &python.python else {
        return discover::as_pyo3_does().map_err(|problem| failed(vec![problem]));
    };
    let found = discover::all(root).map_err(failed)?;
    let wanted = [wanted.to_string_lossy().into_owned()];
    let chosen = discover::select(found, &wanted).map_err(failed)?;
    let mut chosen = verify::interpreter::choose(chosen).into_values();
    chosen.next().context("no interpreter")
}

/// Ctrl-C ends what runs; a second one ends this process.
fn stop_on_interrupt() {
    let handler = || {
        if verify::process::stopped() {
            std::process::exit(130);
        }
        verify::process::stop();
    };
    // Without a handler Ctrl-C still ends this process, and sessions end by their time limit.
    let _ = ctrlc::set_handler(handler);
}
