//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use std::slice;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

// ANCHOR: append_repr
/// `log.append(repr(object))`.
#[pyfunction]
pub(crate) fn append_repr(
    log: &Bound<'_, PyList>,
    object: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: `object` is alive; a new reference that we own, or NULL with an
    // exception set.
    let entry = unsafe { ffi::PyObject_Repr(object.as_ptr()) };
    if entry.is_null() {
        return Err(PyErr::fetch(log.py()));
    }
    // SAFETY: `log` is a list, `entry` is alive; consumes nothing: the list
    // takes a reference of its own; -1 with an exception set.
    let status = unsafe { ffi::PyList_Append(log.as_ptr(), entry) };
    // SAFETY: releases the reference we own; `entry` ends here.
    unsafe { ffi::Py_DECREF(entry) };
    if status == -1 {
        return Err(PyErr::fetch(log.py()));
    }
    Ok(())
}
// ANCHOR_END: append_repr

// ANCHOR: repr_length
/// `len(repr(object))`.
#[pyfunction]
pub(crate) fn repr_length(
    object: &Bound<'_, PyAny>,
) -> PyResult<ffi::Py_ssize_t> {
    // SAFETY: `object` is alive; a new reference that we own, or NULL with an
    // exception set.
    let text = unsafe { ffi::PyObject_Repr(object.as_ptr()) };
    if text.is_null() {
        return Err(PyErr::fetch(object.py()));
    }
    // SAFETY: `text` is a live string; -1 with an exception set.
    let length = unsafe { ffi::PyUnicode_GetLength(text) };
    // SAFETY: releases the reference we own; `text` ends here.
    unsafe { ffi::Py_DECREF(text) };
    if length == -1 {
        return Err(PyErr::fetch(object.py()));
    }
    Ok(length)
}
// ANCHOR_END: repr_length

// ANCHOR: reverse_bytes
/// The bytes of `data`, last first, by way of a buffer of our own.
#[pyfunction]
pub(crate) fn reverse_bytes<'py>(
    data: &Bound<'py, PyBytes>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, size) = (data.py(), data.as_bytes().len());
    // SAFETY: a block of zeros that we own, or NULL, nothing set.
    let block = unsafe { ffi::PyMem_Calloc(size, 1) }.cast::<u8>();
    if block.is_null() {
        // SAFETY: sets a MemoryError, and returns NULL.
        unsafe { ffi::PyErr_NoMemory() };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: `block` has `size` bytes, and nobody else knows it.
    let buffer = unsafe { slice::from_raw_parts_mut(block, size) };
    buffer.copy_from_slice(data.as_bytes());
    buffer.reverse();
    let bytes = buffer.as_ptr().cast();
    // SAFETY: `size` bytes to copy; new, or NULL with an exception set.
    let new =
        unsafe { ffi::PyBytes_FromStringAndSize(bytes, size.cast_signed()) };
    // SAFETY: `block` came from the same family, and ends here.
    unsafe { ffi::PyMem_Free(block.cast()) };
    // SAFETY: NULL with an exception set, or a reference we hand over.
    unsafe { Bound::from_owned_ptr_or_err(py, new) }
}
// ANCHOR_END: reverse_bytes
