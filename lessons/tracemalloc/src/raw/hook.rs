//! Our four functions in front of a domain.
//!
//! CPython calls them from any thread, attached or detached, in the middle of
//! anything. So they call nothing of CPython but what stood there before,
//! take no lock, ask nobody for memory, and do not panic.

use std::cell::Cell;
use std::process::abort;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Acquire, Relaxed};

use super::allocator::{Allocator, Calloc, Free, Malloc, Pointer, Realloc};
use super::table::{self, Block, Line};

thread_local! {
    /// The line that this thread is at, while it is being profiled.
    pub(super) static LINE: Cell<Option<Line>> = const { Cell::new(None) };
}

pub(super) static RECORDING: AtomicBool = AtomicBool::new(false);

/// Whether a request failed while the hook was recording.
pub(super) static STARVED: AtomicBool = AtomicBool::new(false);

/// Whether a note found no place.
pub(super) static FULL: AtomicBool = AtomicBool::new(false);

// ANCHOR: remember
fn remember(block: Pointer, size: usize, line: Option<Line>) {
    if let Some(line) = line
        && RECORDING.load(Acquire)
    {
        let address = block.addr();
        if block.is_null() {
            STARVED.store(true, Relaxed);
        } else if !table::write(Block { address, size, line }) {
            FULL.store(true, Relaxed);
        }
    }
}

fn forget(block: Pointer) -> Option<Block> {
    RECORDING.load(Acquire).then(|| table::take(block.addr())).flatten()
}
// ANCHOR_END: remember

// ANCHOR: malloc
extern "C" fn malloc<const N: usize>(ctx: Pointer, size: usize) -> Pointer {
    let line = LINE.replace(None);
    let block = (inner::<N>().malloc)(ctx, size);
    LINE.set(line);
    remember(block, size, line);
    block
}
// ANCHOR_END: malloc

extern "C" fn calloc<const N: usize>(
    ctx: Pointer,
    nelem: usize,
    elsize: usize,
) -> Pointer {
    let line = LINE.replace(None);
    let block = (inner::<N>().calloc)(ctx, nelem, elsize);
    LINE.set(line);
    remember(block, nelem.saturating_mul(elsize), line);
    block
}

extern "C" fn realloc<const N: usize>(
    ctx: Pointer,
    old: Pointer,
    size: usize,
) -> Pointer {
    let line = LINE.replace(None);
    // At first: as soon as it is free, another thread may get the address.
    let before = forget(old);
    let block = (inner::<N>().realloc)(ctx, old, size);
    LINE.set(line);
    if let Some(before) = before {
        if block.is_null() {
            remember(old, before.size, Some(before.line));
        } else {
            remember(block, size, line.or(Some(before.line)));
            return block;
        }
    }
    remember(block, size, line);
    block
}

extern "C" fn free<const N: usize>(ctx: Pointer, block: Pointer) {
    forget(block);
    (inner::<N>().free)(ctx, block);
}

/// What stood in a domain before us, by the number of our functions there: a
/// pair is settled at its first use, and never changed, because another thread
/// may still be in the functions.
static INNER: [OnceLock<(usize, Allocator)>; 16] =
    [const { OnceLock::new() }; 16];

fn inner<const N: usize>() -> &'static Allocator {
    // Settled before the functions came to the front; a panic must not leave.
    INNER[N].get().map_or_else(|| abort(), |(_, inner)| inner)
}

/// A function for each place in `INNER`.
macro_rules! each {
    ($function:ident) => {
        each!($function: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    };
    ($function:ident: $($number:literal)*) => { [$($function::<$number>),*] };
}

static MALLOC: [Malloc; INNER.len()] = each!(malloc);
static CALLOC: [Calloc; INNER.len()] = each!(calloc);
static REALLOC: [Realloc; INNER.len()] = each!(realloc);
static FREE: [Free; INNER.len()] = each!(free);

/// Our functions, which ask `inner`, with the `ctx` that was there; none where
/// too many other allocators came and went.
pub(super) fn in_front_of(
    domain: usize,
    inner: Allocator,
) -> Option<Allocator> {
    let known = |place: &OnceLock<(usize, Allocator)>| {
        *place.get_or_init(|| (domain, inner)) == (domain, inner)
    };
    let number = INNER.iter().position(known)?;
    Some(Allocator {
        ctx: inner.ctx,
        malloc: MALLOC[number],
        calloc: CALLOC[number],
        realloc: REALLOC[number],
        free: FREE[number],
    })
}

/// Whether these are our functions: a hook that had to stay.
pub(super) fn is_ours(found: &Allocator) -> bool {
    FREE.iter().any(|&ours| ptr::fn_addr_eq(ours, found.free))
}
