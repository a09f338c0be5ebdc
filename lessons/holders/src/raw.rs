//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use std::ffi::CStr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyList;

// ANCHOR: count
/// `Py_REFCNT`: the count at this moment.
#[pyfunction]
pub(crate) fn count(object: &Bound<'_, PyAny>) -> ffi::Py_ssize_t {
    // SAFETY: only looks; no reference is made or released; cannot fail.
    unsafe { ffi::Py_REFCNT(object.as_ptr()) }
}
// ANCHOR_END: count

/// The name that a capsule of `hold` goes by.
pub(crate) const HELD: &CStr = c"lesson_holders.held";

// ANCHOR: hold
/// A capsule that owns a reference to `object` until it is freed.
#[pyfunction]
pub(crate) fn hold<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let pointer = object.as_ptr();
    // SAFETY: `object` is alive; makes a reference that we own.
    unsafe { ffi::Py_INCREF(pointer) };
    // SAFETY: nothing is NULL, the name is a constant; a new reference that we
    // own, or NULL with an exception set.
    let capsule = unsafe {
        ffi::PyCapsule_New(pointer.cast(), HELD.as_ptr(), Some(release))
    };
    if capsule.is_null() {
        // SAFETY: releases the reference that no capsule took over.
        unsafe { ffi::Py_DECREF(pointer) };
    }
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(object.py(), capsule) }
}
// ANCHOR_END: hold

// ANCHOR: release
/// Runs when a capsule is freed, in whatever thread that happens.
unsafe extern "C" fn release(capsule: *mut ffi::PyObject) {
    // SAFETY: a capsule of `hold`, with this name: never NULL.
    let held = unsafe { ffi::PyCapsule_GetPointer(capsule, HELD.as_ptr()) };
    // SAFETY: releases the reference that the capsule owned.
    unsafe { ffi::Py_DECREF(held.cast()) };
}
// ANCHOR_END: release

// ANCHOR: unique
/// `PyUnstable_Object_IsUniquelyReferenced`: is the count one, for this thread?
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn is_uniquely_referenced(object: &Bound<'_, PyAny>) -> bool {
    let object = object.as_ptr();
    // SAFETY: `object` is alive: the caller keeps it while we run; no
    // reference is made or released; 0 or 1, cannot fail.
    unsafe { ffi::PyUnstable_Object_IsUniquelyReferenced(object) == 1 }
}

/// `PyUnstable_Object_IsUniqueReferencedTemporary`: and nobody borrows it?
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn is_unique_temporary(object: &Bound<'_, PyAny>) -> bool {
    let object = object.as_ptr();
    // SAFETY: `object` is alive: the caller keeps it while we run; no
    // reference is made or released; 0 or 1, cannot fail.
    unsafe { ffi::PyUnstable_Object_IsUniqueReferencedTemporary(object) == 1 }
}

/// Older versions cannot tell, so nothing is a temporary there.
#[cfg(not(Py_3_14))]
pub(crate) fn is_unique_temporary(_object: &Bound<'_, PyAny>) -> bool {
    false
}
// ANCHOR_END: unique

/// Is it a list, and not of a subclass?
pub(crate) fn is_plain(items: &Bound<'_, PyList>) -> bool {
    // SAFETY: `items` is alive; only its type is looked at.
    unsafe { ffi::PyList_CheckExact(items.as_ptr()) == 1 }
}

// ANCHOR: appended
/// The items of `items`, then `item`: in `items` itself where nobody can tell.
#[pyfunction]
pub(crate) fn appended<'py>(
    items: &Bound<'py, PyList>,
    item: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = items.py();
    let longer = if is_plain(items) && is_unique_temporary(items) {
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
// ANCHOR_END: appended
