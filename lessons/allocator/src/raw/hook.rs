//! The four functions in front of an allocator.

use std::cell::Cell;
use std::ptr;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use super::allocator::current_ctx;
use super::{Allocator, Counts, Domain, Pointer};

// ANCHOR: hook
/// The `ctx` of our four functions: whom to ask, and what they have seen.
pub(crate) struct Hook {
    pub(crate) inner: Allocator,
    pub(crate) new: AtomicUsize,
    pub(super) resized: AtomicUsize,
    pub(super) freed: AtomicUsize,
    pub(crate) bytes: AtomicUsize,
    pub(crate) domain: Domain,
    /// How many of our hooks stand directly behind this one.
    pub(super) depth: usize,
    pub(crate) on: AtomicBool,
    /// Whether a request from inside another one is not to be counted.
    pub(super) once: AtomicBool,
    /// How many requests of `thread` until one is refused; 0: none ever.
    pub(super) left: AtomicUsize,
    pub(super) thread: AtomicUsize,
}
// ANCHOR_END: hook

// ANCHOR: malloc
extern "C" fn malloc(ctx: Pointer, size: usize) -> Pointer {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    if hook.refuses() {
        return ptr::null_mut();
    }
    let counts = hook.enter();
    let block = (hook.inner.malloc)(hook.inner.ctx, size);
    hook.leave();
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(size, Relaxed);
    }
    block
}
// ANCHOR_END: malloc

extern "C" fn calloc(ctx: Pointer, nelem: usize, elsize: usize) -> Pointer {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    if hook.refuses() {
        return ptr::null_mut();
    }
    let counts = hook.enter();
    let block = (hook.inner.calloc)(hook.inner.ctx, nelem, elsize);
    hook.leave();
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(nelem.saturating_mul(elsize), Relaxed);
    }
    block
}

extern "C" fn realloc(
    ctx: Pointer,
    block: Pointer,
    new_size: usize,
) -> Pointer {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    if hook.refuses() {
        return ptr::null_mut();
    }
    let counts = hook.enter();
    let moved = (hook.inner.realloc)(hook.inner.ctx, block, new_size);
    hook.leave();
    if counts && !moved.is_null() {
        let kind = if block.is_null() { &hook.new } else { &hook.resized };
        kind.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(new_size, Relaxed);
    }
    moved
}

extern "C" fn free(ctx: Pointer, block: Pointer) {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    let counts = hook.enter();
    (hook.inner.free)(hook.inner.ctx, block);
    hook.leave();
    if counts && !block.is_null() {
        hook.freed.fetch_add(1, Relaxed);
    }
}

thread_local! {
    /// How many requests of this thread are on their way through hooks that
    /// count once. Nothing to drop, so it is there until the thread's end.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

// ANCHOR: depth
impl Hook {
    /// Whether the request counts: it does not if it comes from inside another.
    pub(crate) fn enter(&self) -> bool {
        !self.once.load(Relaxed) || DEPTH.replace(DEPTH.get() + 1) == 0
    }

    pub(crate) fn leave(&self) {
        if self.once.load(Relaxed) {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
    // ANCHOR_END: depth

    // ANCHOR: refuses
    /// Whether this request is the one to refuse.
    pub(crate) fn refuses(&self) -> bool {
        self.left.load(Relaxed) > 0
            && self.thread.load(Relaxed) == this_thread()
            && self.may_refuse()
            && self.left.fetch_sub(1, Relaxed) == 1
    }
    // ANCHOR_END: refuses

    /// In raw only while it stands in front: a tracemalloc that started later
    /// works with what we give, and may end the process if we give nothing.
    fn may_refuse(&self) -> bool {
        if self.domain != Domain::Raw {
            return true;
        }
        current_ctx(Domain::Raw) == self.ctx()
    }

    /// Refuses the `n`-th request that this thread makes from now on; 0: none.
    pub(crate) fn refuse(&self, n: usize) {
        self.thread.store(this_thread(), Relaxed);
        self.left.store(n, Relaxed);
    }

    /// What it has seen so far.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            new: self.new.load(Relaxed),
            resized: self.resized.load(Relaxed),
            freed: self.freed.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
        }
    }

    /// As an allocator to install.
    pub(crate) fn as_allocator(&'static self) -> Allocator {
        let ctx = ptr::from_ref(self).cast_mut().cast();
        Allocator { ctx, malloc, calloc, realloc, free }
    }
}

/// A number that no other living thread has.
fn this_thread() -> usize {
    thread_local!(static HERE: u8 = const { 0 });
    HERE.with(|here| ptr::from_ref(here).addr())
}

/// Which requests a hook counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    All,
    /// Those that come from inside no other.
    Outermost,
}
