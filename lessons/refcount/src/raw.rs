//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

// ANCHOR: add_string
/// Owns a reference once the module is there, and never gives it back.
static S: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// `m.string_value = "string_from_c"`, and a reference for `S`.
pub(crate) fn add_string(m: &Bound<'_, PyModule>) -> PyResult<()> {
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
    S.store(s, Ordering::Release);
    Ok(())
}
// ANCHOR_END: add_string

// ANCHOR: show_string_value_ref_count
/// The count of the string, by way of the static.
#[pyfunction]
pub(crate) fn show_string_value_ref_count() -> ffi::Py_ssize_t {
    // SAFETY: `S` was filled before the module could be seen, and owns its
    // reference for good: no thread and no `del` can take the string away.
    unsafe { ffi::Py_REFCNT(S.load(Ordering::Acquire)) }
}
// ANCHOR_END: show_string_value_ref_count

// ANCHOR: ref_count
/// `Py_REFCNT`: how many references there are at this moment; makes none.
pub(crate) fn ref_count(object: &Bound<'_, PyAny>) -> ffi::Py_ssize_t {
    // SAFETY: the caller's `Bound` owns `object`; a number is nobody's.
    unsafe { ffi::Py_REFCNT(object.as_ptr()) }
}
// ANCHOR_END: ref_count

// ANCHOR: take_and_release
/// The count before, with, and after a reference of our own.
#[pyfunction]
pub(crate) fn take_and_release(
    object: &Bound<'_, PyAny>,
) -> (ffi::Py_ssize_t, ffi::Py_ssize_t, ffi::Py_ssize_t) {
    let before = ref_count(object);
    // SAFETY: the caller owns `object`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(object.as_ptr()) };
    let with = ref_count(object);
    // SAFETY: releases the reference that we own; the caller still owns one.
    unsafe { ffi::Py_DECREF(object.as_ptr()) };
    let after = ref_count(object);
    (before, with, after)
}
// ANCHOR_END: take_and_release

// ANCHOR: new_ref
/// `Py_NewRef`: a new reference to the same object, never NULL.
#[cfg(Py_3_10)]
#[pyfunction]
pub(crate) fn new_ref<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    // SAFETY: the caller owns `object`; a new reference, ours, never NULL.
    let new = unsafe { ffi::Py_NewRef(object.as_ptr()) };
    // SAFETY: not NULL; we hand over the reference we own.
    unsafe { Bound::from_owned_ptr(object.py(), new) }
}
// ANCHOR_END: new_ref

// ANCHOR: object_type
/// `PyObject_Type`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn object_type<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `object`; a new reference, ours, or NULL with an
    // exception set.
    let new = unsafe { ffi::PyObject_Type(object.as_ptr()) };
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(object.py(), new) }
}

/// `Py_TYPE`: a borrowed reference, never NULL.
#[pyfunction]
pub(crate) fn type_of<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    // SAFETY: the caller owns `object`; borrowed: an instance owns its type
    // until its class is changed, and a static type never dies.
    let borrowed = unsafe { ffi::Py_TYPE(object.as_ptr()) };
    // SAFETY: nobody changes the class before the next line has taken its own
    // reference: we have the lock, or, where there is none, CPython stops the
    // threads before it changes a class, and waits for this one.
    unsafe { Bound::from_borrowed_ptr(object.py(), borrowed.cast()) }
}
// ANCHOR_END: object_type

// ANCHOR: show_ref_count_with_handle
/// The count, seen through an argument that borrows.
#[pyfunction]
pub(crate) fn show_ref_count_with_handle(
    h: &Bound<'_, PyAny>,
) -> ffi::Py_ssize_t {
    // SAFETY: the caller owns `h` while we run; a number is nobody's.
    unsafe { ffi::Py_REFCNT(h.as_ptr()) }
}
// ANCHOR_END: show_ref_count_with_handle

// ANCHOR: show_ref_count_with_object
/// The count, seen with a reference of our own.
#[pyfunction]
pub(crate) fn show_ref_count_with_object(
    o: &Bound<'_, PyAny>,
) -> ffi::Py_ssize_t {
    // SAFETY: the caller owns `o`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(o.as_ptr()) };
    // SAFETY: we own a reference to `o`; a number is nobody's.
    let count = unsafe { ffi::Py_REFCNT(o.as_ptr()) };
    // SAFETY: releases the reference that we own; the caller still owns one.
    unsafe { ffi::Py_DECREF(o.as_ptr()) };
    count
}
// ANCHOR_END: show_ref_count_with_object

/// The count of a `str`.
#[pyfunction]
pub(crate) fn show_ref_count_of_str(
    text: &Bound<'_, PyString>,
) -> ffi::Py_ssize_t {
    // SAFETY: the caller owns `text` while we run; a number is nobody's.
    unsafe { ffi::Py_REFCNT(text.as_ptr()) }
}
