//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: function_with_exception_hides_the_error
/// Walks `iterable` into a list, and then fails on purpose.
#[pyfunction]
pub(crate) fn function_with_exception_hides_the_error(
    iterable: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = iterable.py();
    // SAFETY: the caller owns `iterable`; a new reference, ours, or NULL with
    // an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: a new reference, ours, or NULL with an exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: we own `iter`, an iterator; a new reference, ours, or NULL at
        // the end.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            break;
        }
        // SAFETY: we own both, and `list` is a list; consumes nothing: the list
        // takes its own reference; 0, or -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        // SAFETY: we own `item` and never use it again.
        unsafe { ffi::Py_DECREF(item) };
        if status == -1 {
            // SAFETY: we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            // SAFETY: we own `iter` and never use it again.
            unsafe { ffi::Py_DECREF(iter) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    // SAFETY: CPython fills this in before any module loads and never changes
    // it; borrowed, and never freed.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: an exception class, and a text that is UTF-8 and ends in NUL;
    // consumes nothing; afterwards an exception is set.
    unsafe { ffi::PyErr_SetString(class, c"intentional exception".as_ptr()) };
    // SAFETY: we own `list` and never use it again.
    unsafe { ffi::Py_DECREF(list) };
    Err(PyErr::fetch(py))
}
// ANCHOR_END: function_with_exception_hides_the_error

// ANCHOR: function_with_exception_leaks_on_error
/// Walks `iterable` into a list, and then fails on purpose.
#[pyfunction]
pub(crate) fn function_with_exception_leaks_on_error(
    iterable: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = iterable.py();
    // SAFETY: the caller owns `iterable`; a new reference, ours, or NULL with
    // an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: a new reference, ours, or NULL with an exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: we own `iter`, an iterator; a new reference, ours, or NULL,
        // with an exception set unless this is the end.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            // SAFETY: borrowed, and only compared with NULL: nothing is pending.
            let pending = unsafe { ffi::PyErr_Occurred() };
            if pending.is_null() {
                break;
            }
            return Err(PyErr::fetch(py));
        }
        // SAFETY: we own both, and `list` is a list; consumes nothing: the list
        // takes its own reference; 0, or -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        // SAFETY: we own `item` and never use it again.
        unsafe { ffi::Py_DECREF(item) };
        if status == -1 {
            // SAFETY: we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            // SAFETY: we own `iter` and never use it again.
            unsafe { ffi::Py_DECREF(iter) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    // SAFETY: CPython fills this in before any module loads and never changes
    // it; borrowed, and never freed.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: an exception class, and a text that is UTF-8 and ends in NUL;
    // consumes nothing; afterwards an exception is set.
    unsafe { ffi::PyErr_SetString(class, c"intentional exception".as_ptr()) };
    // SAFETY: we own `list` and never use it again.
    unsafe { ffi::Py_DECREF(list) };
    Err(PyErr::fetch(py))
}
// ANCHOR_END: function_with_exception_leaks_on_error

// ANCHOR: pick_leaks_on_panic
/// The item at `index` of all that `iterable` yields.
#[pyfunction]
pub(crate) fn pick_leaks_on_panic<'py>(
    iterable: &Bound<'py, PyAny>,
    index: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let py = iterable.py();
    // SAFETY: the caller owns `iterable`; a new reference, ours, or NULL with
    // an exception set.
    let list = unsafe { ffi::PySequence_List(iterable.as_ptr()) };
    if list.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: we own `list`, and it is a list, so the size is never -1.
    let size = unsafe { ffi::PyList_Size(list) };
    assert!(index < size as usize, "no item {index} among {size}");
    // SAFETY: we own `list`; a new reference, ours, or NULL with an exception
    // set, if somebody has found the list and shortened it.
    let item = unsafe { ffi::PySequence_GetItem(list, index as isize) };
    // SAFETY: we own `list` and never use it again.
    unsafe { ffi::Py_DECREF(list) };
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, item) }
}
// ANCHOR_END: pick_leaks_on_panic
