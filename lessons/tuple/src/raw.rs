//! The C API, called as C calls it.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

// ANCHOR: reverse_tuple
/// A new tuple with the items of `tuple`, last first.
#[pyfunction]
pub(crate) fn reverse_tuple<'py>(tuple: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
    let py = tuple.py();
    // SAFETY: attached, and `tuple` is a live tuple, so the size is never -1.
    let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) };
    // SAFETY: attached; a new reference that we own, or NULL with an exception set.
    let reversed = unsafe { ffi::PyTuple_New(size) };
    if reversed.is_null() {
        return Err(PyErr::fetch(py));
    }
    for i in 0..size {
        // SAFETY: attached, a live tuple, `i` in range: borrowed from `tuple`, never NULL.
        let item = unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), i) };
        // SAFETY: attached; `item` is alive, because `tuple` owns it; we own one more now.
        unsafe { ffi::Py_INCREF(item) };
        // SAFETY: attached; we are `reversed`'s only owner; consumes the reference just made.
        let status = unsafe { ffi::PyTuple_SetItem(reversed, size - 1 - i, item) };
        if status == -1 {
            // SAFETY: attached; we own `reversed` and never use it again.
            unsafe { ffi::Py_DECREF(reversed) };
            return Err(PyErr::fetch(py));
        }
    }
    // SAFETY: attached; `reversed` is alive, and we own a reference to it.
    Ok(unsafe { Bound::from_owned_ptr(py, reversed) })
}
// ANCHOR_END: reverse_tuple
