//~ error[unused_must_use]: unused `Result` that must be used
#![deny(unused_must_use)]
use pyo3::prelude::*;
use pyo3::types::PyDict;

pub fn add(dict: &Bound<'_, PyDict>, key: &Bound<'_, PyAny>) {
    dict.set_item(key, "value1");
}
