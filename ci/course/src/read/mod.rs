//! The book, read: chapters, what they ask for by directives, and the lessons and records they
//! speak of. Nothing here runs Python, and nothing judges what it reads.

pub(crate) mod anchor;
pub(crate) mod answer;
pub(crate) mod book;
pub(crate) mod chapter;
pub(crate) mod clinic;
pub(crate) mod directive;
pub(crate) mod dot;
mod dot_tokens;
pub(crate) mod head;
pub(crate) mod index;
pub(crate) mod kind;
pub(crate) mod lessons;
pub(crate) mod markdown;
pub(crate) mod minutes;
pub(crate) mod notebook;
pub(crate) mod outline;
pub(crate) mod picture;
pub(crate) mod pieces;
pub(crate) mod questions;
pub(crate) mod routes;
mod slots;
pub(crate) mod summary;
pub(crate) mod toml_rows;
pub(crate) mod words;
