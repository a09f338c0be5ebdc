//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

#[cfg(Py_3_15)]
use pyo3::exceptions::PyMemoryError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

// ANCHOR: reverse_tuple
/// A new tuple with the items of `tuple`, last first.
#[pyfunction]
pub(crate) fn reverse_tuple<'py>(
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
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, reversed) })
}
// ANCHOR_END: reverse_tuple

// ANCHOR: reverse_tuple_from_array
/// The same, made from an array of borrowed references.
#[cfg(Py_3_15)]
#[pyfunction]
pub(crate) fn reverse_tuple_from_array<'py>(
    tuple: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let items = tuple.as_slice();
    let mut reversed = Vec::new();
    if reversed.try_reserve_exact(items.len()).is_err() {
        return Err(PyMemoryError::new_err(()));
    }
    reversed.extend(items.iter().rev().map(Bound::as_ptr));
    let size = reversed.len() as ffi::Py_ssize_t;
    // SAFETY: `reversed` has `size` objects, which `tuple` owns; the new tuple
    // takes its own references; new, ours, or NULL with an exception set.
    let new = unsafe { ffi::PyTuple_FromArray(reversed.as_ptr(), size) };
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(tuple.py(), new) }
}
// ANCHOR_END: reverse_tuple_from_array

// ANCHOR: get_item
/// `PyTuple_GetItem`: a borrowed reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn get_item<'py>(
    tuple: &Bound<'py, PyAny>,
    index: ffi::Py_ssize_t,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `tuple`, of any type; what is no tuple ends in NULL
    // and SystemError; borrowed from `tuple`, or NULL with an exception set.
    let item = unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), index) };
    // SAFETY: NULL with an exception set, or alive, because `tuple` is, and its
    // items never change; the result takes a reference of its own.
    unsafe { Bound::from_borrowed_ptr_or_err(tuple.py(), item) }
}
// ANCHOR_END: get_item

// ANCHOR: set_item
/// `PyTuple_SetItem`: consumes a reference to `item`, 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn set_item<'py>(
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
        return Err(PyErr::fetch(tuple.py()));
    }
    Ok(())
}
// ANCHOR_END: set_item
