//! Every sentence that the command says to a person; those about sessions and records are
//! in `verify::message`.

use verify::Problems;
use verify::problem::merge;

mod book;
mod command;
mod directive;
mod picture;
mod prose;
mod question;
mod routes;
mod tables;

pub(crate) use book::*;
pub(crate) use command::*;
pub(crate) use directive::*;
pub(crate) use picture::*;
pub(crate) use prose::*;
pub(crate) use question::*;
pub(crate) use routes::*;
pub(crate) use tables::*;

/// Problems as a person reads them, a blank line between two; what is the same on several
/// interpreters is told once.
pub(crate) fn all(problems: &Problems) -> String {
    let problems = merge(problems.clone());
    let texts: Vec<String> = problems.iter().map(|problem| format!("error: {problem}")).collect();
    texts.join("\n\n")
}
