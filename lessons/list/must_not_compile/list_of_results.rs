//~ error[E0277]: cannot be converted to a Python object
use pyo3::prelude::*;
use pyo3::types::PyList;

pub fn make_list<'py>(o: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    PyList::new(o.py(), o.try_iter()?)
}
