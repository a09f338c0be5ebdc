//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use core::ffi::c_long;
use core::ptr;

use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyDict;

// ANCHOR: attach_number_unchecked
/// `namespace["number"] = int(value)`.
#[pyfunction]
pub(crate) fn attach_number_unchecked(
    namespace: &Bound<'_, PyDict>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = namespace.py();
    // SAFETY: the caller owns `value`, of any type; a new reference, ours, or
    // NULL with an exception set.
    let number = unsafe { ffi::PyNumber_Long(value.as_ptr()) };
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
// ANCHOR_END: attach_number_unchecked

// ANCHOR: as_long_by_hand_trusts_minus_one
/// `as_long`, as CPython itself calls it: NULL says that an exception is set.
pub(crate) unsafe extern "C" fn as_long_by_hand_trusts_minus_one(
    _module: *mut PyObject,
    object: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: our caller owns `object`, of any type; a number is nobody's; -1
    // may be the number, or says that an exception is set.
    let value = unsafe { ffi::PyLong_AsLong(object) };
    if value == -1 {
        return ptr::null_mut();
    }
    // SAFETY: a new reference, from now on our caller's, or NULL with an
    // exception set, which is what our caller expects.
    unsafe { ffi::PyLong_FromLong(value) }
}
// ANCHOR_END: as_long_by_hand_trusts_minus_one

// ANCHOR: as_long_ignores_the_exception
/// `PyLong_AsLong`: a number, which may be -1, or -1 with an exception set.
#[pyfunction]
pub(crate) fn as_long_ignores_the_exception(
    object: &Bound<'_, PyAny>, // of any type
) -> PyResult<c_long> {
    // SAFETY: the caller owns `object`, of any type; a number is nobody's; -1
    // may be the number, or says that an exception is set.
    let value = unsafe { ffi::PyLong_AsLong(object.as_ptr()) };
    Ok(value)
}
// ANCHOR_END: as_long_ignores_the_exception
