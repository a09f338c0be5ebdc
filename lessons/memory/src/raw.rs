//! The C API, called as C calls it.
//!
//! Attached: PyO3 calls each function here with its thread attached, and its
//! arguments live while it runs; what stands in `py.detach` is not. The SAFETY
//! comments say the rest: who owns what, and what NULL or -1 means.

use std::ffi::c_void;
use std::marker::PhantomData;
use std::{ptr, slice};

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: families
/// Four functions that belong together: `free` takes what the others gave.
pub(crate) struct Family {
    pub(crate) malloc: unsafe extern "C" fn(usize) -> *mut c_void,
    pub(crate) calloc: unsafe extern "C" fn(usize, usize) -> *mut c_void,
    pub(crate) realloc: unsafe extern "C" fn(*mut c_void, usize) -> *mut c_void,
    pub(crate) free: unsafe extern "C" fn(*mut c_void),
}

static RAW: Family = Family {
    malloc: ffi::PyMem_RawMalloc,
    calloc: ffi::PyMem_RawCalloc,
    realloc: ffi::PyMem_RawRealloc,
    free: ffi::PyMem_RawFree,
};
static MEM: Family = Family {
    malloc: ffi::PyMem_Malloc,
    calloc: ffi::PyMem_Calloc,
    realloc: ffi::PyMem_Realloc,
    free: ffi::PyMem_Free,
};
#[cfg(not(Py_GIL_DISABLED))]
static OBJECT: Family = Family {
    malloc: ffi::PyObject_Malloc,
    calloc: ffi::PyObject_Calloc,
    realloc: ffi::PyObject_Realloc,
    free: ffi::PyObject_Free,
};
// ANCHOR_END: families

/// The family called `name`.
pub(crate) fn find(name: &str) -> PyResult<&'static Family> {
    match name {
        "raw" => Ok(&RAW),
        "mem" => Ok(&MEM),
        #[cfg(not(Py_GIL_DISABLED))]
        "object" => Ok(&OBJECT),
        #[cfg(Py_GIL_DISABLED)]
        "object" => Err(PyValueError::new_err("for Python objects only")),
        _ => Err(PyValueError::new_err("no such family")),
    }
}

// ANCHOR: no_memory
/// NULL from these functions sets no exception, so we do.
pub(crate) fn no_memory(py: Python<'_>) -> PyErr {
    // SAFETY: sets a MemoryError and always returns NULL.
    unsafe { ffi::PyErr_NoMemory() };
    PyErr::fetch(py)
}
// ANCHOR_END: no_memory

// ANCHOR: duplicate
/// A copy of `data` by way of a block that ends in NUL, as C likes it.
#[pyfunction]
pub(crate) fn duplicate<'py>(
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
    // SAFETY: the block is ours and of this family; it ends here.
    unsafe { ffi::PyMem_Free(block) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, copy) }
}
// ANCHOR_END: duplicate

// ANCHOR: distinct
/// Whether two blocks of `size` bytes, owned at once, have two addresses.
#[pyfunction]
#[pyo3(signature = (size, family="mem"))]
pub(crate) fn distinct(
    py: Python<'_>,
    size: usize,
    family: &str,
) -> PyResult<bool> {
    let family = find(family)?;
    // SAFETY: a block that we own, or NULL and no exception set.
    let first = unsafe { (family.malloc)(size) };
    if first.is_null() {
        return Err(no_memory(py));
    }
    // SAFETY: a block that we own, or NULL and no exception set.
    let second = unsafe { (family.malloc)(size) };
    // SAFETY: `first` is ours and of this family; it ends here.
    unsafe { (family.free)(first) };
    if second.is_null() {
        return Err(no_memory(py));
    }
    // SAFETY: `second` is ours and of this family; it ends here.
    unsafe { (family.free)(second) };
    Ok(first != second)
}
// ANCHOR_END: distinct

// ANCHOR: calloc
/// The content of a new block of `nelem` elements.
#[pyfunction]
#[pyo3(signature = (nelem, elsize, family="mem"))]
pub(crate) fn calloc<'py>(
    py: Python<'py>,
    nelem: usize,
    elsize: usize,
    family: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let family = find(family)?;
    // SAFETY: a block that we own, all zero, or NULL and no exception set,
    // also where the product does not fit.
    let block = unsafe { (family.calloc)(nelem, elsize) };
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
// ANCHOR_END: calloc

// ANCHOR: realloc
/// What is left of `data` in a block that got another size.
#[pyfunction]
#[pyo3(signature = (data, new_size, family="mem"))]
pub(crate) fn realloc<'py>(
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
    // that we own; or NULL, no exception set, and `old` is still ours.
    let new = unsafe { (family.realloc)(old, new_size) };
    if new.is_null() {
        // SAFETY: `old` is ours and of this family; it ends here.
        unsafe { (family.free)(old) };
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
// ANCHOR_END: realloc

// ANCHOR: is_palindrome_detached
/// Whether `data` reads the same backwards; works detached.
#[pyfunction]
pub(crate) fn is_palindrome_detached(
    py: Python<'_>,
    data: &[u8],
) -> PyResult<bool> {
    let answer = py.detach(|| {
        // SAFETY: needs no attached thread; a block that we own, or NULL.
        let block = unsafe { ffi::PyMem_RawMalloc(data.len()) };
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
        // SAFETY: needs no attached thread; the block is ours; it ends here.
        unsafe { ffi::PyMem_RawFree(block) };
        Some(same)
    });
    answer.ok_or_else(|| no_memory(py))
}
// ANCHOR_END: is_palindrome_detached

// ANCHOR: block
/// A block that we own, with the family that frees it.
struct Block<'py> {
    start: *mut c_void,
    family: &'static Family,
    py: PhantomData<Python<'py>>,
}

impl<'py> Block<'py> {
    fn new(
        py: Python<'py>,
        size: usize,
        family: &'static Family,
    ) -> PyResult<Block<'py>> {
        // SAFETY: a block that we own, or NULL and no exception set.
        let start = unsafe { (family.malloc)(size) };
        if start.is_null() {
            return Err(no_memory(py));
        }
        Ok(Block { start, family, py: PhantomData })
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {
        // SAFETY: attached, as `'py` says; ours, of this family; it ends here.
        unsafe { (self.family.free)(self.start) };
    }
}
// ANCHOR_END: block

// ANCHOR: while_held
/// What `look()` returns while we own a hundred blocks of `size` bytes.
#[pyfunction]
#[pyo3(signature = (look, size, family="mem"))]
pub(crate) fn while_held<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
    family: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let family = find(family)?;
    let mut blocks = [const { None }; 100];
    for block in &mut blocks {
        *block = Some(Block::new(look.py(), size, family)?);
    }
    look.call0()
}
// ANCHOR_END: while_held
