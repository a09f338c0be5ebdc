//! The same in safe PyO3, which offers no count: what needs one asks `raw`.

use core::ffi::c_long;

use pyo3::exceptions::PyValueError;
use pyo3::ffi::Py_ssize_t;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyString};

use crate::raw::ref_count;

// ANCHOR: from_long
/// The integer `n`.
#[pyfunction]
pub(crate) fn from_long(py: Python<'_>, n: c_long) -> Bound<'_, PyInt> {
    PyInt::new(py, n)
}
// ANCHOR_END: from_long

// ANCHOR: from_double
/// The float `x`.
#[pyfunction]
pub(crate) fn from_double(py: Python<'_>, x: f64) -> Bound<'_, PyFloat> {
    PyFloat::new(py, x)
}
// ANCHOR_END: from_double

// ANCHOR: equal
/// `a == b`.
#[pyfunction]
pub(crate) fn equal(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    a.eq(b)
}
// ANCHOR_END: equal

// ANCHOR: from_string
/// A string with this text.
#[pyfunction]
pub(crate) fn from_string<'py>(
    py: Python<'py>,
    text: &str,
) -> Bound<'py, PyString> {
    PyString::new(py, text)
}
// ANCHOR_END: from_string

// ANCHOR: intern
/// The interned string with this text.
#[pyfunction]
pub(crate) fn intern_from_string<'py>(
    py: Python<'py>,
    text: &str,
) -> Bound<'py, PyString> {
    PyString::intern(py, text)
}

/// The interned string with the text of `text`.
#[pyfunction]
pub(crate) fn intern_in_place<'py>(
    text: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyString>> {
    Ok(PyString::intern(text.py(), text.to_str()?))
}
// ANCHOR_END: intern

// ANCHOR: key
/// The same interned string at each call.
#[pyfunction]
pub(crate) fn key(py: Python<'_>) -> Bound<'_, PyString> {
    intern!(py, "key_from_rust").clone()
}
// ANCHOR_END: key

// ANCHOR: echo
/// The object it was given.
#[pyfunction]
pub(crate) fn echo<'py>(object: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    object.clone()
}
// ANCHOR_END: echo

// ANCHOR: counts
/// Whether a reference to `object` is counted.
#[cfg(not(Py_GIL_DISABLED))]
#[pyfunction]
pub(crate) fn counts(object: &Bound<'_, PyAny>) -> bool {
    let before = ref_count(object);
    let ours = object.clone();
    ref_count(&ours) > before
}

/// Other threads may count between two looks, so here CPython has to say it.
#[cfg(Py_GIL_DISABLED)]
#[pyfunction]
pub(crate) fn counts(object: &Bound<'_, PyAny>) -> bool {
    !crate::raw::is_immortal(object)
}
// ANCHOR_END: counts

// ANCHOR: rise
/// By how much many calls `function(specimen)` raise the specimen's count, if
/// nobody else makes or releases a reference to it meanwhile.
#[pyfunction]
pub(crate) fn rise(
    function: &Bound<'_, PyAny>,
    specimen: &Bound<'_, PyAny>,
    calls: u16,
) -> PyResult<Py_ssize_t> {
    if !counts(specimen) {
        return Err(PyValueError::new_err("the specimen does not count"));
    }
    let before = ref_count(specimen);
    for _ in 0..calls {
        function.call1((specimen,))?;
    }
    Ok(ref_count(specimen) - before)
}
// ANCHOR_END: rise
