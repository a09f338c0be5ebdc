//! The four functions that stand in front of an allocator.
//!
//! CPython calls them from any thread, attached or detached, in the middle of
//! anything. So they call nothing of CPython but what stood there before,
//! take no lock, make nothing, and do not panic.

use std::cell::Cell;
use std::process::abort;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use super::allocator::{Calloc, Free, Malloc, Realloc, is_in_front};
use super::{Allocator, Counts, Domain, Pointer};

// ANCHOR: hook
/// Whom our four functions ask, and what they have seen.
pub(crate) struct Hook {
    /// Settled at the first use, and never changed.
    place: OnceLock<Place>,
    pub(crate) new: AtomicUsize,
    resized: AtomicUsize,
    freed: AtomicUsize,
    pub(crate) bytes: AtomicUsize,
    pub(crate) on: AtomicBool,
    /// Whether a request from inside another one is not to be counted.
    once: AtomicBool,
    /// How many requests of `thread` until one is refused; 0: none ever.
    left: AtomicUsize,
    thread: AtomicUsize,
}

pub(crate) struct Place {
    pub(crate) number: usize,
    pub(crate) domain: Domain,
    pub(crate) inner: Allocator,
    /// How many of our hooks stand directly behind this one.
    pub(crate) depth: usize,
}

impl Place {
    pub(super) fn fits(&self, domain: Domain, inner: &Allocator) -> bool {
        self.domain == domain && self.inner.same(inner)
    }
}

/// All hooks there are: they live as long as the process.
pub(crate) static HOOKS: [Hook; 64] = [const { Hook::new() }; 64];
// ANCHOR_END: hook

// ANCHOR: malloc
extern "C" fn malloc<const N: usize>(ctx: Pointer, size: usize) -> Pointer {
    let hook = &HOOKS[N];
    if hook.refuses() {
        return ptr::null_mut();
    }
    let (block, counts) = hook.pass_on(|inner| (inner.malloc)(ctx, size));
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(size, Relaxed);
    }
    block
}
// ANCHOR_END: malloc

extern "C" fn calloc<const N: usize>(
    ctx: Pointer,
    nelem: usize,
    elsize: usize,
) -> Pointer {
    let hook = &HOOKS[N];
    if hook.refuses() {
        return ptr::null_mut();
    }
    let (block, counts) =
        hook.pass_on(|inner| (inner.calloc)(ctx, nelem, elsize));
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(nelem.saturating_mul(elsize), Relaxed);
    }
    block
}

extern "C" fn realloc<const N: usize>(
    ctx: Pointer,
    block: Pointer,
    new_size: usize,
) -> Pointer {
    let hook = &HOOKS[N];
    if hook.refuses() {
        return ptr::null_mut();
    }
    let (moved, counts) =
        hook.pass_on(|inner| (inner.realloc)(ctx, block, new_size));
    if counts && !moved.is_null() {
        let kind = if block.is_null() { &hook.new } else { &hook.resized };
        kind.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(new_size, Relaxed);
    }
    moved
}

extern "C" fn free<const N: usize>(ctx: Pointer, block: Pointer) {
    let hook = &HOOKS[N];
    let ((), counts) = hook.pass_on(|inner| (inner.free)(ctx, block));
    if counts && !block.is_null() {
        hook.freed.fetch_add(1, Relaxed);
    }
}

/// A function for each of the `HOOKS`.
macro_rules! for_each_hook {
    ($function:ident) => {
        $crate::raw::for_each_hook!($function:
            0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25
            26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47
            48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63)
    };
    ($function:ident: $($number:literal)*) => { [$($function::<$number>),*] };
}
pub(crate) use for_each_hook;

static MALLOC: [Malloc; HOOKS.len()] = for_each_hook!(malloc);
static CALLOC: [Calloc; HOOKS.len()] = for_each_hook!(calloc);
static REALLOC: [Realloc; HOOKS.len()] = for_each_hook!(realloc);
static FREE: [Free; HOOKS.len()] = for_each_hook!(free);

thread_local! {
    /// How many requests of this thread are on their way through hooks that
    /// count once. Nothing to drop, so it is there until the thread's end.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

impl Hook {
    const fn new() -> Hook {
        Hook {
            place: OnceLock::new(),
            new: AtomicUsize::new(0),
            resized: AtomicUsize::new(0),
            freed: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            on: AtomicBool::new(false),
            once: AtomicBool::new(false),
            left: AtomicUsize::new(0),
            thread: AtomicUsize::new(0),
        }
    }

    // ANCHOR: depth
    /// Lets the one behind us do it. And does the request count? Not if it
    /// comes from inside another.
    pub(crate) fn pass_on<T>(
        &self,
        request: impl FnOnce(&Allocator) -> T,
    ) -> (T, bool) {
        // Read once: a `count_all` may begin or end while we ask.
        let once = self.once.load(Relaxed);
        let depth = DEPTH.get();
        DEPTH.set(depth + usize::from(once));
        let answer = request(&self.place().inner);
        DEPTH.set(depth);
        (answer, !once || depth == 0)
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
        self.place().domain != Domain::Raw || self.is_in_front()
    }

    /// Refuses the `n`-th request that this thread makes from now on; 0: none.
    pub(crate) fn refuse(&self, n: usize) {
        self.thread.store(this_thread(), Relaxed);
        self.left.store(n, Relaxed);
    }

    /// Settled here, or found settled.
    pub(super) fn settle(&self, place: Place) -> &Place {
        self.place.get_or_init(|| place)
    }

    /// Whether it is this hook that has this `free`.
    pub(super) fn is_behind(&self, free: Free) -> bool {
        let place = self.place.get();
        place.is_some_and(|place| ptr::fn_addr_eq(FREE[place.number], free))
    }

    /// It was settled before anybody could ask the hook.
    pub(crate) fn place(&self) -> &Place {
        self.place.get().unwrap_or_else(|| abort())
    }

    pub(super) fn is_in_front(&self) -> bool {
        let place = self.place();
        is_in_front(place.domain, FREE[place.number])
    }

    /// Begins to count, from nothing.
    pub(super) fn begin(&self, which: Which) {
        for count in [&self.new, &self.resized, &self.freed, &self.bytes] {
            count.store(0, Relaxed);
        }
        self.left.store(0, Relaxed);
        self.once.store(which == Which::Outermost, Relaxed);
        self.on.store(true, Relaxed);
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

    /// As an allocator to install: the `ctx` stays the one of `inner`.
    pub(crate) fn as_allocator(&self) -> Allocator {
        let Place { number, inner, .. } = *self.place();
        Allocator {
            ctx: inner.ctx,
            malloc: MALLOC[number],
            calloc: CALLOC[number],
            realloc: REALLOC[number],
            free: FREE[number],
        }
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
