//! The same in safe PyO3, which offers no count: what shows one asks `raw`.

use std::mem;
use std::thread;

use pyo3::ffi::Py_ssize_t;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple, PyType};

use crate::raw::ref_count;

// ANCHOR: add_string
static S: PyOnceLock<Py<PyString>> = PyOnceLock::new();

/// `m.string_value = "string_from_c"`, and a reference for `S`.
pub(crate) fn add_string(m: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = m.py();
    let s = S.get_or_init(py, || PyString::new(py, "string_from_c").unbind());
    m.add("string_value", s)
}
// ANCHOR_END: add_string

// ANCHOR: show_string_value_ref_count
/// The count of the string, by way of the static.
#[pyfunction]
pub(crate) fn show_string_value_ref_count(
    py: Python<'_>,
) -> Option<Py_ssize_t> {
    Some(ref_count(S.get(py)?.bind(py)))
}
// ANCHOR_END: show_string_value_ref_count

// ANCHOR: take_and_release
/// The count before, with, and after a reference of our own.
#[pyfunction]
pub(crate) fn take_and_release(
    object: &Bound<'_, PyAny>,
) -> (Py_ssize_t, Py_ssize_t, Py_ssize_t) {
    let before = ref_count(object);
    let ours = object.clone();
    let with = ref_count(object);
    drop(ours);
    let after = ref_count(object);
    (before, with, after)
}
// ANCHOR_END: take_and_release

// ANCHOR: new_ref
/// A new reference to the same object.
#[pyfunction]
pub(crate) fn new_ref<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    object.clone()
}
// ANCHOR_END: new_ref

// ANCHOR: object_type
/// The type of `object`.
#[pyfunction]
pub(crate) fn object_type<'py>(
    object: &Bound<'py, PyAny>,
) -> Bound<'py, PyType> {
    object.get_type()
}
// ANCHOR_END: object_type

// ANCHOR: arguments
/// The count, seen through an argument that borrows.
#[pyfunction]
pub(crate) fn show_ref_count_with_handle(h: &Bound<'_, PyAny>) -> Py_ssize_t {
    ref_count(h)
}

/// The count, seen through an argument that owns.
#[pyfunction]
pub(crate) fn show_ref_count_with_object(o: Bound<'_, PyAny>) -> Py_ssize_t {
    ref_count(&o)
}

/// The count, seen through an argument that owns and may leave this thread.
#[pyfunction]
pub(crate) fn show_ref_count_with_py(
    py: Python<'_>,
    o: Py<PyAny>,
) -> Py_ssize_t {
    ref_count(o.bind(py))
}

/// The count, seen with a clone.
#[pyfunction]
pub(crate) fn show_ref_count_with_clone(h: &Bound<'_, PyAny>) -> Py_ssize_t {
    let clone = h.clone();
    ref_count(&clone)
}
// ANCHOR_END: arguments

/// The count, seen through an argument that borrows and may be left out.
#[pyfunction]
#[pyo3(signature = (h=None))]
pub(crate) fn show_ref_count_with_option(
    h: Option<&Bound<'_, PyAny>>,
) -> Option<Py_ssize_t> {
    h.map(ref_count)
}

/// The count of the first of `*args`.
#[pyfunction]
#[pyo3(signature = (*args))]
pub(crate) fn show_ref_count_with_args(
    args: &Bound<'_, PyTuple>,
) -> PyResult<Py_ssize_t> {
    Ok(ref_count(&*args.get_borrowed_item(0)?))
}

/// The count of a `str`.
#[pyfunction]
pub(crate) fn show_ref_count_of_str(text: &Bound<'_, PyString>) -> Py_ssize_t {
    ref_count(text)
}

// ANCHOR: drop_detached
/// Drops our reference while this thread is detached.
#[pyfunction]
pub(crate) fn drop_detached(py: Python<'_>, object: Py<PyAny>) {
    py.detach(move || drop(object));
}

/// Drops our reference in a thread that never attaches, and waits for its end;
/// we stay attached, so that nobody works through PyO3's queue meanwhile.
#[pyfunction]
pub(crate) fn drop_in_thread(object: Py<PyAny>) -> bool {
    thread::spawn(move || drop(object)).join().is_ok()
}
// ANCHOR_END: drop_detached

// ANCHOR: forget
/// Forgets the reference it was given.
#[pyfunction]
pub(crate) fn forget(object: Bound<'_, PyAny>) {
    mem::forget(object);
}
// ANCHOR_END: forget
