//~ error: #[pyclass] cannot have lifetime parameters
use pyo3::prelude::*;

#[pyclass]
pub struct Holder<'call> {
    object: Borrowed<'call, 'call, PyAny>,
}
