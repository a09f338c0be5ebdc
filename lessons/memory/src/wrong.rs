//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use std::{ptr, slice};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::raw::{find, no_memory};

// ANCHOR: realloc_leaks_on_failure
/// What is left of `data` in a block that got another size.
#[pyfunction]
#[pyo3(signature = (data, new_size, family="mem"))]
pub(crate) fn realloc_leaks_on_failure<'py>(
    py: Python<'py>,
    data: &[u8],
    new_size: usize,
    family: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let family = find(family)?;
    // SAFETY: a block that we own, or NULL and no exception set.
    let old = unsafe { (family.malloc)(data.len()) };
    if old.is_null() {
        return Err(no_memory(py));
    }
    // SAFETY: the block has room for `data`, and nobody else knows it.
    unsafe { ptr::copy_nonoverlapping(data.as_ptr(), old.cast(), data.len()) };
    // SAFETY: `old` is ours and of this family. Consumes it and gives a block
    // that we own; or NULL, no exception set.
    let new = unsafe { (family.realloc)(old, new_size) };
    if new.is_null() {
        return Err(no_memory(py));
    }
    let kept = data.len().min(new_size) as ffi::Py_ssize_t;
    // SAFETY: `kept` bytes are initialised; a new reference that we own, or
    // NULL with an exception set.
    let copy = unsafe { ffi::PyBytes_FromStringAndSize(new.cast(), kept) };
    // SAFETY: `new` is ours and of this family; it ends here.
    unsafe { (family.free)(new) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, copy) }
}
// ANCHOR_END: realloc_leaks_on_failure

// ANCHOR: duplicate_overruns
/// A copy of `data` by way of a block that ends in NUL, as C likes it.
#[pyfunction]
pub(crate) fn duplicate_overruns<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a block that we own, or NULL and no exception set.
    let block = unsafe { ffi::PyMem_Malloc(data.len()) };
    if block.is_null() {
        return Err(no_memory(py));
    }
    let text: *mut u8 = block.cast();
    // SAFETY: the block has room for `data`, and nobody else knows it.
    unsafe { ptr::copy_nonoverlapping(data.as_ptr(), text, data.len()) };
    // SAFETY: the end of the block.
    unsafe { text.wrapping_add(data.len()).write(0) };
    let size = data.len() as ffi::Py_ssize_t;
    // SAFETY: the bytes are written; a new reference that we own, or NULL with
    // an exception set.
    let copy = unsafe { ffi::PyBytes_FromStringAndSize(text.cast(), size) };
    // SAFETY: the block is ours and of this family; it ends here.
    unsafe { ffi::PyMem_Free(block) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, copy) }
}
// ANCHOR_END: duplicate_overruns

// ANCHOR: duplicate_frees_by_wrong_family
/// A copy of `data` by way of a block that ends in NUL, as C likes it.
#[pyfunction]
pub(crate) fn duplicate_frees_by_wrong_family<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a block that we own, or NULL and no exception set.
    let block = unsafe { ffi::PyMem_Malloc(data.len() + 1) };
    if block.is_null() {
        return Err(no_memory(py));
    }
    let text: *mut u8 = block.cast();
    // SAFETY: the block has room for `data`, and nobody else knows it.
    unsafe { ptr::copy_nonoverlapping(data.as_ptr(), text, data.len()) };
    // SAFETY: the block has a byte more than `data`.
    unsafe { text.wrapping_add(data.len()).write(0) };
    let size = data.len() as ffi::Py_ssize_t;
    // SAFETY: the bytes are written; a new reference that we own, or NULL with
    // an exception set.
    let copy = unsafe { ffi::PyBytes_FromStringAndSize(text.cast(), size) };
    // SAFETY: the block is ours; it ends here.
    unsafe { ffi::PyObject_Free(block) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, copy) }
}
// ANCHOR_END: duplicate_frees_by_wrong_family

