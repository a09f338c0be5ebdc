//! The CPythons of this machine, each asked what it is.

mod choose;
pub mod discover;
mod probe;
pub mod pyodide;

pub use choose::choose;
pub use probe::{Interpreter, Source};
