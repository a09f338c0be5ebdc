//! Sessions, run: what each cell printed, and what each bound expression was.

mod judge;
pub mod mask;
pub mod plan;
mod start;

pub use start::{DRIVER, Job, Run, Value};
