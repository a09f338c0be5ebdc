//! Runs a lesson's session in a real CPython and compares what it printed with the record.
//!
//! Data flows one way: [`lesson`] reads a lesson's folder and cuts its [`session`] in [`cell`]s;
//! [`discover`] finds [`interpreter`]s, each a [`tag`]; [`build`] makes the extension for one
//! ([`wasm`] for [`pyodide`]);
//! [`run`] starts `driver.py` in it, judges how each cell ended and [`mask`]s what it printed; [`compare`] holds that
//! against the [`record`], or puts it there. [`matrix`] does this for every lesson and tag at
//! once, [`testing`] for the one lesson of a `cargo test`. Every sentence a person reads is
//! in [`message`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod build;
mod cargo;
pub mod cell;
pub mod compare;
pub mod digest;
pub mod discover;
pub mod interpreter;
mod judge;
pub mod lesson;
pub mod mask;
pub mod matrix;
pub mod message;
pub mod problem;
pub mod process;
pub mod pyodide;
pub mod record;
pub mod refuse;
pub mod run;
pub mod session;
pub mod stale;
pub mod tag;
pub mod testing;
pub mod wasm;

pub use cell::Cell;
pub use lesson::Lesson;
pub use problem::{Place, Problem, Problems};
pub use record::Record;
pub use tag::Tag;
