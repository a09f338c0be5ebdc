//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::raw::{HELD, count, is_plain};

// ANCHOR: hold_borrows
/// A capsule that owns a reference to `object` until it is freed.
#[pyfunction]
pub(crate) fn hold_borrows<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let pointer = object.as_ptr();
    // SAFETY: nothing is NULL, the name is a constant; a new reference that we
    // own, or NULL with an exception set.
    let capsule =
        unsafe { ffi::PyCapsule_New(pointer.cast(), HELD.as_ptr(), None) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(object.py(), capsule) }
}
// ANCHOR_END: hold_borrows

// ANCHOR: appended_trusts_count
/// The items of `items`, then `item`: in `items` itself where nobody can tell.
#[pyfunction]
pub(crate) fn appended_trusts_count<'py>(
    items: &Bound<'py, PyList>,
    item: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = items.py();
    let longer = if is_plain(items) && count(items) == 1 {
        // SAFETY: `items` is alive; makes a reference that we own.
        unsafe { ffi::Py_INCREF(items.as_ptr()) };
        items.as_ptr()
    } else {
        // SAFETY: a live list; a new list that we own, or NULL with an
        // exception set.
        unsafe { ffi::PySequence_List(items.as_ptr()) }
    };
    if longer.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: a live list and a live item; the list takes a reference of its
    // own; -1 with an exception set.
    let status = unsafe { ffi::PyList_Append(longer, item.as_ptr()) };
    if status == -1 {
        // SAFETY: releases the reference we own; `longer` ends here.
        unsafe { ffi::Py_DECREF(longer) };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: `longer` is alive, and we hand over our reference.
    Ok(unsafe { Bound::from_owned_ptr(py, longer) })
}
// ANCHOR_END: appended_trusts_count
