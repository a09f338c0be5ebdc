//! The hook comes, records, and goes.

use std::sync::atomic::Ordering::{Relaxed, Release};

use pyo3::exceptions::{PyMemoryError, PyRuntimeError};
use pyo3::prelude::*;

use super::allocator::{Allocator, DOMAINS};
use super::hook::{FULL, RECORDING, STARVED, in_front_of, is_ours};
use super::table::{self, Block, Line};

/// What served a domain, and our hook in front of it.
#[derive(Clone, Copy)]
struct Pair {
    inner: Allocator,
    hook: Allocator,
}

// ANCHOR: recording
/// While it lives, the hook is in front of the domains, and records.
pub(crate) struct Recording<'py> {
    py: Python<'py>,
    /// By domain; nothing where the hook was in front already.
    pairs: [Option<Pair>; 3],
}

impl<'py> Recording<'py> {
    /// The caller sees to it that there is only one.
    pub(crate) fn start(py: Python<'py>) -> PyResult<Recording<'py>> {
        let mut pairs = [None; 3];
        for (number, domain) in DOMAINS.into_iter().enumerate() {
            let inner = Allocator::get(py, domain)?;
            if !is_ours(&inner) {
                let hook = in_front_of(number, inner)
                    .ok_or_else(|| PyRuntimeError::new_err("too many hooks"))?;
                pairs[number] = Some(Pair { inner, hook });
            }
        }
        for (domain, pair) in DOMAINS.into_iter().zip(pairs) {
            if let Some(Pair { hook, .. }) = pair {
                // SAFETY: it passes everything on to what is there, with the
                // `ctx` that is there, on any thread, and lives for ever.
                unsafe { hook.set(py, domain) };
            }
        }
        table::clear();
        STARVED.store(false, Relaxed);
        FULL.store(false, Relaxed);
        RECORDING.store(true, Release);
        Ok(Recording { py, pairs })
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        RECORDING.store(false, Release);
        for (domain, pair) in DOMAINS.into_iter().zip(self.pairs) {
            // Whoever put a hook in front of ours still needs it.
            if let Some(Pair { inner, hook }) = pair
                && Allocator::get(self.py, domain).is_ok_and(|now| now == hook)
            {
                // SAFETY: the hook in front passes on to it, with this `ctx`.
                unsafe { inner.set(self.py, domain) };
            }
        }
    }
}
// ANCHOR_END: recording

impl Recording<'_> {
    /// Whether somebody wanted a block since the start, and got none.
    pub(crate) fn starved(&self) -> bool {
        STARVED.load(Relaxed)
    }

    /// All recorded blocks, by address.
    pub(crate) fn blocks(&self) -> PyResult<Vec<Block>> {
        if FULL.load(Relaxed) {
            return Err(PyRuntimeError::new_err("too many blocks"));
        }
        let mut blocks = Vec::new();
        for block in table::notes() {
            blocks.try_reserve(1).map_err(|_| PyMemoryError::new_err(()))?;
            blocks.push(block);
        }
        blocks.sort_unstable_by_key(|block| block.address);
        Ok(blocks)
    }
}

// ANCHOR: line_of
/// The line that asked for the block in which `object` lies.
pub(crate) fn line_of(
    blocks: &[Block],
    object: &Bound<'_, PyAny>,
) -> Option<Line> {
    let address = object.as_ptr().addr();
    let behind = blocks.partition_point(|block| block.address <= address);
    let block = blocks.get(behind.checked_sub(1)?)?;
    (address - block.address < block.size).then_some(block.line)
}
// ANCHOR_END: line_of
