//~ error[E0716]: temporary value dropped while borrowed
use pyo3::prelude::*;
use pyo3::types::PyDict;

pub fn look(dict: &Bound<'_, PyDict>) -> PyResult<bool> {
    let first = dict.get_item("first")?.as_ref();
    dict.clear();
    Ok(first.is_some())
}
