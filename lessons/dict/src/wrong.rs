//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::PyDict;

use crate::raw::{absent, next};

// ANCHOR: add_dict_item_ignores_status
/// `PyDict_SetItem`: 0, or -1 with an exception set; consumes nothing.
#[pyfunction]
pub(crate) fn add_dict_item_ignores_status(
    dict: &Bound<'_, PyDict>,
    key: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns the dict, `key` and `value`; the dict takes
    // references of its own.
    let _status = unsafe {
        ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr())
    };
    Ok(())
}
// ANCHOR_END: add_dict_item_ignores_status

// ANCHOR: get_both_borrows_too_long
/// A pair with the values of two keys, or nothing if one of them is absent.
#[pyfunction]
pub(crate) fn get_both_borrows_too_long<'py>(
    dict: &Bound<'py, PyDict>,
    first: &Bound<'py, PyAny>,
    second: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, d) = (dict.py(), dict.as_ptr());
    with_critical_section(dict, || {
        // SAFETY: the caller owns the arguments; borrowed from `dict`, or NULL.
        let one = unsafe { ffi::PyDict_GetItemWithError(d, first.as_ptr()) };
        if one.is_null() {
            return absent(py);
        }
        // SAFETY: the caller owns the arguments; borrowed from `dict`, or NULL.
        let two = unsafe { ffi::PyDict_GetItemWithError(d, second.as_ptr()) };
        if two.is_null() {
            return absent(py);
        }
        // SAFETY: `dict` owns the value, and nobody has changed `dict` since;
        // takes a reference for us.
        let _own_two = unsafe { Bound::from_borrowed_ptr(py, two) };
        // SAFETY: we own both; the pair takes references of its own; a new
        // reference that we own, or NULL with an exception set.
        let pair = unsafe { ffi::PyTuple_Pack(2, one, two) };
        // SAFETY: NULL with an exception set, or ours to hand over.
        unsafe { Bound::from_owned_ptr_or_err(py, pair) }.map(Some)
    })
}
// ANCHOR_END: get_both_borrows_too_long

// ANCHOR: for_each_ignores_changes
/// Calls `function(key, value)` for each item.
#[pyfunction]
pub(crate) fn for_each_ignores_changes(
    dict: &Bound<'_, PyDict>,
    function: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let mut position = 0;
    while let Some(item) = next(dict, &mut position) {
        function.call1(item)?;
    }
    Ok(())
}
// ANCHOR_END: for_each_ignores_changes
