//! The C API, called as C calls it.

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
    // SAFETY: attached, and `tuple` is a live tuple, so the size is never -1.
    let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) };
    // SAFETY: attached; a new reference that we own, or NULL with an exception set.
    let reversed = unsafe { ffi::PyTuple_New(size) };
    if reversed.is_null() {
        return Err(PyErr::fetch(py));
    }
    for i in 0..size {
        // SAFETY: attached, a live tuple, `i` in range: borrowed, never NULL.
        let item = unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), i) };
        // SAFETY: attached; `item` is alive: `tuple` owns it, and now so do we.
        unsafe { ffi::Py_INCREF(item) };
        // SAFETY: attached; only we own `reversed`; consumes the reference just made.
        let status =
            unsafe { ffi::PyTuple_SetItem(reversed, size - 1 - i, item) };
        if status == -1 {
            // SAFETY: attached; we own `reversed` and never use it again.
            unsafe { ffi::Py_DECREF(reversed) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: attached; `reversed` is alive, and we own the reference we hand over.
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
    let reversed: Vec<_> = items.iter().rev().map(Bound::as_ptr).collect();
    let size = reversed.len() as ffi::Py_ssize_t;
    // SAFETY: attached; `reversed` has `size` live objects, which `tuple` owns;
    // the new tuple takes its own references; new, or NULL with an exception set.
    let new = unsafe { ffi::PyTuple_FromArray(reversed.as_ptr(), size) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
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
    // SAFETY: attached, `tuple` is alive; what is no tuple ends in NULL and SystemError.
    let item = unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), index) };
    // SAFETY: attached; NULL with an exception set, or borrowed from `tuple`, alive here;
    // the result takes a reference of its own.
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
    // SAFETY: attached, `tuple` is alive, `consumed` is a reference that we own. What is no
    // tuple, or a tuple with other owners, ends in -1 and SystemError.
    let status =
        unsafe { ffi::PyTuple_SetItem(tuple.as_ptr(), index, consumed) };
    if status == -1 {
        return Err(PyErr::fetch(tuple.py()));
    }
    Ok(())
}
// ANCHOR_END: set_item
