//! The same in safe PyO3.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

// ANCHOR: function_call
/// `callable(*args, **kw)`.
#[pyfunction]
#[pyo3(signature = (callable, args, kw=None))]
pub(crate) fn function_call<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    callable.call(args, kw)
}
// ANCHOR_END: function_call

// ANCHOR: call_object
/// `callable(*args)`, or `callable()`.
#[pyfunction]
#[pyo3(signature = (callable, args=None))]
pub(crate) fn call_object<'py>(
    callable: &Bound<'py, PyAny>,
    args: Option<&Bound<'py, PyTuple>>,
) -> PyResult<Bound<'py, PyAny>> {
    match args {
        Some(args) => callable.call1(args),
        None => callable.call0(),
    }
}
// ANCHOR_END: call_object

// ANCHOR: call_no_args
/// `callable()`.
#[pyfunction]
pub(crate) fn call_no_args<'py>(
    callable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    callable.call0()
}
// ANCHOR_END: call_no_args

// ANCHOR: call_one_arg
/// `callable(arg)`, from a Rust tuple.
#[pyfunction]
pub(crate) fn call_one_arg<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    callable.call1((arg,))
}

/// `callable(arg)`, from a Python tuple.
#[pyfunction]
pub(crate) fn pack_and_call<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    callable.call1(PyTuple::new(callable.py(), [arg])?)
}
// ANCHOR_END: call_one_arg

// ANCHOR: vectorcall
/// `callable(first, second)`.
#[pyfunction]
pub(crate) fn vectorcall<'py>(
    callable: &Bound<'py, PyAny>,
    first: &Bound<'py, PyAny>,
    second: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    callable.call1((first, second))
}

/// `callable(arg, **{name: value})`.
#[pyfunction]
pub(crate) fn vectorcall_keyword<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    value: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let kw = PyDict::new(callable.py());
    kw.set_item(name, value)?;
    callable.call((arg,), Some(&kw))
}
// ANCHOR_END: vectorcall

// ANCHOR: call_method_one_arg
/// `object.name(arg)`.
#[pyfunction]
pub(crate) fn call_method_one_arg<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    object.call_method1(name, (arg,))
}

/// `method = object.name`, and then `method(arg)`.
#[pyfunction]
pub(crate) fn get_and_call<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    object.getattr(name)?.call1((arg,))
}
// ANCHOR_END: call_method_one_arg

// ANCHOR: forward
/// `callable(*args, **kw)`.
#[pyfunction]
#[pyo3(signature = (callable, /, *args, **kw))]
pub(crate) fn forward<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    callable.call(args, kw)
}
// ANCHOR_END: forward

// ANCHOR: call_or_none
/// `callable()`, and `None` for whatever goes wrong.
#[pyfunction]
pub(crate) fn call_or_none<'py>(
    callable: &Bound<'py, PyAny>,
) -> Option<Bound<'py, PyAny>> {
    callable.call0().ok()
}
// ANCHOR_END: call_or_none

// ANCHOR: last
/// The last of the arguments.
#[pyfunction]
#[pyo3(signature = (*args))]
pub(crate) fn last<'py>(
    args: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(index) = args.len().checked_sub(1) else {
        return Err(PyTypeError::new_err("last() takes an argument"));
    };
    args.get_item(index)
}
// ANCHOR_END: last
