//! What a hook has seen.

use pyo3::prelude::*;

/// What a hook has seen: blocks asked for, resized, freed, and bytes asked for.
#[pyclass(frozen, get_all)]
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(super) new: usize,
    pub(super) resized: usize,
    pub(super) freed: usize,
    pub(super) bytes: usize,
}

impl std::ops::Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            new: self.new + other.new,
            resized: self.resized + other.resized,
            freed: self.freed + other.freed,
            bytes: self.bytes + other.bytes,
        }
    }
}
