//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;

use crate::raw::ref_count;

// ANCHOR: add_string_releases_own
/// Owns a reference once the module is there, and never gives it back.
static S: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// `m.string_value = "string_from_c"`, and a reference for `S`.
pub(crate) fn add_string_releases_own(m: &Bound<'_, PyModule>) -> PyResult<()> {
    let name = c"string_value".as_ptr();
    let text = c"string_from_c".as_ptr();
    // SAFETY: `text` is UTF-8 and ends in NUL; a new reference, ours, or NULL
    // with an exception set.
    let s = unsafe { ffi::PyUnicode_FromString(text) };
    if s.is_null() {
        return Err(PyErr::fetch(m.py()));
    }
    // SAFETY: the caller owns `m`, and we own `s`; consumes nothing: the module
    // takes a reference of its own; 0, or -1 with an exception set.
    let set = unsafe { ffi::PyObject_SetAttrString(m.as_ptr(), name, s) };
    if set == -1 {
        // SAFETY: we own `s` and never use it again.
        unsafe { ffi::Py_DECREF(s) };
        return Err(PyErr::fetch(m.py()));
    }
    // SAFETY: releases the reference we own; the module has its own.
    unsafe { ffi::Py_DECREF(s) };
    S.store(s, Ordering::Release);
    Ok(())
}
// ANCHOR_END: add_string_releases_own

/// The count of the string, by way of the static.
#[pyfunction]
pub(crate) fn show_string_value_ref_count() -> ffi::Py_ssize_t {
    // SAFETY: the module keeps the string alive.
    unsafe { ffi::Py_REFCNT(S.load(Ordering::Acquire)) }
}

// ANCHOR: take_and_release_leaks
/// The count before, with, and after a reference of our own.
#[pyfunction]
pub(crate) fn take_and_release_leaks(
    object: &Bound<'_, PyAny>,
) -> (ffi::Py_ssize_t, ffi::Py_ssize_t, ffi::Py_ssize_t) {
    let before = ref_count(object);
    // SAFETY: the caller owns `object`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(object.as_ptr()) };
    let with = ref_count(object);
    let after = ref_count(object);
    (before, with, after)
}
// ANCHOR_END: take_and_release_leaks

// ANCHOR: show_ref_count_with_handle_releases_borrowed
/// The count, seen through an argument that borrows.
#[pyfunction]
pub(crate) fn show_ref_count_with_handle_releases_borrowed(
    h: &Bound<'_, PyAny>,
) -> ffi::Py_ssize_t {
    // SAFETY: the caller owns `h` while we run; a number is nobody's.
    let count = unsafe { ffi::Py_REFCNT(h.as_ptr()) };
    // SAFETY: `h` is alive, and we do not use it again.
    unsafe { ffi::Py_DECREF(h.as_ptr()) };
    count
}
// ANCHOR_END: show_ref_count_with_handle_releases_borrowed
