//! What a page shows in place of a directive: HTML that is whole without JavaScript.
//!
//! A block is one line, so that no blank line in an output can end it for Markdown.

mod asked;
mod cell;
mod clinic;
mod code;
mod diff;
mod duration;
mod edges;
mod escape;
mod fold;
mod head;
mod listing;
mod map;
mod notebook;
mod onward;
mod page;
pub(crate) mod pages;
mod pair;
mod picture;
pub(crate) mod preprocessor;
mod question;
mod reason;
mod refused;
mod rest;
mod role;
mod routes;
#[cfg(test)]
mod seed;
mod sentence;
mod stop;
mod table;
mod tally;
mod value;
#[cfg(test)]
mod whatever;

pub(crate) use escape::block as attribute;
