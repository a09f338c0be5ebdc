//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

mod allocator;
mod domain;
mod hook;
mod install;
mod installed;
mod seen;
mod turn;

use std::ffi::CStr;
use std::num::NonZeroUsize;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

pub(crate) use allocator::{
    Allocator, Malloc, Pointer, get_allocator, set_allocator,
};
pub(crate) use domain::Domain;
pub(crate) use hook::{HOOKS, Hook, Place, Which, for_each_hook};
pub(crate) use install::{
    alone, install, install_all, not_in_front, uninstall, uninstall_all,
};
pub(crate) use installed::{
    Installed, counts, install_by_name, uninstall_installed,
};
pub(crate) use seen::Counts;
pub(crate) use turn::Turn;

/// A RuntimeError; a MemoryError if there is no memory for its text.
pub(crate) fn runtime_error(py: Python<'_>, text: &CStr) -> PyErr {
    // SAFETY: CPython sets it before any extension is loaded, and never again.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: `class` is alive, `text` ends in NUL; copies it.
    unsafe { ffi::PyErr_SetString(class, text.as_ptr()) };
    PyErr::fetch(py)
}

// ANCHOR: count
/// What arrives at a domain during `callable(*args)`, before its result dies.
#[pyfunction]
#[pyo3(signature = (callable, /, *args, domain="object"))]
pub(crate) fn count(
    callable: &Bound<'_, PyAny>,
    args: &Bound<'_, PyTuple>,
    domain: &str,
) -> PyResult<Counts> {
    let py = callable.py();
    let hook = install(py, Domain::find(py, domain)?, Which::All)?;
    // SAFETY: both alive, `args` is a tuple; a new reference that we own, or
    // NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let counts = uninstall(py, hook);
    // SAFETY: NULL with an exception set, or a reference that we own.
    drop(unsafe { Bound::from_owned_ptr_or_err(py, result) }?);
    counts.ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: count

// ANCHOR: count_all
/// What CPython asks for in all domains during `callable(*args)`.
#[pyfunction]
#[pyo3(signature = (callable, /, *args))]
pub(crate) fn count_all(
    callable: &Bound<'_, PyAny>,
    args: &Bound<'_, PyTuple>,
) -> PyResult<Counts> {
    let py = callable.py();
    let _turn = Turn::take(py)?;
    let hooks = install_all(py, Which::Outermost)?;
    // SAFETY: both alive, `args` is a tuple; a new reference that we own, or
    // NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let counts = uninstall_all(py, &hooks);
    // SAFETY: NULL with an exception set, or a reference that we own.
    drop(unsafe { Bound::from_owned_ptr_or_err(py, result) }?);
    counts.ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: count_all

// ANCHOR: fail_nth
/// `callable(*args)` while a domain refuses this thread's `n`-th request.
#[pyfunction]
#[pyo3(signature = (n, callable, /, *args, domain="object"))]
pub(crate) fn fail_nth<'py>(
    n: NonZeroUsize,
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    domain: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let hook = install(py, Domain::find(py, domain)?, Which::All)?;
    hook.refuse(n.get());
    // SAFETY: both alive, `args` is a tuple; a new reference that we own, or
    // NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let removed = uninstall(py, hook);
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    let result = unsafe { Bound::from_owned_ptr_or_err(py, result) }?;
    removed.map(|_| result).ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: fail_nth

/// `PyBytes_FromStringAndSize`: a new reference, or NULL with an exception set.
pub(crate) fn new_bytes(_py: Python<'_>, data: &[u8]) -> *mut ffi::PyObject {
    let (start, size) = (data.as_ptr().cast(), data.len() as ffi::Py_ssize_t);
    // SAFETY: copies `size` bytes; a new reference that we hand over, or NULL
    // with an exception set.
    unsafe { ffi::PyBytes_FromStringAndSize(start, size) }
}

// ANCHOR: swap_halves
/// The second half of `data`, then the first.
#[pyfunction]
pub(crate) fn swap_halves<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let (left, right) = data.split_at(data.len() / 2);
    let left = new_bytes(py, left);
    if left.is_null() {
        return Err(PyErr::fetch(py));
    }
    let right = new_bytes(py, right);
    if right.is_null() {
        // SAFETY: `left` is ours, and ends here.
        unsafe { ffi::Py_DECREF(left) };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: both alive; a new reference that we own, or NULL with an
    // exception set.
    let swapped = unsafe { ffi::PySequence_Concat(right, left) };
    // SAFETY: `left` is ours, and ends here.
    unsafe { ffi::Py_DECREF(left) };
    // SAFETY: `right` is ours, and ends here.
    unsafe { ffi::Py_DECREF(right) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, swapped) }
}
// ANCHOR_END: swap_halves

/// Asks for a block of `size` bytes while detached, and frees it.
#[pyfunction]
pub(crate) fn ask_detached(py: Python<'_>, size: usize) -> PyResult<()> {
    let given = py.detach(|| {
        // SAFETY: needs no attached thread; a block that we own, or NULL.
        let block = unsafe { ffi::PyMem_RawMalloc(size) };
        // SAFETY: needs no attached thread; ours or NULL; it ends here.
        unsafe { ffi::PyMem_RawFree(block) };
        !block.is_null()
    });
    if !given {
        // SAFETY: sets a MemoryError and always returns NULL.
        unsafe { ffi::PyErr_NoMemory() };
        return Err(PyErr::fetch(py));
    }
    Ok(())
}
