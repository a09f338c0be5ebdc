//! What each CPython printed, and whether that still speaks of the lesson as it is.

mod digest;
mod excuse;
mod read;
mod stale;
mod table;
mod update;
mod write;

pub use digest::digest;
pub use excuse::excuse;
pub use stale::{Stale, stale};
pub use table::{
    Column, CompilerOutput, OutputGroup, Record, RecordedCell, RecordedValue, Refused, text_for,
};
pub use update::update;
