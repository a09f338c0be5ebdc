//~ error[E0308]: mismatched types
use pyo3::prelude::*;
use pyo3::types::PyIterator;

type Item<'py> = Bound<'py, PyAny>;

pub fn step<'py>(iter: &mut Bound<'py, PyIterator>) -> Option<Item<'py>> {
    iter.next()
}
