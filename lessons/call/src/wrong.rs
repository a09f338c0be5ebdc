//! Wrong on purpose: one bug a function, named after it. Never copy from here.

use std::ptr;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

// ANCHOR: function_call_leaks_result
/// `PyObject_Call`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (callable, args, kw=None))]
pub(crate) fn function_call_leaks_result<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let kw = kw.map_or(ptr::null_mut(), |kw| kw.as_ptr());
    // SAFETY: attached, all alive, `args` is a tuple, `kw` a dict or NULL; a
    // new reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_Call(callable.as_ptr(), args.as_ptr(), kw) };
    // SAFETY: attached; NULL with an exception set, or alive.
    unsafe { Bound::from_borrowed_ptr_or_err(py, result) }
}
// ANCHOR_END: function_call_leaks_result

// ANCHOR: function_call_hides_the_error
/// `PyObject_Call`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (callable, args, kw=None))]
pub(crate) fn function_call_hides_the_error<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let kw = kw.map_or(ptr::null_mut(), |kw| kw.as_ptr());
    // SAFETY: attached, all alive, `args` is a tuple, `kw` a dict or NULL; a
    // new reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_Call(callable.as_ptr(), args.as_ptr(), kw) };
    // SAFETY: attached; NULL, or alive, and we hand over the reference we own.
    let result = unsafe { Bound::from_owned_ptr_or_opt(py, result) };
    result.ok_or_else(|| PyTypeError::new_err("the call returned no result"))
}
// ANCHOR_END: function_call_hides_the_error

// ANCHOR: pack_and_call_leaks_tuple
/// Calls with a tuple of our own: a new reference, or NULL with an exception.
#[pyfunction]
pub(crate) fn pack_and_call_leaks_tuple<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    // SAFETY: attached, `arg` is alive; consumes nothing: the tuple takes a
    // reference of its own; a new reference that we own, or NULL.
    let args = unsafe { ffi::PyTuple_Pack(1, arg.as_ptr()) };
    if args.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: attached, both alive, `args` is a tuple; the call takes the
    // tuple over; a new reference that we own, or NULL.
    let result = unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: pack_and_call_leaks_tuple

// ANCHOR: forward_drops_keywords
/// `callable(*args, **kw)`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (callable, /, *args, **_kw))]
pub(crate) fn forward_drops_keywords<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    _kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    // SAFETY: attached, both alive, `args` is a tuple; consumes nothing; a new
    // reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: forward_drops_keywords
