//! The same in safe PyO3.

use std::iter::repeat_n;

use pyo3::ffi::Py_ssize_t;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList};

use crate::raw::ref_count;

// ANCHOR: make_list_from_iterator
/// A list of what `o` yields.
#[pyfunction]
pub(crate) fn make_list_from_iterator<'py>(
    o: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let list = empty(o.py())?;
    for item in o.try_iter()? {
        list.append(item?)?;
    }
    Ok(list)
}

/// What `list()` returns, or raises.
fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    Ok(py.get_type::<PyList>().call0()?.cast_into()?)
}
// ANCHOR_END: make_list_from_iterator

// ANCHOR: append
/// Appends `item`, and the count of it before and after.
#[pyfunction]
pub(crate) fn append(
    list: &Bound<'_, PyList>,
    item: &Bound<'_, PyAny>,
) -> PyResult<(Py_ssize_t, Py_ssize_t)> {
    let ours = item.clone();
    let before = ref_count(item);
    list.append(&ours)?;
    let after = ref_count(item);
    Ok((before, after))
}

/// Puts `item` at `index`, and the count of it before and after.
#[pyfunction]
pub(crate) fn set_item(
    list: &Bound<'_, PyList>,
    index: usize,
    item: &Bound<'_, PyAny>,
) -> PyResult<(Py_ssize_t, Py_ssize_t)> {
    let ours = item.clone();
    let before = ref_count(item);
    list.set_item(index, ours)?;
    let after = ref_count(item);
    Ok((before, after))
}
// ANCHOR_END: append

// ANCHOR: get_item
/// The item at `index`.
#[pyfunction]
pub(crate) fn get_item<'py>(
    list: &Bound<'py, PyList>,
    index: usize,
) -> PyResult<Bound<'py, PyAny>> {
    list.get_item(index)
}
// ANCHOR_END: get_item

// ANCHOR: next
/// The next item, or `default` at the end.
#[pyfunction]
pub(crate) fn next<'py>(
    mut iterator: Bound<'py, PyIterator>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    match iterator.next() {
        Some(Ok(item)) => Ok(item),
        Some(Err(error)) => Err(error),
        None => Ok(default),
    }
}
// ANCHOR_END: next

// ANCHOR: fill
/// A list as long as `like`, with `item` in every place.
#[pyfunction]
pub(crate) fn fill<'py>(
    item: &Bound<'py, PyAny>,
    like: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let one = empty(item.py())?;
    one.append(item)?;
    Ok(one.as_sequence().repeat(like.len()?)?.cast_into()?)
}
// ANCHOR_END: fill

// ANCHOR: fill_or_panic
/// A list as long as `like`, with `item` in every place.
#[pyfunction]
pub(crate) fn fill_or_panic<'py>(
    item: &Bound<'py, PyAny>,
    like: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    PyList::new(item.py(), repeat_n(item, like.len()?))
}
// ANCHOR_END: fill_or_panic

// ANCHOR: remove_all
/// Removes `item` from every place, or so it seems.
#[pyfunction]
pub(crate) fn remove_all(
    list: &Bound<'_, PyList>,
    item: &Bound<'_, PyAny>,
) -> PyResult<()> {
    for (index, found) in list.iter().enumerate() {
        if found.is(item) {
            list.del_item(index)?;
        }
    }
    Ok(())
}
// ANCHOR_END: remove_all
