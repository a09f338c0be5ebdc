//! The same in safe Rust, whose blocks come from Rust's own allocator.

use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

// ANCHOR: block
/// An empty `Vec` with room for `size` bytes.
fn block(size: usize) -> PyResult<Vec<u8>> {
    let mut block = Vec::new();
    block.try_reserve_exact(size).map_err(|_| PyMemoryError::new_err(()))?;
    Ok(block)
}
// ANCHOR_END: block

// ANCHOR: duplicate
/// A copy of `data`.
#[pyfunction]
pub(crate) fn duplicate<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, data.len(), |copy| {
        copy.copy_from_slice(data);
        Ok(())
    })
}
// ANCHOR_END: duplicate

// ANCHOR: distinct
/// Whether two blocks of `size` bytes, owned at once, have two addresses.
#[pyfunction]
pub(crate) fn distinct(size: usize) -> PyResult<bool> {
    let first = block(size)?;
    let second = block(size)?;
    Ok(first.as_ptr() != second.as_ptr())
}
// ANCHOR_END: distinct

// ANCHOR: calloc
/// The content of a new block of `nelem` elements.
#[pyfunction]
pub(crate) fn calloc<'py>(
    py: Python<'py>,
    nelem: usize,
    elsize: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let size = nelem
        .checked_mul(elsize)
        .filter(|&size| isize::try_from(size).is_ok())
        .ok_or_else(|| PyMemoryError::new_err(()))?;
    PyBytes::new_with(py, size, |_zeros| Ok(()))
}
// ANCHOR_END: calloc

// ANCHOR: realloc
/// What is left of `data` in a block that got another size.
#[pyfunction]
pub(crate) fn realloc<'py>(
    py: Python<'py>,
    data: &[u8],
    new_size: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let mut block = block(data.len())?;
    block.extend_from_slice(data);
    block
        .try_reserve_exact(new_size.saturating_sub(data.len()))
        .map_err(|_| PyMemoryError::new_err(()))?;
    block.truncate(new_size);
    duplicate(py, &block)
}
// ANCHOR_END: realloc

// ANCHOR: is_palindrome_detached
/// Whether `data` reads the same backwards; works detached.
#[pyfunction]
pub(crate) fn is_palindrome_detached(py: Python<'_>, data: &[u8]) -> bool {
    py.detach(|| data.iter().eq(data.iter().rev()))
}
// ANCHOR_END: is_palindrome_detached

// ANCHOR: while_held
/// What `look()` returns while we own a hundred blocks of `size` bytes.
#[pyfunction]
pub(crate) fn while_held<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let mut blocks = [const { Vec::new() }; 100];
    for place in &mut blocks {
        *place = block(size)?;
    }
    look.call0()
}
// ANCHOR_END: while_held

// ANCHOR: leak
/// Forgets a block of `size` bytes.
#[pyfunction]
pub(crate) fn leak(size: usize) -> PyResult<()> {
    block(size)?.leak();
    Ok(())
}
// ANCHOR_END: leak
