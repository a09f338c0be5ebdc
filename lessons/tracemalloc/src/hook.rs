//! Our own hook in front of the domains: which line asked for which block.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::ffi;
use pyo3::ffi::PyMemAllocatorDomain::{
    self, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_RAW,
};
use pyo3::prelude::*;

/// All domains.
pub(crate) const DOMAINS: [PyMemAllocatorDomain; 3] =
    [PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ];

// ANCHOR: table
/// A line of a program: the address of its code object, and its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    pub(crate) code: usize,
    pub(crate) number: c_int,
}

#[derive(Clone, Copy)]
pub(crate) struct Block {
    pub(crate) size: usize,
    pub(crate) line: Line,
}

thread_local! {
    /// The line that this thread is at, while it is being profiled.
    pub(crate) static LINE: Cell<Option<Line>> = const { Cell::new(None) };
}

static RECORDING: AtomicBool = AtomicBool::new(false);

/// The recorded blocks by address. Who has the lock calls nothing of CPython.
static BLOCKS: Mutex<BTreeMap<usize, Block>> = Mutex::new(BTreeMap::new());
// ANCHOR_END: table

fn blocks() -> MutexGuard<'static, BTreeMap<usize, Block>> {
    BLOCKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a request failed while the hook was recording.
static STARVED: AtomicBool = AtomicBool::new(false);

// ANCHOR: remember
fn remember(block: *mut c_void, size: usize, line: Option<Line>) {
    if let Some(line) = line
        && RECORDING.load(Ordering::Acquire)
    {
        if block.is_null() {
            STARVED.store(true, Ordering::Relaxed);
        } else {
            blocks().insert(block.addr(), Block { size, line });
        }
    }
}

fn forget(block: *mut c_void) -> Option<Line> {
    if !RECORDING.load(Ordering::Acquire) {
        return None;
    }
    blocks().remove(&block.addr()).map(|block| block.line)
}
// ANCHOR_END: remember

// ANCHOR: malloc
extern "C" fn malloc(ctx: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: the `ctx` that we installed: an allocator that is never freed.
    let inner = unsafe { &*ctx.cast::<Allocator>() };
    let line = LINE.replace(None);
    let block = (inner.malloc)(inner.ctx, size);
    LINE.set(line);
    remember(block, size, line);
    block
}
// ANCHOR_END: malloc

extern "C" fn calloc(
    ctx: *mut c_void,
    nelem: usize,
    elsize: usize,
) -> *mut c_void {
    // SAFETY: the `ctx` that we installed: an allocator that is never freed.
    let inner = unsafe { &*ctx.cast::<Allocator>() };
    let line = LINE.replace(None);
    let block = (inner.calloc)(inner.ctx, nelem, elsize);
    LINE.set(line);
    remember(block, nelem.saturating_mul(elsize), line);
    block
}

// ANCHOR: realloc
extern "C" fn realloc(
    ctx: *mut c_void,
    old: *mut c_void,
    size: usize,
) -> *mut c_void {
    // SAFETY: the `ctx` that we installed: an allocator that is never freed.
    let inner = unsafe { &*ctx.cast::<Allocator>() };
    let line = LINE.replace(None);
    let block = (inner.realloc)(inner.ctx, old, size);
    LINE.set(line);
    let before = if block.is_null() { None } else { forget(old) };
    remember(block, size, line.or(before));
    block
}

extern "C" fn free(ctx: *mut c_void, block: *mut c_void) {
    // SAFETY: the `ctx` that we installed: an allocator that is never freed.
    let inner = unsafe { &*ctx.cast::<Allocator>() };
    forget(block);
    (inner.free)(inner.ctx, block);
}
// ANCHOR_END: realloc

/// `PyMemAllocatorEx` with all its functions there.
#[derive(Clone, Copy)]
pub(crate) struct Allocator {
    ctx: *mut c_void,
    malloc: extern "C" fn(*mut c_void, usize) -> *mut c_void,
    calloc: extern "C" fn(*mut c_void, usize, usize) -> *mut c_void,
    realloc: extern "C" fn(*mut c_void, *mut c_void, usize) -> *mut c_void,
    free: extern "C" fn(*mut c_void, *mut c_void),
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
    // ANCHOR: get
    /// `PyMem_GetAllocator`: copies what serves `domain` now; cannot fail.
    pub(crate) fn get(
        _py: Python<'_>,
        domain: PyMemAllocatorDomain,
    ) -> Allocator {
        let mut found = Allocator::NONE.in_c();
        // SAFETY: attached; `found` is ours, and CPython writes all of it.
        unsafe { ffi::PyMem_GetAllocator(domain, &mut found) };
        Allocator {
            ctx: found.ctx,
            malloc: found.malloc.unwrap_or(malloc),
            calloc: found.calloc.unwrap_or(calloc),
            realloc: found.realloc.unwrap_or(realloc),
            free: found.free.unwrap_or(free),
        }
    }
    // ANCHOR_END: get

