//! The CPythons of this machine, each asked what it is.

pub mod discover;
mod probe;
pub mod pyodide;

pub(crate) use probe::clean;
pub use probe::{Interpreter, Source, choose};
