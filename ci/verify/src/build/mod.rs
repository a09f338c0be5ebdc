//! Lessons, built for one interpreter.

mod artifact;
mod cargo;
mod folder;
mod lessons;
mod must_not_compile;
pub(crate) mod own;
mod packages;
mod place;
pub mod wasm;

pub(crate) use folder::folder;
pub use folder::{can_build, tags, target};
pub use lessons::{Built, build, installed, keep};
pub use must_not_compile::{refuse, rustc_version};
pub use packages::{Brought, bring};
pub use place::place;
