//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and none detaches. The SAFETY comments say the rest: who owns
//! what, and what NULL or -1 means.

use core::ffi::c_long;
use core::ptr;

use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyDict;

// ANCHOR: from_long
/// `PyLong_FromLong`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn from_long<'py>(
    py: Python<'py>,
    n: c_long,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a new reference, ours, or NULL with an exception set.
    let value = unsafe { ffi::PyLong_FromLong(n) };
    if value.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: not NULL; we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, value) })
}
// ANCHOR_END: from_long

// ANCHOR: attach_integer_value
/// Gives `module` an attribute `integer_value`.
pub(crate) fn attach_integer_value(
    module: &Bound<'_, PyModule>,
) -> PyResult<()> {
    let py = module.py();
    // SAFETY: a new reference, ours, or NULL with an exception set.
    let value = unsafe { ffi::PyLong_FromLong(2_000_000) };
    if value.is_null() {
        return Err(PyErr::fetch(py));
    }
    let name = c"integer_value".as_ptr();
    // SAFETY: the caller owns `module`, we own `value`, `name` ends in a zero
    // byte; consumes nothing; 0, or -1 with an exception set.
    let status =
        unsafe { ffi::PyObject_SetAttrString(module.as_ptr(), name, value) };
    // SAFETY: we own `value` and never use it again.
    unsafe { ffi::Py_DECREF(value) };
    if status == -1 {
        return Err(PyErr::fetch(py));
    }
    Ok(())
}
// ANCHOR_END: attach_integer_value

// ANCHOR: attach_number
/// `namespace["number"] = int(value)`.
#[pyfunction]
pub(crate) fn attach_number(
    namespace: &Bound<'_, PyDict>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = namespace.py();
    // SAFETY: the caller owns `value`, of any type; a new reference, ours, or
    // NULL with an exception set.
    let number = unsafe { ffi::PyNumber_Long(value.as_ptr()) };
    if number.is_null() {
        return Err(PyErr::fetch(py));
    }
    let name = c"number".as_ptr();
    let namespace = namespace.as_ptr();
    // SAFETY: the caller owns the dict, we own `number`, `name` ends in a zero
    // byte; consumes nothing; 0, or -1 with an exception set.
    let status = unsafe { ffi::PyDict_SetItemString(namespace, name, number) };
    // SAFETY: we own `number` and never use it again.
    unsafe { ffi::Py_DECREF(number) };
    if status == -1 {
        return Err(PyErr::fetch(py));
    }
    Ok(())
}
// ANCHOR_END: attach_number

// ANCHOR: as_long
/// `PyLong_AsLong`: a number, which may be -1, or -1 with an exception set.
#[pyfunction]
pub(crate) fn as_long(
    object: &Bound<'_, PyAny>, // of any type
) -> PyResult<c_long> {
    // SAFETY: the caller owns `object`, of any type; a number is nobody's; -1
    // may be the number, or says that an exception is set.
    let value = unsafe { ffi::PyLong_AsLong(object.as_ptr()) };
    if value == -1 {
        // SAFETY: borrowed, only compared; NULL means no exception.
        let pending = unsafe { ffi::PyErr_Occurred() };
        if !pending.is_null() {
            return Err(PyErr::fetch(object.py()));
        }
    }
    Ok(value)
}
// ANCHOR_END: as_long

// ANCHOR: as_long_by_hand
/// `as_long`, as CPython itself calls it: NULL says that an exception is set.
pub(crate) unsafe extern "C" fn as_long_by_hand(
    _module: *mut PyObject,
    object: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: our caller owns `object`, of any type; a number is nobody's; -1
    // may be the number, or says that an exception is set.
    let value = unsafe { ffi::PyLong_AsLong(object) };
    if value == -1 {
        // SAFETY: borrowed, only compared; NULL means no exception.
        let pending = unsafe { ffi::PyErr_Occurred() };
        if !pending.is_null() {
            return ptr::null_mut();
        }
    }
    // SAFETY: a new reference, from now on our caller's, or NULL with an
    // exception set, which is what our caller expects.
    unsafe { ffi::PyLong_FromLong(value) }
}
// ANCHOR_END: as_long_by_hand

// ANCHOR: as_int64
/// `PyLong_AsInt64`: 0, or -1 with an exception set; writes the number.
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn as_int64(object: &Bound<'_, PyAny>) -> PyResult<i64> {
    let mut value = 0;
    // SAFETY: the caller owns `object`, of any type; `value` is ours to write;
    // 0, or -1 with an exception set.
    let status = unsafe { ffi::PyLong_AsInt64(object.as_ptr(), &mut value) };
    if status == -1 {
        return Err(PyErr::fetch(object.py()));
    }
    Ok(value)
}
// ANCHOR_END: as_int64
