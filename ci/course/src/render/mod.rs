//! What a page shows in place of a directive: HTML that is whole without JavaScript.
//!
//! A block is one line, so that no blank line in an output can end it for Markdown.

mod cell;
mod escape;
mod listing;
mod picture;
mod table;
mod value;

pub(crate) use cell::{cell, edges};
pub(crate) use escape::block as attribute;
pub(crate) use listing::{diff, listing, refused};
pub(crate) use picture::picture;
pub(crate) use table::{Patient, Row, bugs, entries};
pub(crate) use value::value;
