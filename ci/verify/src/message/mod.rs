//! Every sentence that this library says to a person.
//!
//! One function a sentence, grouped by the module that says it. The form is
//! `path:line: what is wrong`, then what exists instead, then `help:` what to type.

mod build;
mod compare;
mod diff;
mod file;
mod interpreter;
mod lesson;
mod must_not_compile;
mod process;
mod pyodide;
mod record;
mod run;
mod value;

pub(crate) use build::*;
pub(crate) use compare::*;
pub use diff::diff;
pub use file::*;
pub(crate) use interpreter::*;
pub use lesson::*;
pub(crate) use must_not_compile::*;
pub(crate) use process::*;
pub(crate) use pyodide::*;
pub use record::*;
pub use run::*;
pub use value::*;
