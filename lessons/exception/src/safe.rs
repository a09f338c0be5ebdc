//! The same in safe PyO3.

use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList};

// ANCHOR: function_with_exception
/// Walks `iterable` into a list, and then fails on purpose.
#[pyfunction]
pub(crate) fn function_with_exception(
    iterable: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let list = PyList::empty(iterable.py());
    for item in iterable.try_iter()? {
        list.append(item?)?;
    }
    Err(PyRuntimeError::new_err("intentional exception"))
}
// ANCHOR_END: function_with_exception

// ANCHOR: replace
/// `iter(iterable)`, where an `Exception` becomes a `RuntimeError`.
#[pyfunction]
pub(crate) fn replace<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyIterator>> {
    iterable.try_iter().map_err(|old| {
        if !old.is_instance_of::<PyException>(iterable.py()) {
            return old;
        }
        PyRuntimeError::new_err("cannot walk this")
    })
}
// ANCHOR_END: replace

// ANCHOR: chain
/// `iter(iterable)`, where an `Exception` is the cause of a `RuntimeError`.
#[pyfunction]
pub(crate) fn chain<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyIterator>> {
    iterable.try_iter().map_err(|old| {
        if !old.is_instance_of::<PyException>(iterable.py()) {
            return old;
        }
        let new = PyRuntimeError::new_err("cannot walk this");
        new.set_cause(iterable.py(), Some(old));
        new
    })
}
// ANCHOR_END: chain

// ANCHOR: pick
/// The item at `index` of all that `iterable` yields.
#[pyfunction]
pub(crate) fn pick<'py>(
    iterable: &Bound<'py, PyAny>,
    index: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let list = PyList::empty(iterable.py());
    for item in iterable.try_iter()? {
        list.append(item?)?;
    }
    let size = list.len();
    assert!(index < size, "no item {index} among {size}");
    list.get_item(index)
}
// ANCHOR_END: pick

// ANCHOR: list_what_comes
/// What a walk over `iterable` comes by, in a list.
#[pyfunction]
pub(crate) fn list_what_comes<'py>(
    iterable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(iterable.py());
    for item in iterable.try_iter()?.flatten() {
        list.append(item)?;
    }
    Ok(list)
}
// ANCHOR_END: list_what_comes
