//! The same in safe PyO3.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

// ANCHOR: reverse_tuple
/// A new tuple with the items of `tuple`, last first.
#[pyfunction]
pub(crate) fn reverse_tuple<'py>(
    tuple: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(tuple.py(), tuple.iter().rev())
}
// ANCHOR_END: reverse_tuple

// ANCHOR: get_item
/// The item at `index`.
#[pyfunction]
pub(crate) fn get_item<'py>(
    tuple: &Bound<'py, PyTuple>,
    index: usize,
) -> PyResult<Bound<'py, PyAny>> {
    tuple.get_item(index)
}
// ANCHOR_END: get_item

// ANCHOR: set_item
/// What Python does for `tuple[index] = item`.
#[pyfunction]
pub(crate) fn set_item<'py>(
    tuple: &Bound<'py, PyTuple>,
    index: isize,
    item: Bound<'py, PyAny>,
) -> PyResult<()> {
    tuple.set_item(index, item)
}
// ANCHOR_END: set_item

// ANCHOR: reverse_tuple_watched
/// The same as `reverse_tuple`, and calls `watch` with each item on the way.
#[pyfunction]
pub(crate) fn reverse_tuple_watched<'py>(
    tuple: &Bound<'py, PyTuple>,
    watch: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyTuple>> {
    let py = tuple.py();
    let tell = |item: &Bound<'py, PyAny>| {
        if let Err(error) = watch.call1((item,)) {
            error.write_unraisable(py, Some(watch));
        }
    };
    PyTuple::new(py, tuple.iter().rev().inspect(tell))
}
// ANCHOR_END: reverse_tuple_watched
