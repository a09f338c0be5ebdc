//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

// ANCHOR: reverse_tuple_leaks_result
/// A new tuple with the items of `tuple`, last first.
#[pyfunction]
pub(crate) fn reverse_tuple_leaks_result<'py>(
    tuple: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = tuple.py();
    // SAFETY: the caller owns `tuple`, and it is a tuple, so never -1.
    let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) };
    // SAFETY: a new reference, ours, or NULL with an exception set.
    let reversed = unsafe { ffi::PyTuple_New(size) };
    if reversed.is_null() {
        return Err(PyErr::fetch(py));
    }
    for i in 0..size {
        // SAFETY: `i` is in range, and a tuple that Python shows has all its
        // items, for good: borrowed from `tuple`, never NULL.
        let item = unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), i) };
        // SAFETY: `tuple` owns `item`, and now so do we.
        unsafe { ffi::Py_INCREF(item) };
        // SAFETY: only we own `reversed`, and no Python code runs before it is
        // full; consumes the reference just made; 0, or -1 with an exception set.
        let status =
            unsafe { ffi::PyTuple_SetItem(reversed, size - 1 - i, item) };
        if status == -1 {
            // SAFETY: we own `reversed` and never use it again.
            unsafe { ffi::Py_DECREF(reversed) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: `reversed` is alive.
    Ok(unsafe { Bound::from_borrowed_ptr(py, reversed) })
}
// ANCHOR_END: reverse_tuple_leaks_result

// ANCHOR: reverse_tuple_keeps_order
/// A new tuple with the items of `tuple`, last first.
#[pyfunction]
pub(crate) fn reverse_tuple_keeps_order<'py>(
    tuple: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = tuple.py();
    // SAFETY: the caller owns `tuple`, and it is a tuple, so never -1.
    let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) };
    // SAFETY: a new reference, ours, or NULL with an exception set.
    let reversed = unsafe { ffi::PyTuple_New(size) };
    if reversed.is_null() {
        return Err(PyErr::fetch(py));
    }
    for i in 0..size {
        // SAFETY: `i` is in range, and a tuple that Python shows has all its
        // items, for good: borrowed from `tuple`, never NULL.
        let item = unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), i) };
        // SAFETY: `tuple` owns `item`, and now so do we.
        unsafe { ffi::Py_INCREF(item) };
        // SAFETY: only we own `reversed`, and no Python code runs before it is
        // full; consumes the reference just made; 0, or -1 with an exception set.
        let status = unsafe { ffi::PyTuple_SetItem(reversed, i, item) };
        if status == -1 {
            // SAFETY: we own `reversed` and never use it again.
            unsafe { ffi::Py_DECREF(reversed) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, reversed) })
}
// ANCHOR_END: reverse_tuple_keeps_order

// ANCHOR: set_item_releases_twice
/// `PyTuple_SetItem`: consumes a reference to `item`, 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn set_item_releases_twice<'py>(
    tuple: &Bound<'py, PyAny>,
    index: ffi::Py_ssize_t,
    item: Bound<'py, PyAny>,
) -> PyResult<()> {
    let consumed = item.into_ptr();
    // SAFETY: the caller owns `tuple`; consumes the reference that we own, also
    // when it fails: what is no tuple, or has other owners, ends in -1.
    let status =
        unsafe { ffi::PyTuple_SetItem(tuple.as_ptr(), index, consumed) };
    if status == -1 {
        // SAFETY: it failed, so the reference is still ours.
        unsafe { ffi::Py_DECREF(consumed) };
        return Err(PyErr::fetch(tuple.py()));
    }
    Ok(())
}
// ANCHOR_END: set_item_releases_twice
