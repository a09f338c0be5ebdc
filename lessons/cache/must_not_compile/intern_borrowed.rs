//~ error[E0507]: cannot move out of `*text`
use pyo3::prelude::*;
use pyo3::types::PyString;

pub fn place(text: &Bound<'_, PyString>) -> *mut pyo3::ffi::PyObject {
    text.into_ptr()
}
