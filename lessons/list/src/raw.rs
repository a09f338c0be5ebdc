//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;

// ANCHOR: make_list_from_iterator
// ANCHOR: begin
/// A list of what `o` yields.
#[pyfunction]
pub(crate) fn make_list_from_iterator<'py>(
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
    // ANCHOR_END: begin
    // ANCHOR: walk
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
    // ANCHOR_END: walk
    // ANCHOR: end
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
    // ANCHOR_END: end
}
// ANCHOR_END: make_list_from_iterator

/// `Py_REFCNT`: the count of `object`.
pub(crate) fn ref_count(object: &Bound<'_, PyAny>) -> ffi::Py_ssize_t {
    // SAFETY: the caller owns `object`.
    unsafe { ffi::Py_REFCNT(object.as_ptr()) }
}

// ANCHOR: append
/// `PyList_Append`, and the count of `item` before and after the call.
#[pyfunction]
pub(crate) fn append(
    list: &Bound<'_, PyAny>,
    item: &Bound<'_, PyAny>,
) -> PyResult<(ffi::Py_ssize_t, ffi::Py_ssize_t)> {
    let ours = item.as_ptr();
    // SAFETY: the caller owns `item`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(ours) };
    let before = ref_count(item);
    // SAFETY: the caller owns both; consumes nothing; -1 with an exception set:
    // SystemError for what is no list.
    let status = unsafe { ffi::PyList_Append(list.as_ptr(), ours) };
    let after = ref_count(item);
    // SAFETY: releases the reference that we still own.
    unsafe { ffi::Py_DECREF(ours) };
    if status == -1 {
        return Err(PyErr::fetch(list.py()));
    }
    Ok((before, after))
}
// ANCHOR_END: append

// ANCHOR: set_item
/// `PyList_SetItem`, and the count of `item` before and after the call.
#[pyfunction]
pub(crate) fn set_item(
    list: &Bound<'_, PyAny>,
    index: ffi::Py_ssize_t,
    item: &Bound<'_, PyAny>,
) -> PyResult<(ffi::Py_ssize_t, ffi::Py_ssize_t)> {
    let ours = item.as_ptr();
    // SAFETY: the caller owns `item`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(ours) };
    let before = ref_count(item);
    // SAFETY: the caller owns both; consumes our reference, whatever happens;
    // -1 with an exception set: SystemError for what is no list.
    let status = unsafe { ffi::PyList_SetItem(list.as_ptr(), index, ours) };
    let after = ref_count(item);
    if status == -1 {
        return Err(PyErr::fetch(list.py()));
    }
    Ok((before, after))
}
// ANCHOR_END: set_item

// ANCHOR: reading
// ANCHOR: get_item
/// `PyList_GetItem`: a borrowed reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn get_item<'py>(
    list: &Bound<'py, PyAny>,
    index: ffi::Py_ssize_t,
) -> PyResult<Bound<'py, PyAny>> {
    with_critical_section(list, || {
        // SAFETY: the caller owns `list`; borrowed, or NULL with an exception
        // set: SystemError for what is no list.
        let item = unsafe { ffi::PyList_GetItem(list.as_ptr(), index) };
        // SAFETY: NULL with an exception set, or alive: `list` owns it, and
        // nobody has changed `list` since: under a GIL nothing has run, and
        // without one CPython's own functions wait for our lock, which we keep
        // because we wait for nothing; the result takes a reference of its own.
        unsafe { Bound::from_borrowed_ptr_or_err(list.py(), item) }
    })
}
// ANCHOR_END: get_item

// ANCHOR: get_item_ref
/// `PyList_GetItemRef`: a new reference, or NULL with an exception set.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn get_item_ref<'py>(
    list: &Bound<'py, PyAny>,
    index: ffi::Py_ssize_t,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `list`; a new reference that we own, or NULL with
    // an exception set: TypeError for what is no list.
    let item = unsafe { ffi::PyList_GetItemRef(list.as_ptr(), index) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(list.py(), item) }
}
// ANCHOR_END: get_item_ref
// ANCHOR_END: reading

// ANCHOR: next
/// `PyIter_Next`: the next item, or `default` at the end.
#[pyfunction]
pub(crate) fn next<'py>(
    iterator: &Bound<'py, PyAny>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = iterator.py();
    // SAFETY: the caller owns `iterator`; 1 or 0, cannot fail.
    if unsafe { ffi::PyIter_Check(iterator.as_ptr()) } == 0 {
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_TypeError };
        // SAFETY: a live exception class, the text ends in NUL; afterwards an
        // exception is set.
        unsafe {
            ffi::PyErr_SetString(class, c"expected an iterator".as_ptr())
        };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: the caller owns the iterator, and its class has a next function,
    // as any has that it may change to; a new reference that we own, or NULL,
    // with an exception set unless this is the end.
    let item = unsafe { ffi::PyIter_Next(iterator.as_ptr()) };
    if !item.is_null() {
        // SAFETY: alive, and we hand over the reference we own.
        return Ok(unsafe { Bound::from_owned_ptr(py, item) });
    }
    // SAFETY: borrowed, and only compared with NULL.
    let pending = unsafe { ffi::PyErr_Occurred() };
    if !pending.is_null() {
        return Err(PyErr::fetch(py));
    }
    Ok(default)
}
// ANCHOR_END: next

// ANCHOR: next_item
/// `PyIter_NextItem`: the next item, or `default` at the end.
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn next_item<'py>(
    iterator: &Bound<'py, PyAny>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = iterator.py();
    let mut item = std::ptr::null_mut();
    // SAFETY: the caller owns `iterator`; 1: `item` is a new reference that we
    // own; 0: the end; -1: an exception is set, TypeError for no iterator.
    match unsafe { ffi::PyIter_NextItem(iterator.as_ptr(), &mut item) } {
        // SAFETY: alive, and we hand over the reference we own.
        1 => Ok(unsafe { Bound::from_owned_ptr(py, item) }),
        0 => Ok(default),
        _ => Err(PyErr::fetch(py)),
    }
}
// ANCHOR_END: next_item

// ANCHOR: fill
/// A list as long as `like`, with `item` in every place.
#[pyfunction]
pub(crate) fn fill<'py>(
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
// ANCHOR_END: fill
