//! The book: chapters are read, their directives looked up, and everything wrong with them found.

pub(crate) mod anchor;
pub(crate) mod chapter;
pub(crate) mod clinic;
pub(crate) mod directive;
pub(crate) mod dot;
pub(crate) mod fence;
pub(crate) mod link;
pub(crate) mod markdown;
pub(crate) mod notebook;
pub(crate) mod page;
pub(crate) mod picture;
pub(crate) mod preprocessor;
pub(crate) mod prose;
pub(crate) mod shelf;
pub(crate) mod table;
