//! The notes: which line asked for which block.
//!
//! The hook writes here in the middle of anything. So nothing here takes a
//! lock, which a child of `fork` might find taken for ever, and nothing asks
//! for memory: there are as many places as there will ever be.

use std::ffi::c_int;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicI32, AtomicUsize};

// ANCHOR: table
/// A line of a program: the address of its code object, and its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    pub(crate) code: usize,
    pub(crate) number: c_int,
}

#[derive(Clone, Copy)]
pub(crate) struct Block {
    pub(crate) address: usize,
    pub(crate) size: usize,
    pub(crate) line: Line,
}

/// A place for the note of a block, whose address is written last.
struct Place {
    address: AtomicUsize,
    size: AtomicUsize,
    code: AtomicUsize,
    number: AtomicI32,
}

static PLACES: [Place; 1 << 14] = [const { Place::new() }; 1 << 14];
// ANCHOR_END: table

/// Instead of an address: where no note has been yet, where one was, and where
/// somebody writes one.
const NEVER: usize = 0;
const GONE: usize = 1;
const BUSY: usize = 2;

/// So far from its own place a note may lie.
const FARTHEST: usize = 256;

impl Place {
    const fn new() -> Place {
        Place {
            address: AtomicUsize::new(NEVER),
            size: AtomicUsize::new(0),
            code: AtomicUsize::new(0),
            number: AtomicI32::new(0),
        }
    }

    fn block(&self) -> Option<Block> {
        let address = self.address.load(Acquire);
        let code = self.code.load(Relaxed);
        let line = Line { code, number: self.number.load(Relaxed) };
        let block = Block { address, size: self.size.load(Relaxed), line };
        (address > BUSY).then_some(block)
    }

    /// Whether the place was `seen`, and is `next` now.
    fn becomes(&self, seen: usize, next: usize) -> bool {
        self.address.compare_exchange(seen, next, Acquire, Relaxed).is_ok()
    }
}

/// Where the note of `address` may be.
fn places(address: usize) -> impl Iterator<Item = &'static Place> {
    let first = (address >> 4).wrapping_mul(0x9E37_79B1) >> 8;
    (0..FARTHEST).map(move |step| &PLACES[(first + step) % PLACES.len()])
}

/// Writes a note; or there is no place for it.
pub(super) fn write(block: Block) -> bool {
    let place = places(block.address).find(|place| {
        let seen = place.address.load(Relaxed);
        seen <= GONE && place.becomes(seen, BUSY)
    });
    let Some(place) = place else { return false };
    place.size.store(block.size, Relaxed);
    place.code.store(block.line.code, Relaxed);
    place.number.store(block.line.number, Relaxed);
    place.address.store(block.address, Release);
    true
}

/// Takes the note of a block out, if there is one.
pub(super) fn take(address: usize) -> Option<Block> {
    for place in places(address) {
        let seen = place.address.load(Relaxed);
        if seen == NEVER {
            return None;
        }
        if seen == address {
            let block = place.block();
            return block.filter(|_| place.becomes(address, GONE));
        }
    }
    None
}

/// All notes there are.
pub(super) fn notes() -> impl Iterator<Item = Block> {
    PLACES.iter().filter_map(Place::block)
}

pub(super) fn clear() {
    for place in &PLACES {
        place.address.store(NEVER, Relaxed);
    }
}
