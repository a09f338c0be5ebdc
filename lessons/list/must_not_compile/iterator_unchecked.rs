//~ error[E0599]: no method named `next` found
use pyo3::prelude::*;

pub fn first<'py>(o: &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyAny>>> {
    o.try_iter().next()
}
