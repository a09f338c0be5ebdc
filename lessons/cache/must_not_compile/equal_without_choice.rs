//~ error[E0369]: binary operation `==` cannot be applied
use pyo3::prelude::*;

pub fn equal(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>) -> bool {
    a == b
}
