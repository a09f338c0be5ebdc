//! Which CPythons there are, what each is called, and how a session starts one.

mod build_kind;
pub mod launch;
pub mod supported;
pub mod tag;

pub use build_kind::Build;
pub use supported::{newest, oldest, possible, pyodide, supported};
pub use tag::Tag;
