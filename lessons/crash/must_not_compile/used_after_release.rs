//~ error[E0505]: cannot move out of `text` because it is borrowed
use pyo3::prelude::*;

pub fn repr_length(object: &Bound<'_, PyAny>) -> PyResult<usize> {
    let text = object.repr()?;
    let utf8 = text.to_str()?;
    drop(text);
    Ok(utf8.len())
}
