//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

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
    // ANCHOR_END: acquire
    // ANCHOR: walk
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
            // SAFETY: we own `list` and never use it again.
            unsafe { ffi::Py_DECREF(list) };
            // SAFETY: we own `iter` and never use it again.
            unsafe { ffi::Py_DECREF(iter) };
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
    // ANCHOR_END: walk
    // ANCHOR: fail
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
    // ANCHOR_END: fail
}
// ANCHOR_END: function_with_exception

// ANCHOR: may_be_replaced
/// Whether the pending exception is an `Exception`. The others, such as
/// `KeyboardInterrupt`, tell the program to stop, and are not ours to hide.
fn may_be_replaced(_attached: Python<'_>) -> bool {
    // SAFETY: filled in before any module loads, never changed; borrowed.
    let class = unsafe { ffi::PyExc_Exception };
    // SAFETY: an exception is pending; consumes nothing; 1 or 0, cannot fail.
    unsafe { ffi::PyErr_ExceptionMatches(class) == 1 }
}
// ANCHOR_END: may_be_replaced

// ANCHOR: replace
/// `iter(iterable)`, where an `Exception` becomes a `RuntimeError`.
#[pyfunction]
pub(crate) fn replace<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `iterable`; a new reference, ours, or NULL with
    // an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() && may_be_replaced(iterable.py()) {
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_RuntimeError };
        // SAFETY: an exception class, and a text; releases the exception that
        // was set; afterwards another is.
        unsafe { ffi::PyErr_SetString(class, c"cannot walk this".as_ptr()) };
    }
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(iterable.py(), iter) }
}
// ANCHOR_END: replace

// ANCHOR: chain
/// `iter(iterable)`, where an `Exception` is the cause of a `RuntimeError`.
#[pyfunction]
pub(crate) fn chain<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = iterable.py();
    // SAFETY: the caller owns `iterable`; a new reference, ours, or NULL with
    // an exception set.
    let iter = unsafe { ffi::PyObject_GetIter(iterable.as_ptr()) };
    if iter.is_null() && may_be_replaced(py) {
        let old = take_pending(py);
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_RuntimeError };
        // SAFETY: an exception class, and a text; afterwards one is set.
        unsafe { ffi::PyErr_SetString(class, c"cannot walk this".as_ptr()) };
        let new = take_pending(py);
        // SAFETY: we own both, and both are exceptions; consumes `old`; cannot
        // fail.
        unsafe { ffi::PyException_SetCause(new, old) };
        // SAFETY: not NULL; we hand over the reference we own.
        let new = unsafe { Bound::from_owned_ptr(py, new) };
        return Err(PyErr::from_value(new));
    }
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, iter) }
}
// ANCHOR_END: chain

// ANCHOR: take_pending
/// The pending exception, a new reference; afterwards nothing is pending.
#[cfg(Py_3_12)]
fn take_pending(_attached: Python<'_>) -> *mut ffi::PyObject {
    // SAFETY: a new reference, ours, or NULL if nothing is pending.
    unsafe { ffi::PyErr_GetRaisedException() }
}
// ANCHOR_END: take_pending

// ANCHOR: take_pending_before
/// The pending exception, a new reference; afterwards nothing is pending.
#[cfg(not(Py_3_12))]
fn take_pending(_attached: Python<'_>) -> *mut ffi::PyObject {
    let [mut class, mut value, mut traceback] = [std::ptr::null_mut(); 3];
    // SAFETY: writes new references, ours, or NULL where there is none.
    unsafe { ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback) };
    // SAFETY: consumes what was fetched, and writes new references, ours;
    // `value` is now an exception, and not just the text for one.
    unsafe {
        ffi::PyErr_NormalizeException(&mut class, &mut value, &mut traceback)
    };
    if !traceback.is_null() {
        // SAFETY: we own both; consumes nothing: `value` takes its own reference;
        // cannot fail, because `traceback` is one.
        unsafe { ffi::PyException_SetTraceback(value, traceback) };
    }
    // SAFETY: NULL, or we own it and never use it again.
    unsafe { ffi::Py_XDECREF(traceback) };
    // SAFETY: NULL, or we own it and never use it again.
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
    // SAFETY: the caller owns `iterable`; a new reference, ours, or NULL with
    // an exception set.
    let list = unsafe { ffi::PySequence_List(iterable.as_ptr()) };
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    let list = unsafe { Bound::from_owned_ptr_or_err(py, list) }?;
    // SAFETY: we own `list`, and it is a list, so the size is never -1.
    let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
    assert!(index < size as usize, "no item {index} among {size}");
    // SAFETY: we own `list`; a new reference, ours, or NULL with an exception
    // set, if somebody has found the list and shortened it.
    let item =
        unsafe { ffi::PySequence_GetItem(list.as_ptr(), index as isize) };
    // SAFETY: NULL with an exception set, or we hand over the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, item) }
}
// ANCHOR_END: pick
