//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

#[cfg(Py_3_14)]
use core::ffi::c_int;
use core::ffi::{CStr, c_long};

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

// ANCHOR: from_long
/// `PyLong_FromLong`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn from_long<'py>(
    py: Python<'py>,
    n: c_long,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let value = unsafe { ffi::PyLong_FromLong(n) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, value) }
}
// ANCHOR_END: from_long

// ANCHOR: from_double
/// `PyFloat_FromDouble`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn from_double<'py>(
    py: Python<'py>,
    x: f64,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let value = unsafe { ffi::PyFloat_FromDouble(x) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, value) }
}
// ANCHOR_END: from_double

// ANCHOR: equal
/// `PyObject_RichCompareBool`: 1 or 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn equal(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let (left, right) = (a.as_ptr(), b.as_ptr());
    // SAFETY: both alive: the caller owns them; consumes nothing; -1 with an
    // exception set.
    let answer =
        unsafe { ffi::PyObject_RichCompareBool(left, right, ffi::Py_EQ) };
    if answer == -1 {
        return Err(PyErr::fetch(a.py()));
    }
    Ok(answer == 1)
}
// ANCHOR_END: equal

// ANCHOR: from_string
/// `PyUnicode_FromString`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn from_string<'py>(
    py: Python<'py>,
    text: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: `text` is UTF-8 and ends in NUL; a new reference that we own, or
    // NULL with an exception set.
    let new = unsafe { ffi::PyUnicode_FromString(text.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, new) }
}
// ANCHOR_END: from_string

// ANCHOR: intern_from_string
/// `PyUnicode_InternFromString`: a new reference, or NULL with an exception.
#[pyfunction]
pub(crate) fn intern_from_string<'py>(
    py: Python<'py>,
    text: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: `text` is UTF-8 and ends in NUL; a new reference that we own, or
    // NULL with an exception set.
    let interned = unsafe { ffi::PyUnicode_InternFromString(text.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, interned) }
}
// ANCHOR_END: intern_from_string

// ANCHOR: intern_in_place
/// `PyUnicode_InternInPlace`: consumes a reference, leaves a new one in place.
#[pyfunction]
pub(crate) fn intern_in_place(text: Bound<'_, PyString>) -> Bound<'_, PyAny> {
    let py = text.py();
    let mut place = text.into_ptr();
    // SAFETY: `place` has a live `str` and a reference that we own; consumes
    // it, and leaves a live `str` with a new reference there.
    unsafe { ffi::PyUnicode_InternInPlace(&raw mut place) };
    // SAFETY: `place` is alive, and we hand over the reference we own.
    unsafe { Bound::from_owned_ptr(py, place) }
}
// ANCHOR_END: intern_in_place

// ANCHOR: echo
/// `Py_INCREF`: makes a reference, and the caller gets it.
#[pyfunction]
pub(crate) fn echo<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    // SAFETY: `object` is alive; makes a reference that we own.
    unsafe { ffi::Py_INCREF(object.as_ptr()) };
    // SAFETY: `object` is alive, and we hand over the reference we own.
    unsafe { Bound::from_owned_ptr(object.py(), object.as_ptr()) }
}
// ANCHOR_END: echo

/// `Py_REFCNT`.
#[pyfunction]
pub(crate) fn ref_count(object: &Bound<'_, PyAny>) -> ffi::Py_ssize_t {
    // SAFETY: `object` is alive.
    unsafe { ffi::Py_REFCNT(object.as_ptr()) }
}

// ANCHOR: counts
/// Whether a reference to `object` is counted.
#[cfg(not(Py_GIL_DISABLED))]
#[pyfunction]
pub(crate) fn counts(object: &Bound<'_, PyAny>) -> bool {
    let before = ref_count(object);
    // SAFETY: makes a reference that we own.
    unsafe { ffi::Py_INCREF(object.as_ptr()) };
    let with = ref_count(object);
    // SAFETY: releases the reference that we own; the caller has another.
    unsafe { ffi::Py_DECREF(object.as_ptr()) };
    with > before
}

/// Other threads may count between two looks, so here CPython has to say it.
#[cfg(Py_GIL_DISABLED)]
#[pyfunction]
pub(crate) fn counts(object: &Bound<'_, PyAny>) -> bool {
    !is_immortal(object)
}
// ANCHOR_END: counts

// ANCHOR: is_immortal
#[cfg(Py_3_14)]
unsafe extern "C" {
    // pyo3-ffi does not declare it.
    fn PyUnstable_IsImmortal(object: *mut ffi::PyObject) -> c_int;
}

/// `PyUnstable_IsImmortal`: not 0 for an immortal object; cannot fail.
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn is_immortal(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: only looks; no reference is made or released; cannot fail.
    let answer = unsafe { PyUnstable_IsImmortal(object.as_ptr()) };
    answer != 0
}
// ANCHOR_END: is_immortal

// ANCHOR: rise
/// By how much many calls `function(specimen)` raise the specimen's count, if
/// nobody else makes or releases a reference to it meanwhile.
#[pyfunction]
pub(crate) fn rise(
    function: &Bound<'_, PyAny>,
    specimen: &Bound<'_, PyAny>,
    calls: u16,
) -> PyResult<ffi::Py_ssize_t> {
    if !counts(specimen) {
        return Err(PyValueError::new_err("the specimen does not count"));
    }
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
// ANCHOR_END: rise