    /// Ours, with nobody to ask yet.
    const NONE: Allocator =
        Allocator { ctx: ptr::null_mut(), malloc, calloc, realloc, free };

    fn in_c(self) -> ffi::PyMemAllocatorEx {
        ffi::PyMemAllocatorEx {
            ctx: self.ctx,
            malloc: Some(self.malloc),
            calloc: Some(self.calloc),
            realloc: Some(self.realloc),
            free: Some(self.free),
        }
    }

    /// `PyMem_SetAllocator`.
    ///
    /// # Safety
    ///
    /// `self` serves what the allocator before it served, on any thread.
    unsafe fn set(self, _py: Python<'_>, domain: PyMemAllocatorDomain) {
        // SAFETY: attached; CPython copies from `in_c`; the rest, as promised.
        unsafe { ffi::PyMem_SetAllocator(domain, &mut self.in_c()) };
    }

    /// Whether these are our functions: a hook that had to stay.
    fn is_hook(&self) -> bool {
        ptr::fn_addr_eq(self.malloc, Allocator::NONE.malloc)
    }

    /// Our functions, which ask `self`. What stood behind a hook once is kept
    /// for ever, and used again: another thread may still be in the hook.
    fn hooked(self) -> Allocator {
        static KNOWN: Mutex<Vec<&Allocator>> = Mutex::new(Vec::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().copied().find(|inner| **inner == self);
        let inner = found.unwrap_or_else(|| {
            let inner: &Allocator = Box::leak(Box::new(self));
            known.push(inner);
            inner
        });
        let ctx = ptr::from_ref(inner).cast_mut().cast();
        Allocator { ctx, ..Allocator::NONE }
    }
}

// ANCHOR: recording
/// While it lives, the hook is in front of the domains, and records.
pub(crate) struct Recording<'py> {
    py: Python<'py>,
    /// What served each domain; nothing where the hook was in front already.
    inner: [Option<Allocator>; 3],
}

impl<'py> Recording<'py> {
    /// The caller sees to it that there is only one.
    pub(crate) fn start(py: Python<'py>) -> Recording<'py> {
        let inner = DOMAINS.map(|domain| {
            let inner = Allocator::get(py, domain);
            (!inner.is_hook()).then_some(inner)
        });
        for (domain, inner) in DOMAINS.into_iter().zip(inner) {
            if let Some(inner) = inner {
                // SAFETY: the hook passes on everything, on any thread.
                unsafe { inner.hooked().set(py, domain) };
            }
        }
        STARVED.store(false, Ordering::Relaxed);
        RECORDING.store(true, Ordering::Release);
        Recording { py, inner }
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        RECORDING.store(false, Ordering::Release);
        for (domain, inner) in DOMAINS.into_iter().zip(self.inner) {
            // Whoever put a hook in front of ours still needs it.
            if let Some(inner) = inner
                && Allocator::get(self.py, domain) == inner.hooked()
            {
                // SAFETY: what served the domain before we came.
                unsafe { inner.set(self.py, domain) };
            }
        }
        blocks().clear();
    }
}
// ANCHOR_END: recording

impl Recording<'_> {
    /// Whether somebody wanted a block since the start, and got none.
    pub(crate) fn starved(&self) -> bool {
        STARVED.load(Ordering::Relaxed)
    }

    /// All recorded blocks.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        blocks().values().copied().collect()
    }

    // ANCHOR: line_of
    /// The line that asked for the block in which `object` lies.
    pub(crate) fn line_of(&self, object: &Bound<'_, PyAny>) -> Option<Line> {
        let address = object.as_ptr().addr();
        let blocks = blocks();
        let (start, block) = blocks.range(..=address).next_back()?;
        (address - start < block.size).then_some(block.line)
    }
    // ANCHOR_END: line_of
}
