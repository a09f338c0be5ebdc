//~ error[E0277]: the `?` operator can only be used in a function that returns `Result`
use pyo3::prelude::*;

pub fn double(object: &Bound<'_, PyAny>) -> i64 {
    let number: i64 = object.extract()?;
    2 * number
}
