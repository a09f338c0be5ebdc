//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use std::ptr;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

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
    // SAFETY: the caller owns all, `args` is a tuple, `kw` a dict or NULL; a
    // new reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_Call(callable.as_ptr(), args.as_ptr(), kw) };
    // SAFETY: NULL, or alive, and we hand over the reference we own.
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
    // SAFETY: the caller owns `arg`; consumes nothing: the tuple takes a
    // reference of its own; a new reference that we own, or NULL.
    let args = unsafe { ffi::PyTuple_Pack(1, arg.as_ptr()) };
    if args.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: the caller owns both, `args` is a tuple; the call takes the tuple
    // over; a new reference that we own, or NULL.
    let result = unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
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
    // SAFETY: the caller owns both, `args` is a tuple; consumes nothing; a new
    // reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: forward_drops_keywords

#[allow(clippy::let_and_return, reason = "so that the difference is the bug")]
// ANCHOR: make_last_lends
/// The last of `size` arguments: a new reference, or NULL with an exception.
unsafe extern "C" fn last(
    _module: *mut ffi::PyObject,
    args: *mut *mut ffi::PyObject,
    size: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    if size == 0 {
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_TypeError };
        let text = c"last() takes an argument".as_ptr();
        // SAFETY: an exception class, and NUL ends the text.
        unsafe { ffi::PyErr_SetString(class, text) };
        return ptr::null_mut();
    }
    // SAFETY: in bounds: `args` points at `size` pointers until we return.
    let place = unsafe { args.offset(size - 1) };
    // SAFETY: the same; the caller owns what the pointer points at.
    let last = unsafe { *place };
    last
}

/// What CPython knows of `last`; never changed.
static mut LAST: ffi::PyMethodDef = ffi::PyMethodDef {
    ml_name: c"last".as_ptr(),
    ml_meth: ffi::PyMethodDefPointer { PyCFunctionFast: last },
    ml_flags: ffi::METH_FASTCALL,
    ml_doc: ptr::null(),
};

/// A function object for `last`: a new reference, or NULL with an exception.
#[pyfunction]
pub(crate) fn make_last_lends(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let (method, no) = (&raw mut LAST, ptr::null_mut());
    // SAFETY: the table is valid for good; no `self` and no module to own; a
    // new reference that we own, or NULL with an exception set.
    let function = unsafe { ffi::PyCFunction_NewEx(method, no, no) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, function) }
}
// ANCHOR_END: make_last_lends
