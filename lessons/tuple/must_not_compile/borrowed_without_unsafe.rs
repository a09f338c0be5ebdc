//~ error[E0133]: call to unsafe function
use pyo3::prelude::*;

pub fn adopt<'py>(py: Python<'py>, new: *mut pyo3::ffi::PyObject) -> Bound<'py, PyAny> {
    Bound::from_borrowed_ptr(py, new)
}
