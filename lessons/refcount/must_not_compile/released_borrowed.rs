//~ error[E0507]: cannot move out of `*object` which is behind a shared reference
use pyo3::prelude::*;

pub fn look(object: &Bound<'_, PyAny>) {
    drop(*object);
}
