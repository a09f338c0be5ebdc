//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use std::ptr;
use std::sync::atomic::Ordering::Relaxed;

use pyo3::exceptions::PyZeroDivisionError;
use pyo3::prelude::*;

use crate::raw::{ARENAS, Block, HOOK, LIMIT, blocks, numbers, room, set_hook};

// ANCHOR: keep_samples_pins_arenas
/// Calls `look` while all of `count` blocks are held, and again while only a
/// sample is: one in `one_in`, the newest first.
#[pyfunction]
pub(crate) fn keep_samples_pins_arenas(
    look: &Bound<'_, PyAny>,
    size: usize,
    count: usize,
    one_in: usize,
) -> PyResult<()> {
    if one_in == 0 {
        return Err(PyZeroDivisionError::new_err(()));
    }
    let blocks = blocks(look.py(), size, count)?;
    for (number, block) in blocks.iter().enumerate() {
        // SAFETY: the block has `size` bytes, and nobody else knows it.
        unsafe { block.start.write_bytes(number as u8, size) };
    }
    look.call0()?;
    let mut samples: Vec<Block> = room(size, count)?;
    samples.extend(blocks.into_iter().rev().step_by(one_in));
    look.call0()?;
    drop(samples);
    Ok(())
}
// ANCHOR_END: keep_samples_pins_arenas

// ANCHOR: while_cut_forgets_header
/// What `look()` returns while `data` lies in pieces, each a number that says
/// its length, and the bytes.
#[pyfunction]
pub(crate) fn while_cut_forgets_header<'py>(
    look: &Bound<'py, PyAny>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    const HEADER: usize = size_of::<usize>();
    let mut pieces = room(LIMIT, data.len() / LIMIT + 1)?;
    for part in data.chunks(LIMIT) {
        let piece = Block::new(look.py(), HEADER + part.len())?;
        // SAFETY: the block has room for a number, and is aligned for it.
        unsafe { piece.start.cast::<usize>().write(part.len()) };
        let text = piece.start.wrapping_add(HEADER);
        // SAFETY: behind the number there is room for `part`.
        unsafe { ptr::copy_nonoverlapping(part.as_ptr(), text, part.len()) };
        pieces.push(piece);
    }
    look.call0()
}
// ANCHOR_END: while_cut_forgets_header

// ANCHOR: arenas_of_256_kib
/// How many arenas were taken since the first call, and how many bytes they
/// have, less what was given back.
#[pyfunction]
pub(crate) fn arenas_of_256_kib(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    HOOK.call_once(|| set_hook(py));
    let arenas = ARENAS.load(Relaxed);
    let bytes = arenas * 256 * 1024;
    numbers(py, &[arenas, bytes])
}
// ANCHOR_END: arenas_of_256_kib
