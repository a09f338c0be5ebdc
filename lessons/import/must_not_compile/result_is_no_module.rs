//~ error[E0599]: no method named `getattr` found for enum `Result<T, E>`
use pyo3::prelude::*;

pub fn get_modules(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    py.import("sys").getattr("modules")
}
