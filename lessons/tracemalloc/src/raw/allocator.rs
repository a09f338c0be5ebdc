//! What serves a domain, and how it is asked for and changed.

use std::ffi::c_void;
use std::ptr;

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi;
use pyo3::ffi::PyMemAllocatorDomain::{
    self, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_RAW,
};
use pyo3::prelude::*;

/// All domains.
pub(crate) const DOMAINS: [PyMemAllocatorDomain; 3] =
    [PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ];

/// What C calls `void *`: a block, or a `ctx`.
pub(super) type Pointer = *mut c_void;

pub(super) type Malloc = extern "C" fn(Pointer, usize) -> Pointer;
pub(super) type Calloc = extern "C" fn(Pointer, usize, usize) -> Pointer;
pub(super) type Realloc = extern "C" fn(Pointer, Pointer, usize) -> Pointer;
pub(super) type Free = extern "C" fn(Pointer, Pointer);

/// `PyMemAllocatorEx` with all its functions there.
#[derive(Clone, Copy)]
pub(crate) struct Allocator {
    pub(super) ctx: Pointer,
    pub(super) malloc: Malloc,
    pub(super) calloc: Calloc,
    pub(super) realloc: Realloc,
    pub(super) free: Free,
}

// SAFETY: `ctx` only goes back to the functions it came with, which CPython
// calls from any thread.
unsafe impl Send for Allocator {}
// SAFETY: as above; nobody writes to an `Allocator`.
unsafe impl Sync for Allocator {}

impl PartialEq for Allocator {
    fn eq(&self, other: &Allocator) -> bool {
        self.ctx == other.ctx
            && ptr::fn_addr_eq(self.malloc, other.malloc)
            && ptr::fn_addr_eq(self.calloc, other.calloc)
            && ptr::fn_addr_eq(self.realloc, other.realloc)
            && ptr::fn_addr_eq(self.free, other.free)
    }
}

impl Allocator {
    /// `PyMem_GetAllocator`: copies what serves `domain` now; cannot fail.
    pub(crate) fn get(
        _py: Python<'_>,
        domain: PyMemAllocatorDomain,
    ) -> PyResult<Allocator> {
        let mut found = ffi::PyMemAllocatorEx {
            ctx: ptr::null_mut(),
            malloc: None,
            calloc: None,
            realloc: None,
            free: None,
        };
        // SAFETY: `found` is ours, and CPython writes all of it.
        unsafe { ffi::PyMem_GetAllocator(domain, &mut found) };
        let ctx = found.ctx;
        match (found.malloc, found.calloc, found.realloc, found.free) {
            (Some(malloc), Some(calloc), Some(realloc), Some(free)) => {
                Ok(Allocator { ctx, malloc, calloc, realloc, free })
            }
            _ => Err(PyRuntimeError::new_err("an allocator with a hole")),
        }
    }

    /// `PyMem_SetAllocator`.
    ///
    /// # Safety
    ///
    /// The functions of `self` pass on to those that are there, or those that
    /// are there pass on to them; on any thread, for ever. `self.ctx` is the
    /// `ctx` that is there: a thread that asks meanwhile may read old words
    /// and new ones.
    pub(super) unsafe fn set(
        self,
        _py: Python<'_>,
        domain: PyMemAllocatorDomain,
    ) {
        let mut new = ffi::PyMemAllocatorEx {
            ctx: self.ctx,
            malloc: Some(self.malloc),
            calloc: Some(self.calloc),
            realloc: Some(self.realloc),
            free: Some(self.free),
        };
        // SAFETY: CPython copies from `new`; the rest, as our caller says.
        unsafe { ffi::PyMem_SetAllocator(domain, &mut new) };
    }
}
