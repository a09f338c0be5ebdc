//~ error[E0308]: mismatched types
use pyo3::prelude::*;

pub fn get<'py>(o: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    o.getattr_opt("name")
}
