//~ error[E0373]: closure may outlive the current function
use pyo3::prelude::*;
use pyo3::types::PyCFunction;

pub fn twice_as_much(py: Python<'_>, factor: f64) -> PyResult<Bound<'_, PyCFunction>> {
    PyCFunction::new_closure(py, None, None, |_, _| factor * 2.0)
}
