//! The same in safe Rust: Rust's own allocator, and Python's objects.

use pyo3::exceptions::{PyMemoryError, PyZeroDivisionError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

use crate::raw::{LIMIT, between, room};

// ANCHOR: gaps
/// How far each of `count` blocks of `size` bytes is from the next in memory.
#[pyfunction]
pub(crate) fn gaps(
    py: Python<'_>,
    size: usize,
    count: usize,
) -> PyResult<Bound<'_, PyList>> {
    let mut blocks: Vec<Vec<u8>> = room(size, count)?;
    for _ in 0..count {
        let mut block = Vec::new();
        block
            .try_reserve_exact(size)
            .map_err(|_| PyMemoryError::new_err(()))?;
        blocks.push(block);
    }
    let mut addresses: Vec<usize> = room(size, count)?;
    addresses.extend(blocks.iter().map(|block| block.as_ptr().addr()));
    PyList::new(py, between(&mut addresses)?)
}
// ANCHOR_END: gaps

// ANCHOR: objects
/// So many `bytes` objects with `size` bytes each.
fn objects(
    py: Python<'_>,
    size: usize,
    count: usize,
) -> PyResult<Vec<Bound<'_, PyBytes>>> {
    let mut objects = room(size, count)?;
    for _ in 0..count {
        objects.push(PyBytes::new_with(py, size, |_zeros| Ok(()))?);
    }
    Ok(objects)
}
// ANCHOR_END: objects

// ANCHOR: while_held
/// What `look()` returns while we own `count` objects with `size` bytes each.
#[pyfunction]
pub(crate) fn while_held<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
    count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let _objects = objects(look.py(), size, count)?;
    look.call0()
}
// ANCHOR_END: while_held

// ANCHOR: keep_samples
/// Calls `look` while all of `count` objects are held, and again while only a
/// sample is: one in `one_in`, the newest first.
#[pyfunction]
pub(crate) fn keep_samples(
    look: &Bound<'_, PyAny>,
    size: usize,
    count: usize,
    one_in: usize,
) -> PyResult<()> {
    if one_in == 0 {
        return Err(PyZeroDivisionError::new_err(()));
    }
    let objects = objects(look.py(), size, count)?;
    look.call0()?;
    let mut samples = Vec::new();
    samples
        .try_reserve_exact(size * count.div_ceil(one_in))
        .map_err(|_| PyMemoryError::new_err(()))?;
    for object in objects.iter().rev().step_by(one_in) {
        samples.extend_from_slice(object.as_bytes());
    }
    drop(objects);
    look.call0()?;
    drop(samples);
    Ok(())
}
// ANCHOR_END: keep_samples

// ANCHOR: while_cut
/// What `look()` returns while `data` lies in pieces, each a `bytes` object.
#[pyfunction]
pub(crate) fn while_cut<'py>(
    look: &Bound<'py, PyAny>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let py = look.py();
    let bytes = py.get_type::<PyBytes>();
    let header =
        bytes.getattr(intern!(py, "__basicsize__"))?.extract::<usize>()?;
    let mut pieces = room(LIMIT, data.len() / (LIMIT - header) + 1)?;
    for part in data.chunks(LIMIT - header) {
        pieces.push(PyBytes::new_with(py, part.len(), |piece| {
            piece.copy_from_slice(part);
            Ok(())
        })?);
    }
    look.call0()
}
// ANCHOR_END: while_cut
