//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

use std::ffi::CStr;
#[cfg(Py_3_13)]
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: attach_attr
/// `PyObject_SetAttr`: 0, or -1 with an exception set; consumes nothing.
#[pyfunction]
pub(crate) fn attach_attr(
    o: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
    attr: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns all three, a name that is no `str` ends in -1;
    // consumes nothing; 0, or -1 with an exception set.
    let status = unsafe {
        ffi::PyObject_SetAttr(o.as_ptr(), name.as_ptr(), attr.as_ptr())
    };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: attach_attr

// ANCHOR: retrieve_attr
/// `PyObject_GetAttr`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn retrieve_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    if ret.is_null() {
        return Err(PyErr::fetch(o.py()));
    }
    // SAFETY: `ret` is alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(o.py(), ret) })
}
// ANCHOR_END: retrieve_attr

// ANCHOR: by_string
// ANCHOR: attach_attr_by_string
/// `PyObject_SetAttrString`: 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn attach_attr_by_string(
    o: &Bound<'_, PyAny>,
    name: &CStr,
    attr: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns `o` and `attr`, `name` is UTF-8 and ends in NUL;
    // consumes nothing; 0, or -1 with an exception set.
    let status = unsafe {
        ffi::PyObject_SetAttrString(o.as_ptr(), name.as_ptr(), attr.as_ptr())
    };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: attach_attr_by_string

/// `PyObject_GetAttrString`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn retrieve_attr_by_string<'py>(
    o: &Bound<'py, PyAny>,
    name: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `o`, `name` is UTF-8 and ends in NUL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttrString(o.as_ptr(), name.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(o.py(), ret) }
}
// ANCHOR_END: by_string

// ANCHOR: retrieve_name
/// `o.name`, by a C string that the program contains.
#[pyfunction]
pub(crate) fn retrieve_name<'py>(
    o: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let name = c"name".as_ptr();
    // SAFETY: the caller owns `o`, `name` is UTF-8 and ends in NUL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttrString(o.as_ptr(), name) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(o.py(), ret) }
}
// ANCHOR_END: retrieve_name

// ANCHOR: del_attr
/// `PyObject_DelAttr`: 0, or -1 with an exception set.
#[pyfunction]
pub(crate) fn del_attr(
    o: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns both, a name that is no `str` ends in -1; 0, or
    // -1 with an exception set.
    let status = unsafe { ffi::PyObject_DelAttr(o.as_ptr(), name.as_ptr()) };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: del_attr

// ANCHOR: copy_attr
/// `to.name = o.name`
#[pyfunction]
pub(crate) fn copy_attr(
    o: &Bound<'_, PyAny>,
    to: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
) -> PyResult<()> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let attr = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    if attr.is_null() {
        return Err(PyErr::fetch(o.py()));
    }
    // SAFETY: the caller owns `to` and `name`, and we own `attr`; consumes
    // nothing; 0, or -1 with an exception set.
    let status =
        unsafe { ffi::PyObject_SetAttr(to.as_ptr(), name.as_ptr(), attr) };
    // SAFETY: we own `attr` and never use it again.
    unsafe { ffi::Py_DECREF(attr) };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(())
}
// ANCHOR_END: copy_attr

// ANCHOR: has_attr
/// `PyObject_HasAttr`: 1 or 0, and no exception, whatever happened.
#[pyfunction]
pub(crate) fn has_attr(o: &Bound<'_, PyAny>, name: &Bound<'_, PyAny>) -> bool {
    // SAFETY: the caller owns both; a number, nothing to release; 0 also where
    // the look-up failed, and then nothing is set.
    unsafe { ffi::PyObject_HasAttr(o.as_ptr(), name.as_ptr()) == 1 }
}
// ANCHOR_END: has_attr

// ANCHOR: has_attr_with_error
/// `PyObject_HasAttrWithError`: 1, 0, or -1 with an exception set.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn has_attr_with_error(
    o: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    // SAFETY: the caller owns both, a name that is no `str` ends in -1; a
    // number, nothing to release; -1 with an exception set.
    let status =
        unsafe { ffi::PyObject_HasAttrWithError(o.as_ptr(), name.as_ptr()) };
    if status == -1 {
        return Err(PyErr::fetch(o.py()));
    }
    Ok(status == 1)
}
// ANCHOR_END: has_attr_with_error

// ANCHOR: get_optional_attr
/// `PyObject_GetOptionalAttr`: 1 and a new reference, 0 and NULL, or -1 and
/// NULL with an exception set.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn get_optional_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyAny>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut ret = ptr::null_mut();
    // SAFETY: the caller owns both, `ret` is ours to write, a name that is no
    // `str` ends in -1; 1 and a new reference that we own, 0 and NULL, or -1
    // and NULL with an exception set.
    let status = unsafe {
        ffi::PyObject_GetOptionalAttr(o.as_ptr(), name.as_ptr(), &mut ret)
    };
    match status {
        -1 => Err(PyErr::fetch(o.py())),
        0 => Ok(default),
        // SAFETY: alive, and we hand over the reference we own.
        _ => Ok(unsafe { Bound::from_owned_ptr(o.py(), ret) }),
    }
}
// ANCHOR_END: get_optional_attr

// ANCHOR: attr_or_default
/// The attribute, or `default` where there is none.
#[pyfunction]
pub(crate) fn attr_or_default<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyAny>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns both, a name that is no `str` ends in NULL; a new
    // reference that we own, or NULL with an exception set.
    let ret = unsafe { ffi::PyObject_GetAttr(o.as_ptr(), name.as_ptr()) };
    if ret.is_null() {
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_AttributeError };
        // SAFETY: an exception is set, `class` lives as long as CPython; 1 or
        // 0.
        let missing = unsafe { ffi::PyErr_ExceptionMatches(class) };
        if missing == 0 {
            return Err(PyErr::fetch(o.py()));
        }
        // SAFETY: releases the exception; nothing is set any more.
        unsafe { ffi::PyErr_Clear() };
        return Ok(default);
    }
    // SAFETY: `ret` is alive, and we hand over the reference we own.
    Ok(unsafe { Bound::from_owned_ptr(o.py(), ret) })
}
// ANCHOR_END: attr_or_default
