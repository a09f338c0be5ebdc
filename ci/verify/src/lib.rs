//! Runs a lesson's session in a real CPython and compares what it printed with the record.
//!
//! Data flows one way: a [`lesson`] is read from its folder; an [`interpreter`] is found, each
//! with a tag ([`cpython`]); [`build`] makes the lesson's extension for it; [`run`] starts
//! `driver.py` in it, judges how each cell ended and masks what it printed; a [`record`] keeps
//! that, and [`mod@compare`] holds the one against the other. [`cargo_test`] does this for the one
//! lesson of a `cargo test`. Every sentence a person reads is in [`message`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod build;
pub mod cargo_test;
pub mod compare;
pub mod cpython;
pub mod environment;
mod hash;
pub mod interpreter;
pub mod layout;
pub mod lesson;
pub mod mask;
pub mod message;
pub mod problem;
pub mod process;
pub mod record;
pub mod run;
pub mod text;
pub mod toolchain;
mod ulimit;

pub use cpython::Tag;
pub use lesson::{Cell, Lesson};
pub use problem::{Place, Problem, Problems};
pub use record::Record;
