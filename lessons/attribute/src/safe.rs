//! The same in safe PyO3.

use pyo3::exceptions::PyAttributeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;

// ANCHOR: attr
/// `o.name = attr`
#[pyfunction]
pub(crate) fn attach_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    attr: &Bound<'py, PyAny>,
) -> PyResult<()> {
    o.setattr(name, attr)
}

/// `o.name`
#[pyfunction]
pub(crate) fn retrieve_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    o.getattr(name)
}
// ANCHOR_END: attr

// ANCHOR: by_string
/// `o.name = attr`, by a name in Rust.
#[pyfunction]
pub(crate) fn attach_attr_by_string<'py>(
    o: &Bound<'py, PyAny>,
    name: &str,
    attr: &Bound<'py, PyAny>,
) -> PyResult<()> {
    o.setattr(PyString::from_bytes(o.py(), name.as_bytes())?, attr)
}

/// `o.name`, by a name in Rust.
#[pyfunction]
pub(crate) fn retrieve_attr_by_string<'py>(
    o: &Bound<'py, PyAny>,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    o.getattr(PyString::from_bytes(o.py(), name.as_bytes())?)
}
// ANCHOR_END: by_string

// ANCHOR: retrieve_name
/// `o.name`, by a name that is made once.
#[pyfunction]
pub(crate) fn retrieve_name<'py>(
    o: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    o.getattr(intern!(o.py(), "name"))
}
// ANCHOR_END: retrieve_name

// ANCHOR: del_attr
/// `del o.name`
#[pyfunction]
pub(crate) fn del_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<()> {
    o.delattr(name)
}
// ANCHOR_END: del_attr

// ANCHOR: copy_attr
/// `to.name = o.name`
#[pyfunction]
pub(crate) fn copy_attr<'py>(
    o: &Bound<'py, PyAny>,
    to: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<()> {
    to.setattr(name, o.getattr(name)?)
}
// ANCHOR_END: copy_attr

// ANCHOR: has_attr
/// Whether `o` has the attribute, or why that cannot be said.
#[pyfunction]
pub(crate) fn has_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<bool> {
    o.hasattr(name)
}
// ANCHOR_END: has_attr

// ANCHOR: get_optional_attr
/// The attribute, or `default` where there is none.
#[pyfunction]
pub(crate) fn get_optional_attr<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    Ok(o.getattr_opt(name)?.unwrap_or(default))
}
// ANCHOR_END: get_optional_attr

/// The attribute, or `default` where there is none, without `getattr_opt`.
#[pyfunction]
pub(crate) fn attr_or_default<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    default: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    match o.getattr(name) {
        Err(error) if error.is_instance_of::<PyAttributeError>(o.py()) => {
            Ok(default)
        }
        result => result,
    }
}

// ANCHOR: attr_or_default_always
/// The attribute, or `default` whatever happened.
#[pyfunction]
pub(crate) fn attr_or_default_always<'py>(
    o: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    default: Bound<'py, PyAny>,
) -> Bound<'py, PyAny> {
    o.getattr(name).unwrap_or(default)
}
// ANCHOR_END: attr_or_default_always
