//! What a page shows in place of a directive: HTML that is whole without JavaScript.
//!
//! A block is one line, so that no blank line in an output can end it for Markdown.

mod cell;
mod escape;
mod listing;
mod page;
pub(crate) mod pages;
mod picture;
pub(crate) mod preprocessor;
mod question;
mod sentence;
mod tables;
mod value;
#[cfg(test)]
mod whatever;

pub(crate) use escape::block as attribute;