// ANCHOR: duplicate_reads_after_free
/// A copy of `data` by way of a block that ends in NUL, as C likes it.
#[pyfunction]
pub(crate) fn duplicate_reads_after_free<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a block that we own, or NULL and no exception set.
    let block = unsafe { ffi::PyMem_Malloc(data.len() + 1) };
    if block.is_null() {
        return Err(no_memory(py));
    }
    let text: *mut u8 = block.cast();
    // SAFETY: the block has room for `data`, and nobody else knows it.
    unsafe { ptr::copy_nonoverlapping(data.as_ptr(), text, data.len()) };
    // SAFETY: the block has a byte more than `data`.
    unsafe { text.wrapping_add(data.len()).write(0) };
    // SAFETY: the block is ours, of this family, and fully written.
    unsafe { ffi::PyMem_Free(block) };
    let size = data.len() as ffi::Py_ssize_t;
    // SAFETY: the bytes are written; a new reference that we own, or NULL with
    // an exception set.
    let copy = unsafe { ffi::PyBytes_FromStringAndSize(text.cast(), size) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, copy) }
}
// ANCHOR_END: duplicate_reads_after_free

// ANCHOR: calloc_without_zeros
/// The content of a new block of `nelem` elements.
#[pyfunction]
#[pyo3(signature = (nelem, elsize, family="mem"))]
pub(crate) fn calloc_without_zeros<'py>(
    py: Python<'py>,
    nelem: usize,
    elsize: usize,
    family: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let family = find(family)?;
    // SAFETY: a new block that we own, or NULL and no exception set.
    let block = unsafe { (family.malloc)(nelem * elsize) };
    if block.is_null() {
        return Err(no_memory(py));
    }
    let size = (nelem * elsize) as ffi::Py_ssize_t;
    // SAFETY: `size` bytes are initialised; a new reference that we own, or
    // NULL with an exception set.
    let copy = unsafe { ffi::PyBytes_FromStringAndSize(block.cast(), size) };
    // SAFETY: the block is ours and of this family; it ends here.
    unsafe { (family.free)(block) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, copy) }
}
// ANCHOR_END: calloc_without_zeros

// ANCHOR: calloc_aborts
/// The content of a new block of `nelem` elements.
#[pyfunction]
#[pyo3(signature = (nelem, elsize, family="mem"))]
pub(crate) fn calloc_aborts<'py>(
    py: Python<'py>,
    nelem: usize,
    elsize: usize,
    family: &str,
) -> PyResult<Bound<'py, PyAny>> {
    find(family)?;
    let block = vec![0; nelem * elsize];
    Ok(PyBytes::new(py, &block).into_any())
}
// ANCHOR_END: calloc_aborts

// ANCHOR: is_palindrome_detached_uses_mem
/// Whether `data` reads the same backwards; works detached.
#[pyfunction]
pub(crate) fn is_palindrome_detached_uses_mem(
    py: Python<'_>,
    data: &[u8],
) -> PyResult<bool> {
    let answer = py.detach(|| {
        // SAFETY: touches no object; a block that we own, or NULL.
        let block = unsafe { ffi::PyMem_Malloc(data.len()) };
        if block.is_null() {
            return None;
        }
        let copy: *mut u8 = block.cast();
        for (i, byte) in data.iter().rev().enumerate() {
            // SAFETY: `i` is less than the size of the block.
            unsafe { copy.wrapping_add(i).write(*byte) };
        }
        // SAFETY: as many bytes as `data` has are written, and they are ours.
        let backwards = unsafe { slice::from_raw_parts(copy, data.len()) };
        let same = backwards == data;
        // SAFETY: touches no object; the block is ours; it ends here.
        unsafe { ffi::PyMem_Free(block) };
        Some(same)
    });
    answer.ok_or_else(|| no_memory(py))
}
// ANCHOR_END: is_palindrome_detached_uses_mem
