//~ error[E0277]: cannot be shared between threads safely
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;

pub static S: PyOnceLock<&Bound<'static, PyString>> = PyOnceLock::new();
