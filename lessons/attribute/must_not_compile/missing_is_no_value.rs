//~ error[E0308]: mismatched types
use pyo3::prelude::*;

pub fn retrieve<'py>(o: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    o.getattr("name")
}
