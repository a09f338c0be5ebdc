//! What serves a domain, and how it is asked for and changed.

use std::ffi::c_void;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

use super::{Domain, runtime_error};

/// What C calls `void *`: a block, or a `ctx`.
pub(crate) type Pointer = *mut c_void;

pub(crate) type Malloc = extern "C" fn(Pointer, usize) -> Pointer;
pub(crate) type Calloc = extern "C" fn(Pointer, usize, usize) -> Pointer;
pub(crate) type Realloc = extern "C" fn(Pointer, Pointer, usize) -> Pointer;
pub(crate) type Free = extern "C" fn(Pointer, Pointer);

/// `PyMemAllocatorEx` with four functions that are there.
#[derive(Clone, Copy)]
pub(crate) struct Allocator {
    pub(crate) ctx: Pointer,
    pub(crate) malloc: Malloc,
    pub(crate) calloc: Calloc,
    pub(crate) realloc: Realloc,
    pub(crate) free: Free,
}

// SAFETY: we only hand `ctx` to the functions that it came with, and CPython
// calls those from any thread.
unsafe impl Send for Allocator {}
// SAFETY: as above; nobody writes to an `Allocator`.
unsafe impl Sync for Allocator {}

impl Allocator {
    /// Whether both are the same in every word.
    pub(super) fn same(&self, other: &Allocator) -> bool {
        self.ctx == other.ctx
            && ptr::fn_addr_eq(self.malloc, other.malloc)
            && ptr::fn_addr_eq(self.calloc, other.calloc)
            && ptr::fn_addr_eq(self.realloc, other.realloc)
            && ptr::fn_addr_eq(self.free, other.free)
    }

    fn in_c(&self) -> ffi::PyMemAllocatorEx {
        ffi::PyMemAllocatorEx {
            ctx: self.ctx,
            malloc: Some(self.malloc),
            calloc: Some(self.calloc),
            realloc: Some(self.realloc),
            free: Some(self.free),
        }
    }
}

/// A struct for CPython to fill.
const EMPTY: ffi::PyMemAllocatorEx = ffi::PyMemAllocatorEx {
    ctx: ptr::null_mut(),
    malloc: None,
    calloc: None,
    realloc: None,
    free: None,
};

// ANCHOR: get_allocator
/// `PyMem_GetAllocator`: copies the domain's five words to us; cannot fail.
pub(crate) fn get_allocator(
    py: Python<'_>,
    domain: Domain,
) -> PyResult<Allocator> {
    let mut found = EMPTY;
    // SAFETY: `found` is ours, and CPython writes all of it.
    unsafe { ffi::PyMem_GetAllocator(domain.in_c(), &mut found) };
    let ctx = found.ctx;
    match (found.malloc, found.calloc, found.realloc, found.free) {
        (Some(malloc), Some(calloc), Some(realloc), Some(free)) => {
            Ok(Allocator { ctx, malloc, calloc, realloc, free })
        }
        _ => Err(runtime_error(py, c"an allocator with a hole")),
    }
}
// ANCHOR_END: get_allocator

/// Whether `free` is what the domain calls now, also where nobody is attached.
pub(super) fn is_in_front(domain: Domain, free: Free) -> bool {
    let mut found = EMPTY;
    // SAFETY: needs no attached thread; `found` is ours, and all written.
    unsafe { ffi::PyMem_GetAllocator(domain.in_c(), &mut found) };
    found.free.is_some_and(|found| ptr::fn_addr_eq(found, free))
}

// ANCHOR: set_allocator
/// `PyMem_SetAllocator`: copies our five words to the domain; cannot fail.
///
/// # Safety
///
/// The functions of `new` pass on to those that are there, or those that are
/// there pass on to them; on any thread, for ever. `new.ctx` is the `ctx` that
/// is there, because a thread that asks meanwhile may read one word of the old
/// five and one of the new.
pub(crate) unsafe fn set_allocator(
    _py: Python<'_>,
    domain: Domain,
    new: &Allocator,
) {
    // SAFETY: CPython copies from `in_c`; the rest, our caller says.
    unsafe { ffi::PyMem_SetAllocator(domain.in_c(), &mut new.in_c()) };
}
// ANCHOR_END: set_allocator
