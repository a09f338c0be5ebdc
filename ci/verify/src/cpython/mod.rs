//! Which CPythons there are, and what each is called.

pub mod tag;

pub use tag::{Build, NEWEST, OLDEST, Tag};
