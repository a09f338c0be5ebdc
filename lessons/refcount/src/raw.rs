//! The C API, called as C calls it.

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
    // SAFETY: attached, `text` is UTF-8 and ends in NUL; a new reference that
    // we own, or NULL with an exception set.
    let s = unsafe { ffi::PyUnicode_FromString(text) };
    if s.is_null() {
        return Err(PyErr::fetch(m.py()));
    }
    // SAFETY: attached, `m` and `s` are alive; consumes nothing: the module
    // takes a reference of its own; -1 with an exception set.
    let set = unsafe { ffi::PyObject_SetAttrString(m.as_ptr(), name, s) };
    if set == -1 {
        // SAFETY: attached; releases the reference we own; `s` ends here.
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
    // SAFETY: attached; `S` was set before the module could be seen, and owns
    // its reference for good, so the string is alive whatever Python has done.
    unsafe { ffi::Py_REFCNT(S.load(Ordering::Acquire)) }
}
// ANCHOR_END: show_string_value_ref_count

// ANCHOR: ref_count
/// `Py_REFCNT`: how many references there are; makes none.
pub(crate) fn ref_count(object: &Bound<'_, PyAny>) -> ffi::Py_ssize_t {
    // SAFETY: attached, and `object` is alive: `Bound` says so.
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
    // SAFETY: attached, `object` is alive; makes a reference that we own.
    unsafe { ffi::Py_INCREF(object.as_ptr()) };
    let with = ref_count(object);
    // SAFETY: attached; releases the reference that we own.
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
    // SAFETY: attached, `object` is alive; a new reference that we own.
    let new = unsafe { ffi::Py_NewRef(object.as_ptr()) };
    // SAFETY: attached; `new` is alive, and we hand over the reference we own.
    unsafe { Bound::from_owned_ptr(object.py(), new) }
}
// ANCHOR_END: new_ref

// ANCHOR: object_type
/// `PyObject_Type`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn object_type<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: attached, `object` is alive; a new reference that we own, or
    // NULL with an exception set.
    let new = unsafe { ffi::PyObject_Type(object.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(object.py(), new) }
}

/// `Py_TYPE`: a borrowed reference, never NULL.
#[pyfunction]
pub(crate) fn type_of<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    // SAFETY: attached, `object` is alive; borrowed: the object owns its type.
    let borrowed = unsafe { ffi::Py_TYPE(object.as_ptr()) };
    // SAFETY: attached; the type is alive while `object` is; the result takes
    // a reference of its own.
    unsafe { Bound::from_borrowed_ptr(object.py(), borrowed.cast()) }
}
// ANCHOR_END: object_type

// ANCHOR: show_ref_count_with_handle
/// The count, seen through an argument that borrows.
#[pyfunction]
pub(crate) fn show_ref_count_with_handle(
    h: &Bound<'_, PyAny>,
) -> ffi::Py_ssize_t {
    // SAFETY: attached, and `h` is alive: the caller owns it while we run.
    unsafe { ffi::Py_REFCNT(h.as_ptr()) }
}
// ANCHOR_END: show_ref_count_with_handle

// ANCHOR: show_ref_count_with_object
/// The count, seen with a reference of our own.
#[pyfunction]
pub(crate) fn show_ref_count_with_object(
    o: &Bound<'_, PyAny>,
) -> ffi::Py_ssize_t {
    // SAFETY: attached, `o` is alive; makes a reference that we own.
    unsafe { ffi::Py_INCREF(o.as_ptr()) };
    // SAFETY: attached, and `o` is alive.
    let count = unsafe { ffi::Py_REFCNT(o.as_ptr()) };
    // SAFETY: attached; releases the reference that we own.
    unsafe { ffi::Py_DECREF(o.as_ptr()) };
    count
}
// ANCHOR_END: show_ref_count_with_object

/// The count of a `str`.
#[pyfunction]
pub(crate) fn show_ref_count_of_str(
    text: &Bound<'_, PyString>,
) -> ffi::Py_ssize_t {
    // SAFETY: attached, and `text` is alive: the caller owns it while we run.
    unsafe { ffi::Py_REFCNT(text.as_ptr()) }
}
