//! The C API, called as C calls it.

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: count
/// How many references `object` has.
#[pyfunction]
pub(crate) fn count(object: &Bound<'_, PyAny>) -> ffi::Py_ssize_t {
    // SAFETY: attached, and `object` is alive; no reference changes hands; it cannot fail.
    unsafe { ffi::Py_REFCNT(object.as_ptr()) }
}
// ANCHOR_END: count
