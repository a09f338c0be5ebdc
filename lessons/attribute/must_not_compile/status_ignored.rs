//~ error[unused_must_use]: unused `Result` that must be used
#![deny(unused_must_use)]
use pyo3::prelude::*;

pub fn attach(o: &Bound<'_, PyAny>, attr: &Bound<'_, PyAny>) {
    o.setattr("name", attr);
}
