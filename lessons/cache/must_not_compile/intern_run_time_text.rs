//~ error[E0435]: attempt to use a non-constant value in a constant
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;

pub fn key<'py>(py: Python<'py>, text: &str) -> Bound<'py, PyString> {
    intern!(py, text).clone()
}
