//! Calls a Python function during which exactly one allocation fails: the n-th.
//!
//! `_testcapi.set_nomemory` does the like, but not every CPython has it, it counts what happens
//! around the call as well, and nobody can ask it whether anything has failed. This library is
//! loaded with ctypes. It needs no header and no crate: the interpreter has its few symbols.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

type PyObject = c_void;

/// `PyMemAllocatorEx`.
#[repr(C)]
#[derive(Clone, Copy)]
struct Allocator {
    ctx: *mut c_void,
    malloc: extern "C" fn(*mut c_void, usize) -> *mut c_void,
    calloc: extern "C" fn(*mut c_void, usize, usize) -> *mut c_void,
    realloc: extern "C" fn(*mut c_void, *mut c_void, usize) -> *mut c_void,
    free: extern "C" fn(*mut c_void, *mut c_void),
}

// SAFETY: what `ctx` points to belongs to CPython, which uses it from any thread.
unsafe impl Send for Allocator {}
// SAFETY: as above; we never write to it.
unsafe impl Sync for Allocator {}

unsafe extern "C" {
    fn PyMem_GetAllocator(domain: c_int, allocator: *mut Allocator);
    fn PyMem_SetAllocator(domain: c_int, allocator: *mut Allocator);
    fn PyObject_Call(
        callable: *mut PyObject,
        args: *mut PyObject,
        kwargs: *mut PyObject,
    ) -> *mut PyObject;
    fn PyErr_Occurred() -> *mut PyObject;
}

/// `PYMEM_DOMAIN_RAW`, `PYMEM_DOMAIN_MEM` and `PYMEM_DOMAIN_OBJ`, as they were.
static KEPT: [OnceLock<Allocator>; 3] = [const { OnceLock::new() }; 3];

thread_local! {
    static ARMED: Cell<bool> = const { Cell::new(false) };
    static BROKEN: Cell<bool> = const { Cell::new(false) };
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static NTH: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Puts itself in front of CPython's allocators; once is enough.
#[unsafe(no_mangle)]
extern "C" fn install() {
    for (domain, kept) in KEPT.iter().enumerate() {
        kept.get_or_init(|| {
            let ctx = ptr::null_mut();
            let mut own = Allocator { ctx, malloc, calloc, realloc, free };
            let mut old = own;
            // SAFETY: `old` is ours to write, and `domain` is one of the three.
            unsafe { PyMem_GetAllocator(domain as c_int, &mut old) };
            own.ctx = ptr::from_ref(kept).cast_mut().cast();
            // SAFETY: `own` is copied; what it allocates is what `old` would have allocated.
            unsafe { PyMem_SetAllocator(domain as c_int, &mut own) };
            old
        });
    }
}

/// `callable(*args, **kwargs)`, with the `nth` allocation of this thread failing during it.
#[unsafe(no_mangle)]
extern "C" fn call(
    nth: usize,
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    NTH.set(nth);
    COUNT.set(0);
    ARMED.set(true);
    let kwargs = if kwargs == args { ptr::null_mut() } else { kwargs };
    // SAFETY: attached, as ctypes.PyDLL calls us; the arguments are alive; a new reference
    // for our caller, or NULL with an exception set.
    let result = unsafe { PyObject_Call(callable, args, kwargs) };
    ARMED.set(false);
    // SAFETY: attached; borrowed and only compared with NULL.
    let pending = unsafe { PyErr_Occurred() };
    BROKEN.set(result.is_null() == pending.is_null());
    result
}

/// Whether the last call gave a result and an exception, or neither: `PyObject_Call` itself
/// lets that pass, the interpreter's loop makes it a SystemError.
#[unsafe(no_mangle)]
extern "C" fn broken() -> c_int {
    BROKEN.get().into()
}

/// How many allocations the last call made or tried in this thread.
#[unsafe(no_mangle)]
extern "C" fn allocations() -> usize {
    COUNT.get()
}

/// Whether this allocation is the one that must fail.
fn fails() -> bool {
    ARMED.get() && {
        let count = COUNT.get();
        COUNT.set(count + 1);
        count == NTH.get()
    }
}

fn kept(ctx: *mut c_void) -> &'static Allocator {
    // SAFETY: `install` made `ctx` of a reference to a static, which was set before any use,
    // except by a thread that allocates while it is being set; there is no other thread then.
    let lock = unsafe { &*ctx.cast::<OnceLock<Allocator>>() };
    lock.get().expect("installed")
}

extern "C" fn malloc(ctx: *mut c_void, size: usize) -> *mut c_void {
    if fails() {
        return ptr::null_mut();
    }
    let kept = kept(ctx);
    (kept.malloc)(kept.ctx, size)
}

extern "C" fn calloc(ctx: *mut c_void, count: usize, size: usize) -> *mut c_void {
    if fails() {
        return ptr::null_mut();
    }
    let kept = kept(ctx);
    (kept.calloc)(kept.ctx, count, size)
}

extern "C" fn realloc(ctx: *mut c_void, block: *mut c_void, size: usize) -> *mut c_void {
    if fails() {
        return ptr::null_mut();
    }
    let kept = kept(ctx);
    (kept.realloc)(kept.ctx, block, size)
}

extern "C" fn free(ctx: *mut c_void, block: *mut c_void) {
    let kept = kept(ctx);
    (kept.free)(kept.ctx, block);
}
