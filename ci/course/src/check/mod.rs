//! The book, checked: everything wrong with what was read.

mod asked;
pub(crate) mod book;
mod cells_shown;
pub(crate) mod chapter;
mod clinic;
mod code_blocks;
pub(crate) mod config;
mod edges;
pub(crate) mod length;
mod links;
pub(crate) mod names;
mod not_here;
mod notebook;
mod number;
mod picture;
pub(crate) mod questions;
mod routes;
pub(crate) mod stale;
mod summary;
mod typed_numbers;
mod workspace;
