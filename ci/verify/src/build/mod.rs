//! Lessons, built for one interpreter.

mod artifact;
mod cargo;
mod folder;
mod lessons;
pub(crate) mod own;
mod packages;
mod place;
mod refuse;
pub mod wasm;

pub(crate) use folder::folder;
pub use folder::{can_build, tags, target};
pub use lessons::{Built, build, installed, keep};
pub use packages::{Brought, bring};
pub use place::place;
pub use refuse::{refuse, rustc_version};
