//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

// ANCHOR: retrieve_attr_leaks
/// `PyObject_GetAttr`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn retrieve_attr_leaks<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    if ret.is_null() {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: retrieve_attr_leaks

// ANCHOR: retrieve_attr_ignores_null
/// `PyObject_GetAttr`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn retrieve_attr_ignores_null<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    // SAFETY: `ret` is NULL, or alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr_or_opt(o.py(), ret) })
}
// ANCHOR_END: retrieve_attr_ignores_null

// ANCHOR: attach_attr_ignores_status
/// `PyObject_SetAttr`: 0, or -1 with an exception set; consumes nothing.
#[pyfunction]
pub(crate) fn attach_attr_ignores_status(
    o: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
    attr: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns all three, a name that is no `str` ends in -1;
    // consumes nothing; 0, or -1 with an exception set.
    unsafe { ffi::PyObject_SetAttr(o.as_ptr(), name.as_ptr(), attr.as_ptr()) };
    Ok(())
}
// ANCHOR_END: attach_attr_ignores_status

// ANCHOR: attach_attr_by_string_cuts_at_nul
/// `PyObject_SetAttrString`: 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn attach_attr_by_string_cuts_at_nul(
    o: &Bound<'_, PyAny>,
    name: &Bound<'_, PyString>,
    attr: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: `name` is a live `str`, which owns what we get: its UTF-8, which
    // ends in NUL; or NULL with an exception set.
    let name = unsafe { ffi::PyUnicode_AsUTF8(name.as_ptr()) };
    if name.is_null() {
        return Err(PyErr::fetch(o.py()));
    }
    // SAFETY: the caller owns `o` and `attr`, `name` is UTF-8 and ends in NUL;
    // consumes nothing; 0, or -1 with an exception set.
    let status =
        unsafe { ffi::PyObject_SetAttrString(o.as_ptr(), name, attr.as_ptr()) };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: attach_attr_by_string_cuts_at_nul

// ANCHOR: copy_attr_ignores_null
/// `to.name = o.name`
#[pyfunction]
pub(crate) fn copy_attr_ignores_null(
    o: &Bound<'_, PyAny>,
    to: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let attr = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    // SAFETY: the caller owns `to` and `name`, and we own `attr`; consumes
    // nothing; 0, or -1 with an exception set.
    let status =
        unsafe { ffi::PyObject_SetAttr(to.as_ptr(), name.as_ptr(), attr) };
    // SAFETY: we own `attr` and never use it again.
    unsafe { ffi::Py_XDECREF(attr) };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: copy_attr_ignores_null

// ANCHOR: attr_or_default_clears_any
/// The attribute, or `default` where there is none.
#[pyfunction]
pub(crate) fn attr_or_default_clears_any<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyAny>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    if ret.is_null() {
        // SAFETY: releases the exception; nothing is set any more.
        unsafe { ffi::PyErr_Clear() };
        return Ok(default);
    }
    // SAFETY: `ret` is alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(o.py(), ret) })
}
// ANCHOR_END: attr_or_default_clears_any
