//! What a page shows in place of a directive: HTML that is whole without JavaScript.
//!
//! A block is one line, so that no blank line in an output can end it for Markdown.

mod asked;
mod cell;
mod clinic;
mod code;
mod diff;
mod edges;
mod escape;
mod fold;
mod listing;
mod notebook;
mod page;
pub(crate) mod pages;
mod pair;
mod picture;
pub(crate) mod preprocessor;
mod question;
mod reason;
mod refused;
mod role;
mod sentence;
mod table;
mod value;
#[cfg(test)]
mod whatever;

pub(crate) use escape::block as attribute;
