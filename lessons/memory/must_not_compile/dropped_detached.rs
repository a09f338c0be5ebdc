//~ error[E0277]: cannot be sent between threads safely
use pyo3::prelude::*;
use std::marker::PhantomData;

pub struct Block<'py> {
    // What else a block needs is left out.
    py: PhantomData<Python<'py>>,
}

pub fn drop_detached(py: Python<'_>, block: Block<'_>) {
    py.detach(move || drop(block));
}
