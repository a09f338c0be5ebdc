//! What each CPython printed, and whether that still speaks of the lesson as it is.

pub mod digest;
pub mod stale;
mod table;

pub use table::{Column, Record, RecordedCell, RecordedValue, Refused, Said, Shared, text_for};
