//! The same in safe PyO3.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

// ANCHOR: reverse_tuple
/// A new tuple with the items of `tuple`, last first.
#[pyfunction]
pub(crate) fn reverse_tuple<'py>(tuple: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(tuple.py(), tuple.iter().rev())
}
// ANCHOR_END: reverse_tuple
