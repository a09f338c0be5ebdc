//~ error[E0308]: mismatched types
use pyo3::prelude::*;

pub fn result<'py>(callable: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    callable.call0()
}
