//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::raw::ref_count;

// ANCHOR: equal_compares_pointers
/// `Py_Is`: 1 or 0.
#[pyfunction]
pub(crate) fn equal_compares_pointers(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let (left, right) = (a.as_ptr(), b.as_ptr());
    // SAFETY: both alive: the caller owns them; consumes nothing; cannot fail.
    let answer = unsafe { ffi::Py_Is(left, right) };
    Ok(answer == 1)
}
// ANCHOR_END: equal_compares_pointers

// ANCHOR: intern_in_place_leaks
/// `PyUnicode_InternInPlace`: consumes a reference, leaves a new one in place.
#[pyfunction]
pub(crate) fn intern_in_place_leaks(
    text: Bound<'_, PyString>,
) -> Bound<'_, PyAny> {
    let py = text.py();
    let mut place = text.into_ptr();
    // SAFETY: `place` has a live `str` and a reference that we own; consumes
    // it, and leaves a live `str` with a new reference there.
    unsafe { ffi::PyUnicode_InternInPlace(&raw mut place) };
    // SAFETY: `place` is alive: CPython's table lends it.
    unsafe { Bound::from_borrowed_ptr(py, place) }
}
// ANCHOR_END: intern_in_place_leaks

// ANCHOR: intern_in_place_borrows
/// `PyUnicode_InternInPlace`: consumes a reference, leaves a new one in place.
#[pyfunction]
pub(crate) fn intern_in_place_borrows<'py>(
    text: &Bound<'py, PyString>,
) -> Bound<'py, PyAny> {
    let py = text.py();
    let mut place = text.as_ptr();
    // SAFETY: `place` has a live `str`, which our caller owns, and leaves a
    // live `str` with a new reference there.
    unsafe { ffi::PyUnicode_InternInPlace(&raw mut place) };
    // SAFETY: `place` is alive, and we hand over the reference we own.
    unsafe { Bound::from_owned_ptr(py, place) }
}
// ANCHOR_END: intern_in_place_borrows

// ANCHOR: echo_leaks
/// `Py_INCREF`: makes a reference, and the caller gets it.
#[pyfunction]
pub(crate) fn echo_leaks<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    // SAFETY: `object` is alive; makes a reference that we own.
    unsafe { ffi::Py_INCREF(object.as_ptr()) };
    // SAFETY: `object` is alive.
    unsafe { Bound::from_borrowed_ptr(object.py(), object.as_ptr()) }
}
// ANCHOR_END: echo_leaks

// ANCHOR: rise_takes_any_specimen
/// By how much many calls `function(specimen)` raise the specimen's count, if
/// nobody else makes or releases a reference to it meanwhile.
#[pyfunction]
pub(crate) fn rise_takes_any_specimen(
    function: &Bound<'_, PyAny>,
    specimen: &Bound<'_, PyAny>,
    calls: u16,
) -> PyResult<ffi::Py_ssize_t> {
    let before = ref_count(specimen);
    let (callee, arg) = (function.as_ptr(), specimen.as_ptr());
    for _ in 0..calls {
        // SAFETY: both alive: the caller owns them; a new reference that we
        // own, or NULL with an exception set.
        let result = unsafe { ffi::PyObject_CallOneArg(callee, arg) };
        if result.is_null() {
            return Err(PyErr::fetch(function.py()));
        }
        // SAFETY: releases the reference that we own.
        unsafe { ffi::Py_DECREF(result) };
    }
    Ok(ref_count(specimen) - before)
}
// ANCHOR_END: rise_takes_any_specimen
