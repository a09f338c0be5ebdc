//! The CPythons of this machine, each asked what it is.

mod at_start;
mod choose;
pub mod discover;
mod probe;
pub mod pyodide;

pub(crate) use at_start::at_start;
pub use choose::choose;
pub use probe::{Interpreter, Source};
