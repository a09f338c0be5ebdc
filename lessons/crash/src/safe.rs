//! The same in safe PyO3.

use std::mem;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCFunction, PyList};

// ANCHOR: append_repr
/// `log.append(repr(object))`.
#[pyfunction]
pub(crate) fn append_repr(
    log: &Bound<'_, PyList>,
    object: &Bound<'_, PyAny>,
) -> PyResult<()> {
    log.append(object.repr()?)
}
// ANCHOR_END: append_repr

// ANCHOR: repr_length
/// `len(repr(object))`.
#[pyfunction]
pub(crate) fn repr_length(object: &Bound<'_, PyAny>) -> PyResult<usize> {
    object.repr()?.len()
}
// ANCHOR_END: repr_length

// ANCHOR: reverse_bytes
/// The bytes of `data`, last first.
#[pyfunction]
pub(crate) fn reverse_bytes<'py>(
    data: &Bound<'py, PyBytes>,
) -> PyResult<Bound<'py, PyBytes>> {
    let bytes = data.as_bytes();
    PyBytes::new_with(data.py(), bytes.len(), |reversed| {
        reversed.copy_from_slice(bytes);
        reversed.reverse();
        Ok(())
    })
}
// ANCHOR_END: reverse_bytes

// ANCHOR: forget
/// Forgets the reference it was given.
#[pyfunction]
pub(crate) fn forget(object: Bound<'_, PyAny>) {
    mem::forget(object);
}
// ANCHOR_END: forget

// ANCHOR: append_size
/// Appends a function that returns the size of `log`, and owns `log`.
#[pyfunction]
pub(crate) fn append_size(log: &Bound<'_, PyList>) -> PyResult<()> {
    let owned = log.clone().unbind();
    let size =
        PyCFunction::new_closure(log.py(), None, None, move |args, _| {
            owned.bind(args.py()).len()
        })?;
    log.append(size)
}
// ANCHOR_END: append_size
