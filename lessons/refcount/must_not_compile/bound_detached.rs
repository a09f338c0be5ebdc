//~ error[E0277]: cannot be sent between threads safely
use pyo3::prelude::*;

pub fn release(py: Python<'_>, object: Bound<'_, PyAny>) {
    py.detach(move || drop(object));
}
