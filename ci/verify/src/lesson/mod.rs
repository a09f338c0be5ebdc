//! A lesson as its folder has it: a session, cut in cells, and the keys that say how each runs.

mod cell;
mod imports;
mod key;
mod marker;
pub mod must_not_compile;
mod packages;
mod read;
mod selection;
mod session;
mod signal;

pub use cell::Cell;
pub use key::Key;
pub use must_not_compile::Case;
pub use packages::{Package, Pins, Wheel};
pub use read::{Lesson, below, find_root, load, topics};
pub use selection::Selection;
pub use session::Session;
pub use signal::SIGNALS;
pub(crate) use signal::{signal_name, signal_number};
