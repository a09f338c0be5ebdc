//! One at a time.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Acquire, Release};

use pyo3::prelude::*;

use super::runtime_error;

/// The right to count each request once: two at a time would share the depths.
pub(crate) struct Turn(());

static TAKEN: AtomicBool = AtomicBool::new(false);

impl Turn {
    pub(crate) fn take(py: Python<'_>) -> PyResult<Turn> {
        if TAKEN.swap(true, Acquire) {
            return Err(runtime_error(py, c"already counting"));
        }
        Ok(Turn(()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        TAKEN.store(false, Release);
    }
}
