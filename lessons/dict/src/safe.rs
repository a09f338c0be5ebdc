//! The same in safe PyO3.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::PyDict;

// ANCHOR: make_dict
/// A new dict.
#[pyfunction]
pub(crate) fn make_dict(py: Python<'_>) -> Bound<'_, PyDict> {
    PyDict::new(py)
}
// ANCHOR_END: make_dict

// ANCHOR: add_dict_item
/// `dict[key] = value`
#[pyfunction]
pub(crate) fn add_dict_item(
    dict: &Bound<'_, PyDict>,
    key: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    dict.set_item(key, value)
}
// ANCHOR_END: add_dict_item

// ANCHOR: del_item
/// `del dict[key]`
#[pyfunction]
pub(crate) fn del_item(
    dict: &Bound<'_, PyDict>,
    key: &Bound<'_, PyAny>,
) -> PyResult<()> {
    dict.del_item(key)
}
// ANCHOR_END: del_item

// ANCHOR: get_item
/// The value of `key`, or `None`.
#[pyfunction]
pub(crate) fn get_item<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    dict.get_item(key)
}
// ANCHOR_END: get_item

// ANCHOR: get_both
type Both<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// The values of two keys, or nothing if one of them is absent.
#[pyfunction]
pub(crate) fn get_both<'py>(
    dict: &Bound<'py, PyDict>,
    first: &Bound<'py, PyAny>,
    second: &Bound<'py, PyAny>,
) -> PyResult<Option<Both<'py>>> {
    let Some(one) = dict.get_item(first)? else {
        return Ok(None);
    };
    let Some(two) = dict.get_item(second)? else {
        return Ok(None);
    };
    Ok(Some((one, two)))
}
// ANCHOR_END: get_both

// ANCHOR: for_each
/// Calls `function(key, value)` for each item that is there now.
#[pyfunction]
pub(crate) fn for_each(
    dict: &Bound<'_, PyDict>,
    function: &Bound<'_, PyAny>,
) -> PyResult<()> {
    for item in dict.copy()? {
        function.call1(item)?;
    }
    Ok(())
}
// ANCHOR_END: for_each

// ANCHOR: locked
/// What `function()` returns, called while we hold the lock of `dict`.
#[pyfunction]
pub(crate) fn locked<'py>(
    dict: &Bound<'py, PyDict>,
    function: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    with_critical_section(dict, || function.call0())
}
// ANCHOR_END: locked

// ANCHOR: set_default
/// The value of `key`, which is `default` if none was there.
#[pyfunction]
pub(crate) fn set_default<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
    default: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let (_inserted, value) = dict.set_default_with_result(key, default)?;
    Ok(value)
}
// ANCHOR_END: set_default

// ANCHOR: pop
/// Takes `key` out and returns its value, or `None`.
#[pyfunction]
pub(crate) fn pop<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = dict.py();
    dict.call_method1(intern!(py, "pop"), (key, py.None()))
}
// ANCHOR_END: pop
