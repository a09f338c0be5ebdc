//! Sessions, run: what each cell printed, and what each bound expression was.

mod bind;
mod blame;
pub(crate) mod driver;
mod event;
mod job;
mod job_file;
mod judge;
pub mod plan;
pub(crate) mod snapshot;
mod start;

pub use driver::DRIVER;
pub use job::{Job, Missing, Run, Value};
