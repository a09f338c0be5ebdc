//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use std::ptr;
use std::sync::atomic::Ordering::Relaxed;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::raw::{
    Allocator, Counts, Domain, HOOKS, Hook, Installed, Malloc, Place, Pointer,
    Turn, Which, alone, for_each_hook, install, install_all, new_bytes,
    not_in_front, set_allocator, uninstall, uninstall_all,
};

// ANCHOR: count_all_counts_twice
/// What CPython asks for in all domains during `callable(*args)`.
#[pyfunction]
#[pyo3(signature = (callable, /, *args))]
pub(crate) fn count_all_counts_twice(
    callable: &Bound<'_, PyAny>,
    args: &Bound<'_, PyTuple>,
) -> PyResult<Counts> {
    let py = callable.py();
    let _turn = Turn::take(py)?;
    let hooks = install_all(py, Which::All)?;
    // SAFETY: both alive, `args` is a tuple; a new reference that we own, or
    // NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let counts = uninstall_all(py, &hooks);
    // SAFETY: NULL with an exception set, or a reference that we own.
    drop(unsafe { Bound::from_owned_ptr_or_err(py, result) }?);
    counts.ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: count_all_counts_twice

// ANCHOR: swap_halves_leaks_when_memory_ends
/// The second half of `data`, then the first.
#[pyfunction]
pub(crate) fn swap_halves_leaks_when_memory_ends<'py>(
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
// ANCHOR_END: swap_halves_leaks_when_memory_ends

// ANCHOR: malloc_calls_python
extern "C" fn malloc_calls_python<const N: usize>(
    ctx: Pointer,
    size: usize,
) -> Pointer {
    let hook = &HOOKS[N];
    if hook.refuses() {
        return ptr::null_mut();
    }
    // SAFETY: a new reference that we own, or NULL.
    let note = unsafe { ffi::PyUnicode_FromString(c"asked".as_ptr()) };
    // SAFETY: ours or NULL; it ends here.
    unsafe { ffi::Py_XDECREF(note) };
    let (block, counts) = hook.pass_on(|inner| (inner.malloc)(ctx, size));
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(size, Relaxed);
    }
    block
}
// ANCHOR_END: malloc_calls_python

// ANCHOR: uninstall_out_of_order
/// Takes the hook away, if it stands in front; raises nothing if it does not.
pub(crate) fn uninstall_out_of_order(
    py: Python<'_>,
    hook: &Hook,
) -> Option<Counts> {
    let _alone = alone(py);
    hook.refuse(0);
    let Place { domain, inner, .. } = hook.place();
    // SAFETY: the hook in front passes on to `inner`, with the same `ctx`.
    unsafe { set_allocator(py, *domain, inner) };
    hook.on.store(false, Relaxed);
    Some(hook.counts())
}
// ANCHOR_END: uninstall_out_of_order

/// Takes the hook away, whoever stands in front.
#[pyfunction]
#[pyo3(name = "uninstall_out_of_order")]
pub(crate) fn uninstall_installed_out_of_order(
    hook: &Bound<'_, Installed>,
) -> PyResult<Counts> {
    let py = hook.py();
    uninstall_out_of_order(py, hook.get().hook).ok_or_else(|| not_in_front(py))
}

/// What arrives at the object domain, by a hook that calls Python.
#[pyfunction]
#[pyo3(name = "malloc_calls_python", signature = (callable, /, *args))]
pub(crate) fn count_by_malloc_that_calls_python(
    callable: &Bound<'_, PyAny>,
    args: &Bound<'_, PyTuple>,
) -> PyResult<Counts> {
    static MALLOC: [Malloc; HOOKS.len()] = for_each_hook!(malloc_calls_python);
    let py = callable.py();
    let hook = install(py, Domain::Object, Which::All)?;
    let malloc = MALLOC[hook.place().number];
    // SAFETY: the same hook with another `malloc`, which passes on as well.
    unsafe {
        set_allocator(
            py,
            Domain::Object,
            &Allocator { malloc, ..hook.as_allocator() },
        )
    };
    let result = callable.call1(args);
    let counts = uninstall(py, hook);
    result.and_then(|_| counts.ok_or_else(|| not_in_front(py)))
}
