//~ error[E0308]: mismatched types
use pyo3::prelude::*;

pub fn double(object: &Bound<'_, PyAny>) -> PyResult<i64> {
    let number: i64 = object.extract::<i64>();
    Ok(2 * number)
}
