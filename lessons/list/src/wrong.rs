//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use pyo3::ffi;
use pyo3::prelude::*;

use crate::raw::ref_count;

// ANCHOR: make_list_from_iterator_leaks_items
/// A list of what `o` yields.
#[pyfunction]
pub(crate) fn make_list_from_iterator_leaks_items<'py>(
    o: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = o.py();
    // SAFETY: the caller owns `o`; a new reference that we own, or NULL with an
    // exception set.
    let iter = unsafe { ffi::PyObject_GetIter(o.as_ptr()) };
    if iter.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: we own `iter`, whose class may change as we go, but to none
        // without a next function; a new reference that we own, or NULL, with
        // an exception set unless this is the end.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            break;
        }
        // SAFETY: `list` is a live list, `item` is alive; the list owns it from
        // here on; -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        if status == -1 {
            break;
        }
    }
    // SAFETY: borrowed, and only compared with NULL.
    let pending = unsafe { ffi::PyErr_Occurred() };
    // SAFETY: we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    if !pending.is_null() {
        // SAFETY: we own `list` and never use it again.
        unsafe { ffi::Py_DECREF(list) };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, list) })
}
// ANCHOR_END: make_list_from_iterator_leaks_items

// ANCHOR: make_list_from_iterator_ignores_null
/// A list of what `o` yields.
#[pyfunction]
pub(crate) fn make_list_from_iterator_ignores_null<'py>(
    o: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = o.py();
    // SAFETY: the caller owns `o`; a new reference that we own.
    let iter = unsafe { ffi::PyObject_GetIter(o.as_ptr()) };
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: we own `iter`, whose class may change as we go, but to none
        // without a next function; a new reference that we own, or NULL, with
        // an exception set unless this is the end.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            break;
        }
        // SAFETY: `list` is a live list, `item` is alive; consumes nothing: the
        // list takes its own; -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        // SAFETY: we own `item` and never use it again.
        unsafe { ffi::Py_DECREF(item) };
        if status == -1 {
            break;
        }
    }
    // SAFETY: borrowed, and only compared with NULL.
    let pending = unsafe { ffi::PyErr_Occurred() };
    // SAFETY: we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    if !pending.is_null() {
        // SAFETY: we own `list` and never use it again.
        unsafe { ffi::Py_DECREF(list) };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, list) })
}
// ANCHOR_END: make_list_from_iterator_ignores_null

// ANCHOR: make_list_from_iterator_takes_error_for_end
/// A list of what `o` yields.
#[pyfunction]
pub(crate) fn make_list_from_iterator_takes_error_for_end<'py>(
    o: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = o.py();
    // SAFETY: the caller owns `o`; a new reference that we own, or NULL with an
    // exception set.
    let iter = unsafe { ffi::PyObject_GetIter(o.as_ptr()) };
    if iter.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let list = unsafe { ffi::PyList_New(0) };
    if list.is_null() {
        // SAFETY: we own `iter` and never use it again.
        unsafe { ffi::Py_DECREF(iter) };
        return Err(PyErr::fetch(py));
    }
    loop {
        // SAFETY: we own `iter`, whose class may change as we go, but to none
        // without a next function; a new reference that we own, or NULL when it
        // is finished.
        let item = unsafe { ffi::PyIter_Next(iter) };
        if item.is_null() {
            break;
        }
        // SAFETY: `list` is a live list, `item` is alive; consumes nothing: the
        // list takes its own; -1 with an exception set.
        let status = unsafe { ffi::PyList_Append(list, item) };
        // SAFETY: we own `item` and never use it again.
        unsafe { ffi::Py_DECREF(item) };
        if status == -1 {
            break;
        }
    }
    // SAFETY: we own `iter` and never use it again.
    unsafe { ffi::Py_DECREF(iter) };
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, list) })
}
// ANCHOR_END: make_list_from_iterator_takes_error_for_end

// ANCHOR: set_item_releases_item
/// `PyList_SetItem`, and the count of `item` before and after the call.
#[pyfunction]
pub(crate) fn set_item_releases_item(
    list: &Bound<'_, PyAny>,
    index: ffi::Py_ssize_t,
    item: &Bound<'_, PyAny>,
) -> PyResult<(ffi::Py_ssize_t, ffi::Py_ssize_t)> {
    let ours = item.as_ptr();
    // SAFETY: the caller owns `item`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(ours) };
    let before = ref_count(item);
    // SAFETY: the caller owns both; -1 with an exception set: SystemError for
    // what is no list.
    let status = unsafe { ffi::PyList_SetItem(list.as_ptr(), index, ours) };
    let after = ref_count(item);
    // SAFETY: releases the reference that we made.
    unsafe { ffi::Py_DECREF(ours) };
    if status == -1 {
        return Err(PyErr::fetch(list.py()));
    }
    Ok((before, after))
}
// ANCHOR_END: set_item_releases_item

// ANCHOR: fill_ignores_null
/// A list as long as `like`, with `item` in every place.
#[pyfunction]
pub(crate) fn fill_ignores_null<'py>(
    item: &Bound<'py, PyAny>,
    like: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = item.py();
    let size = like.len()? as ffi::Py_ssize_t;
    // SAFETY: a new reference that we own.
    let list = unsafe { ffi::PyList_New(size) };
    for i in 0..size {
        // SAFETY: the caller owns `item`; makes a reference that we own.
        unsafe { ffi::Py_INCREF(item.as_ptr()) };
        // SAFETY: we own the list, and nobody but the collector knows it; `i`
        // is in range: consumes the reference just made; -1 with an exception
        // set.
        let status = unsafe { ffi::PyList_SetItem(list, i, item.as_ptr()) };
        if status == -1 {
            // SAFETY: we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, list) })
}
// ANCHOR_END: fill_ignores_null

// ANCHOR: fill_leaves_a_hole
/// A list as long as `like`, with `item` in every place.
#[pyfunction]
pub(crate) fn fill_leaves_a_hole<'py>(
    item: &Bound<'py, PyAny>,
    like: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = item.py();
    let size = like.len()? as ffi::Py_ssize_t;
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let list = unsafe { ffi::PyList_New(size) };
    if list.is_null() {
        return Err(PyErr::fetch(py));
    }
    for i in 1..size {
        // SAFETY: the caller owns `item`; makes a reference that we own.
        unsafe { ffi::Py_INCREF(item.as_ptr()) };
        // SAFETY: we own the list, and nobody but the collector knows it; `i`
        // is in range: consumes the reference just made; -1 with an exception
        // set.
        let status = unsafe { ffi::PyList_SetItem(list, i, item.as_ptr()) };
        if status == -1 {
            // SAFETY: we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, list) })
}
// ANCHOR_END: fill_leaves_a_hole
