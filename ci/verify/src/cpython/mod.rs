//! Which CPythons there are, what each is called, and how a session starts one.

pub mod launch;
pub mod tag;

pub use tag::{Build, NEWEST, OLDEST, Tag};
