//! Wrong on purpose: one bug a function, named after it. Never copy from here.

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: function_with_exception_hides_the_error
/// Walks `iterable` into a list, and then fails on purpose.
#[pyfunction]
pub(crate) fn function_with_exception_hides_the_error(
    iterable: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = iterable.py();
    // SAFETY: attached, `iterable` is alive; a new reference that we own, or
    // NULL with an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: attached; a new reference that we own, or NULL with an
    // exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: attached; we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: attached, `iter` is a live iterator; a new reference that we
        // own, or NULL at the end.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            break;
        }
        // SAFETY: attached, `list` is a live list, `item` is alive; the list
        // takes its own reference; 0, or -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        // SAFETY: attached; we own `item` and never use it again.
        unsafe { ffi::Py_DECREF(item) };
        if status == -1 {
            // SAFETY: attached; we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            // SAFETY: attached; we own `iter` and never use it again.
            unsafe { ffi::Py_DECREF(iter) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: attached; we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    // SAFETY: CPython fills this in before any module loads and never changes
    // it; borrowed.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: attached, `class` is a live exception class, the text ends in
    // NUL; both stay ours, and afterwards an exception is set.
    unsafe { ffi::PyErr_SetString(class, c"intentional exception".as_ptr()) };
    // SAFETY: attached; we own `list` and never use it again.
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
    // SAFETY: attached, `iterable` is alive; a new reference that we own, or
    // NULL with an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: attached; a new reference that we own, or NULL with an
    // exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: attached; we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: attached, `iter` is a live iterator; a new reference that we
        // own, or NULL, with an exception set unless this is the end.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            // SAFETY: attached; borrowed and only compared with NULL.
            let pending = unsafe { ffi::PyErr_Occurred() };
            if pending.is_null() {
                break;
            }
            return Err(PyErr::fetch(py));
        }
        // SAFETY: attached, `list` is a live list, `item` is alive; the list
        // takes its own reference; 0, or -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        // SAFETY: attached; we own `item` and never use it again.
        unsafe { ffi::Py_DECREF(item) };
        if status == -1 {
            // SAFETY: attached; we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            // SAFETY: attached; we own `iter` and never use it again.
            unsafe { ffi::Py_DECREF(iter) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: attached; we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    // SAFETY: CPython fills this in before any module loads and never changes
    // it; borrowed.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: attached, `class` is a live exception class, the text ends in
    // NUL; both stay ours, and afterwards an exception is set.
    unsafe { ffi::PyErr_SetString(class, c"intentional exception".as_ptr()) };
    // SAFETY: attached; we own `list` and never use it again.
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
    // SAFETY: attached, `iterable` is alive; a new reference that we own, or
    // NULL with an exception set.
    let list = unsafe { ffi::PySequence_List(iterable.as_ptr()) };
    if list.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: attached, a live list, so the size is never -1.
    let size = unsafe { ffi::PyList_Size(list) };
    assert!(index < size as usize, "no item {index} among {size}");
    // SAFETY: attached, a live list, `index` in range: borrowed, never NULL.
    let item = unsafe { ffi::PyList_GetItem(list, index as isize) };
    // SAFETY: attached; `list` keeps `item` alive; the result takes its own.
    let item = unsafe { Bound::from_borrowed_ptr(py, item) };
    // SAFETY: attached; we own `list` and never use it again.
    unsafe { ffi::Py_DECREF(list) };
    Ok(item)
}
// ANCHOR_END: pick_leaks_on_panic
