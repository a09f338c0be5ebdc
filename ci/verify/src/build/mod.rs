//! Lessons, built for one interpreter.

mod cargo;
mod lessons;
pub mod refuse;
pub mod wasm;

pub(crate) use lessons::folder;
pub use lessons::{Built, build, can_build, installed, place, target};
