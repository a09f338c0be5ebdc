//! A lesson as its folder has it: a session, cut in cells, and the keys that say how each runs.

pub mod cell;
pub mod must_not_compile;
mod read;
mod session;

pub use cell::Cell;
pub use must_not_compile::Case;
pub use read::{Lesson, below, find_root, load, topics};
pub use session::Session;
