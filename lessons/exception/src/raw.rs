//! The C API, called as C calls it.

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: function_with_exception
// ANCHOR: acquire
/// Walks `iterable` into a list, and then fails on purpose.
#[pyfunction]
pub(crate) fn function_with_exception(
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
    // ANCHOR_END: acquire
    // ANCHOR: walk
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
            // SAFETY: attached; we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            // SAFETY: attached; we own `iter` and never use it again.
            unsafe { ffi::Py_DECREF(iter) };
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
    // ANCHOR_END: walk
    // ANCHOR: fail
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
    // ANCHOR_END: fail
}
// ANCHOR_END: function_with_exception

// ANCHOR: replace
/// `iter(iterable)`, where every failure becomes a `RuntimeError`.
#[pyfunction]
pub(crate) fn replace<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: attached, `iterable` is alive; a new reference that we own, or
    // NULL with an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() {
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_RuntimeError };
        // SAFETY: attached, a live exception class, the text ends in NUL; the
        // exception that was set is released.
        unsafe { ffi::PyErr_SetString(class, c"cannot walk this".as_ptr()) };
    }
    // SAFETY: attached; NULL with an exception set, or alive, and we own the
    // reference we hand over.
    unsafe { Bound::from_owned_ptr_or_err(iterable.py(), iter) }
}
// ANCHOR_END: replace

// ANCHOR: chain
/// `iter(iterable)`, where every failure is the cause of a `RuntimeError`.
#[pyfunction]
pub(crate) fn chain<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = iterable.py();
    // SAFETY: attached, `iterable` is alive; a new reference that we own, or
    // NULL with an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() {
        let old = take_pending(py);
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_RuntimeError };
        // SAFETY: attached, a live exception class, the text ends in NUL.
        unsafe { ffi::PyErr_SetString(class, c"cannot walk this".as_ptr()) };
        let new = take_pending(py);
        // SAFETY: attached, both are live exceptions; consumes `old`, which we
        // own; cannot fail.
        unsafe { ffi::PyException_SetCause(new, old) };
        // SAFETY: attached; alive, and we own the reference we hand over.
        let new = unsafe { Bound::from_owned_ptr(py, new) };
        return Err(PyErr::from_value(new));
    }
    // SAFETY: attached; alive, and we own the reference we hand over.
    Ok(unsafe { Bound::from_owned_ptr(py, iter) })
}
// ANCHOR_END: chain

// ANCHOR: take_pending
/// The pending exception, a new reference; afterwards nothing is pending.
#[cfg(Py_3_12)]
fn take_pending(_attached: Python<'_>) -> *mut ffi::PyObject {
    // SAFETY: attached; a new reference, or NULL if nothing is pending.
    unsafe { ffi::PyErr_GetRaisedException() }
}
// ANCHOR_END: take_pending

// ANCHOR: take_pending_before
/// The pending exception, a new reference; afterwards nothing is pending.
#[cfg(not(Py_3_12))]
fn take_pending(_attached: Python<'_>) -> *mut ffi::PyObject {
    let [mut class, mut value, mut traceback] = [std::ptr::null_mut(); 3];
    // SAFETY: attached; writes new references, or NULL where there is none.
    unsafe { ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback) };
    // SAFETY: attached; consumes what was fetched, and writes new references;
    // `value` is now an exception, and not just the text for one.
    unsafe {
        ffi::PyErr_NormalizeException(&mut class, &mut value, &mut traceback)
    };
    if !traceback.is_null() {
        // SAFETY: attached; both are alive; `value` takes its own reference.
        unsafe { ffi::PyException_SetTraceback(value, traceback) };
    }
    // SAFETY: attached; NULL, or we own it and never use it again.
    unsafe { ffi::Py_XDECREF(traceback) };
    // SAFETY: attached; NULL, or we own it and never use it again.
    unsafe { ffi::Py_XDECREF(class) };
    value
}
// ANCHOR_END: take_pending_before

// ANCHOR: pick
/// The item at `index` of all that `iterable` yields.
#[pyfunction]
pub(crate) fn pick<'py>(
    iterable: &Bound<'py, PyAny>,
    index: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let py = iterable.py();
    // SAFETY: attached, `iterable` is alive; a new reference that we own, or
    // NULL with an exception set.
    let list = unsafe { ffi::PySequence_List(iterable.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we own the
    // reference we hand over.
    let list = unsafe { Bound::from_owned_ptr_or_err(py, list) }?;
    // SAFETY: attached, a live list, so the size is never -1.
    let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
    assert!(index < size as usize, "no item {index} among {size}");
    // SAFETY: attached, a live list, `index` in range: borrowed, never NULL.
    let item = unsafe { ffi::PyList_GetItem(list.as_ptr(), index as isize) };
    // SAFETY: attached; `list` keeps `item` alive; the result takes its own.
    Ok(unsafe { Bound::from_borrowed_ptr(py, item) })
}
// ANCHOR_END: pick
