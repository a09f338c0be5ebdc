//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::PyDict;

// ANCHOR: make_dict
/// `PyDict_New`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn make_dict(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let dict = unsafe { ffi::PyDict_New() };
    if dict.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(py, dict) })
}
// ANCHOR_END: make_dict

// ANCHOR: add_dict_item
/// `PyDict_SetItem`: 0, or -1 with an exception set; consumes nothing.
#[pyfunction]
pub(crate) fn add_dict_item(
    dict: &Bound<'_, PyDict>,
    key: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns the dict, `key` and `value`; the dict takes
    // references of its own; -1 with an exception set.
    let status = unsafe {
        ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr())
    };
    if status == -1 {
        return Err(PyErr::fetch(dict.py()));
    }
    Ok(())
}
// ANCHOR_END: add_dict_item

// ANCHOR: del_item
/// `PyDict_DelItem`: 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn del_item(
    dict: &Bound<'_, PyDict>,
    key: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns the dict and `key`; the dict releases its
    // references to the key and the value; -1 with an exception set.
    let status = unsafe { ffi::PyDict_DelItem(dict.as_ptr(), key.as_ptr()) };
    if status == -1 {
        return Err(PyErr::fetch(dict.py()));
    }
    Ok(())
}
// ANCHOR_END: del_item

// ANCHOR: get_item
/// `PyDict_GetItem`: borrowed, or NULL; drops every exception on the way.
#[pyfunction]
pub(crate) fn get_item<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
) -> Option<Bound<'py, PyAny>> {
    with_critical_section(dict, || {
        // SAFETY: the caller owns the dict and `key`; borrowed from `dict`, or
        // NULL and never an exception set.
        let value = unsafe { ffi::PyDict_GetItem(dict.as_ptr(), key.as_ptr()) };
        // SAFETY: NULL, or alive: `dict` owns it, and nobody has changed `dict`
        // since the lookup: under a GIL nothing has run, and without one a
        // change waits for our lock; the result takes a reference of its own.
        unsafe { Bound::from_borrowed_ptr_or_opt(dict.py(), value) }
    })
}
// ANCHOR_END: get_item

// ANCHOR: get_item_with_error
/// `PyDict_GetItemWithError`: borrowed, or NULL, perhaps with an exception set.
#[pyfunction]
pub(crate) fn get_item_with_error<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    with_critical_section(dict, || {
        // SAFETY: the caller owns the dict and `key`; borrowed from `dict`, or
        // NULL, with an exception set unless the key is absent.
        let value = unsafe {
            ffi::PyDict_GetItemWithError(dict.as_ptr(), key.as_ptr())
        };
        if value.is_null() {
            return absent(dict.py());
        }
        // SAFETY: alive, as in `get_item`; the result takes a reference of its
        // own.
        Ok(Some(unsafe { Bound::from_borrowed_ptr(dict.py(), value) }))
    })
}
// ANCHOR_END: get_item_with_error

// ANCHOR: absent
/// What NULL means: the pending exception, or a key that is not there.
pub(crate) fn absent<T>(py: Python<'_>) -> PyResult<Option<T>> {
    match PyErr::take(py) {
        Some(error) => Err(error),
        None => Ok(None),
    }
}
// ANCHOR_END: absent

// ANCHOR: get_item_ref
/// `PyDict_GetItemRef`: 1 and a new reference, 0, or -1 with an exception set.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn get_item_ref<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut value = ptr::null_mut();
    // SAFETY: the caller owns the dict and `key`; writes a new reference that
    // we own, or NULL; -1 with an exception set.
    let found = unsafe {
        ffi::PyDict_GetItemRef(dict.as_ptr(), key.as_ptr(), &mut value)
    };
    if found == -1 {
        return Err(PyErr::fetch(dict.py()));
    }
    // SAFETY: NULL, or alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr_or_opt(dict.py(), value) })
}
// ANCHOR_END: get_item_ref

