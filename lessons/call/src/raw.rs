//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and none
//! detaches. The SAFETY comments say the rest: who owns what, and what NULL or
//! -1 means.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

// ANCHOR: function_call
/// `PyObject_Call`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (callable, args, kw=None))]
pub(crate) fn function_call<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let kw = kw.map_or(ptr::null_mut(), |kw| kw.as_ptr());
    // SAFETY: the caller owns all, `args` is a tuple, `kw` a dict or NULL; a
    // new reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_Call(callable.as_ptr(), args.as_ptr(), kw) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: function_call

// ANCHOR: call_object
/// `PyObject_CallObject`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (callable, args=None))]
pub(crate) fn call_object<'py>(
    callable: &Bound<'py, PyAny>,
    args: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let args = args.map_or(ptr::null_mut(), |args| args.as_ptr());
    // SAFETY: the caller owns both or `args` NULL; what is no tuple ends in
    // NULL and TypeError; a new reference that we own, or NULL.
    let result = unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(callable.py(), result) }
}
// ANCHOR_END: call_object

// ANCHOR: call_no_args
/// `PyObject_CallNoArgs`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn call_no_args<'py>(
    callable: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `callable`; a new reference that we own, or NULL
    // with an exception set.
    let result = unsafe { ffi::PyObject_CallNoArgs(callable.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(callable.py(), result) }
}
// ANCHOR_END: call_no_args

// ANCHOR: call_one_arg
/// `PyObject_CallOneArg`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn call_one_arg<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns them while we run; consumes nothing; a new
    // reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallOneArg(callable.as_ptr(), arg.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(callable.py(), result) }
}
// ANCHOR_END: call_one_arg

// ANCHOR: pack_and_call
/// Calls with a tuple of our own: a new reference, or NULL with an exception.
#[pyfunction]
pub(crate) fn pack_and_call<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    // SAFETY: the caller owns `arg`; consumes nothing: the tuple takes a
    // reference of its own; a new reference that we own, or NULL.
    let args = unsafe { ffi::PyTuple_Pack(1, arg.as_ptr()) };
    if args.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: the caller owns `callable`, and we own `args`, a tuple; consumes
    // nothing; a new reference that we own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args) };
    // SAFETY: releases the tuple that we own; `args` ends here.
    unsafe { ffi::Py_DECREF(args) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: pack_and_call

/// `PY_VECTORCALL_ARGUMENTS_OFFSET`, which `pyo3::ffi` exports from 3.12 on.
const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

// ANCHOR: vectorcall
/// `PyObject_Vectorcall`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn vectorcall<'py>(
    callable: &Bound<'py, PyAny>,
    first: &Bound<'py, PyAny>,
    second: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let mut array = [ptr::null_mut(), first.as_ptr(), second.as_ptr()];
    let size = 2 | ARGUMENTS_OFFSET;
    // SAFETY: in bounds: the array has a place before the arguments.
    let args = unsafe { array.as_mut_ptr().add(1) };
    // SAFETY: the caller owns them while we run; `args` points at as many as
    // `size` says, and the callee may use the place before; consumes nothing; a
    // new reference that we own, or NULL.
    let result = unsafe {
        ffi::PyObject_Vectorcall(callable.as_ptr(), args, size, ptr::null_mut())
    };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: vectorcall

// ANCHOR: vectorcall_keyword
/// `PyObject_Vectorcall`, whose last argument has a name.
#[pyfunction]
pub(crate) fn vectorcall_keyword<'py>(
    callable: &Bound<'py, PyAny>,
    arg: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    value: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    // SAFETY: the caller owns `name`; a new reference that we own, or NULL.
    let names = unsafe { ffi::PyTuple_Pack(1, name.as_ptr()) };
    if names.is_null() {
        return Err(PyErr::fetch(py));
    }
    let args = [arg.as_ptr(), value.as_ptr()];
    // SAFETY: we own `names`, and the caller the rest; `names` is a tuple of
    // `str`, one for each argument after the first; consumes nothing; a new
    // reference, or NULL.
    let result = unsafe {
        ffi::PyObject_Vectorcall(callable.as_ptr(), args.as_ptr(), 1, names)
    };
    // SAFETY: releases the tuple that we own; `names` ends here.
    unsafe { ffi::Py_DECREF(names) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: vectorcall_keyword

// ANCHOR: call_method_one_arg
/// `PyObject_CallMethodOneArg`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn call_method_one_arg<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let (o, name, arg) = (object.as_ptr(), name.as_ptr(), arg.as_ptr());
    // SAFETY: the caller owns all, `name` is a `str`; consumes nothing; a new
    // reference that we own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_CallMethodOneArg(o, name, arg) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(object.py(), result) }
}
// ANCHOR_END: call_method_one_arg

// ANCHOR: get_and_call
/// Gets the attribute and calls it: a new reference, or NULL with an exception.
#[pyfunction]
pub(crate) fn get_and_call<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    arg: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    // SAFETY: the caller owns both, `name` is a `str`; a new reference that we
    // own, or NULL with an exception set.
    let method =
        unsafe { ffi::PyObject_GetAttr(object.as_ptr(), name.as_ptr()) };
    if method.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: we own `method`, and the caller `arg`; consumes nothing; a new
    // reference that we own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_CallOneArg(method, arg.as_ptr()) };
    // SAFETY: releases the attribute that we own; `method` ends here.
    unsafe { ffi::Py_DECREF(method) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: get_and_call

// ANCHOR: forward
/// `callable(*args, **kw)`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (callable, /, *args, **kw))]
pub(crate) fn forward<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kw: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let kw = kw.map_or(ptr::null_mut(), |kw| kw.as_ptr());
    // SAFETY: the caller owns all, `args` is a tuple, `kw` a dict or NULL; a
    // new reference that we own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_Call(callable.as_ptr(), args.as_ptr(), kw) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: forward

// ANCHOR: make_last
/// The last of `size` arguments: a new reference, or NULL with an exception.
unsafe extern "C" fn last(
    _module: *mut ffi::PyObject,
    args: *mut *mut ffi::PyObject,
    size: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    if size == 0 {
        // SAFETY: filled in before any module loads, never changed; borrowed.
        let class = unsafe { ffi::PyExc_TypeError };
        let text = c"last() takes an argument".as_ptr();
        // SAFETY: an exception class, and NUL ends the text.
        unsafe { ffi::PyErr_SetString(class, text) };
        return ptr::null_mut();
    }
    // SAFETY: in bounds: `args` points at `size` pointers until we return.
    let place = unsafe { args.offset(size - 1) };
    // SAFETY: the same; the caller owns what the pointer points at.
    let last = unsafe { *place };
    // SAFETY: alive until we return; makes the reference that we give back.
    unsafe { ffi::Py_INCREF(last) };
    last
}

/// What CPython knows of `last`; never changed.
static mut LAST: ffi::PyMethodDef = ffi::PyMethodDef {
    ml_name: c"last".as_ptr(),
    ml_meth: ffi::PyMethodDefPointer { PyCFunctionFast: last },
    ml_flags: ffi::METH_FASTCALL,
    ml_doc: ptr::null(),
};

/// A function object for `last`: a new reference, or NULL with an exception.
#[pyfunction]
pub(crate) fn make_last(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let (method, no) = (&raw mut LAST, ptr::null_mut());
    // SAFETY: the table is valid for good; no `self` and no module to own; a
    // new reference that we own, or NULL with an exception set.
    let function = unsafe { ffi::PyCFunction_NewEx(method, no, no) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, function) }
}
// ANCHOR_END: make_last