// ANCHOR: get_both
/// A pair with the values of two keys, or nothing if one of them is absent.
#[pyfunction]
pub(crate) fn get_both<'py>(
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
        // SAFETY: `dict` owns the value, and nobody has changed `dict` since;
        // takes a reference for us.
        let _own_one = unsafe { Bound::from_borrowed_ptr(py, one) };
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
// ANCHOR_END: get_both

// ANCHOR: next
type Item<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// `PyDict_Next`: 1 and borrowed references, or 0 at the end; cannot fail.
pub(crate) fn next<'py>(
    dict: &Bound<'py, PyDict>,
    position: &mut ffi::Py_ssize_t,
) -> Option<Item<'py>> {
    let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
    with_critical_section(dict, || {
        // SAFETY: the caller owns the dict; any position is allowed; writes
        // references borrowed from `dict`, or nothing at the end.
        let found = unsafe {
            ffi::PyDict_Next(dict.as_ptr(), position, &mut key, &mut value)
        };
        if found == 0 {
            return None;
        }
        // SAFETY: alive, as in `get_item`; the result takes a reference of its
        // own.
        let key = unsafe { Bound::from_borrowed_ptr(dict.py(), key) };
        // SAFETY: the same, for the value.
        let value = unsafe { Bound::from_borrowed_ptr(dict.py(), value) };
        Some((key, value))
    })
}
// ANCHOR_END: next

// ANCHOR: for_each
/// Calls `function(key, value)` for each item, and fails if the keys change.
#[pyfunction]
pub(crate) fn for_each(
    dict: &Bound<'_, PyDict>,
    function: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = dict.py();
    with_critical_section(dict, || {
        // SAFETY: the caller owns the dict; a new list that we own, or NULL
        // with an exception set.
        let keys = unsafe { ffi::PyDict_Keys(dict.as_ptr()) };
        // SAFETY: NULL with an exception set, or the reference we own.
        let keys = unsafe { Bound::from_owned_ptr_or_err(py, keys) }?;
        let mut position = 0;
        for expected in keys.try_iter()? {
            let item = next(dict, &mut position).ok_or_else(|| changed(py))?;
            if !item.0.is(&expected?) {
                return Err(changed(py));
            }
            function.call1(item)?;
        }
        next(dict, &mut position).map_or(Ok(()), |_| Err(changed(py)))
    })
}

/// A RuntimeError, as Python's own loop raises it.
fn changed(py: Python<'_>) -> PyErr {
    // SAFETY: filled in before any module loads, never changed; borrowed.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: an exception class, and NUL ends the text; an exception is set.
    unsafe { ffi::PyErr_SetString(class, c"the keys changed".as_ptr()) };
    PyErr::fetch(py)
}
// ANCHOR_END: for_each

// ANCHOR: set_default
/// `PyDict_SetDefaultRef`: 0 or 1 and a new reference, or -1 and an exception.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn set_default<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
    default: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut value = ptr::null_mut();
    // SAFETY: the caller owns the dict, `key` and `default`; consumes nothing;
    // writes a new reference that we own, or NULL with -1.
    let _found = unsafe {
        ffi::PyDict_SetDefaultRef(
            dict.as_ptr(),
            key.as_ptr(),
            default.as_ptr(),
            &mut value,
        )
    };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(dict.py(), value) }
}
// ANCHOR_END: set_default

// ANCHOR: pop
/// `PyDict_Pop`: 1 and a new reference, 0, or -1 with an exception set.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn pop<'py>(
    dict: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut value = ptr::null_mut();
    // SAFETY: the caller owns the dict and `key`; writes the reference that the
    // dict owned and we own now, or NULL; -1 with an exception set.
    let found =
        unsafe { ffi::PyDict_Pop(dict.as_ptr(), key.as_ptr(), &mut value) };
    if found == -1 {
        return Err(PyErr::fetch(dict.py()));
    }
    // SAFETY: NULL, or alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr_or_opt(dict.py(), value) })
}
// ANCHOR_END: pop
