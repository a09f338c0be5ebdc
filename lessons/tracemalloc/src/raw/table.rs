//! The notes: which line asked for which block.
//!
//! The hook writes here in the middle of anything. So nothing here takes a
//! lock, which a child of `fork` might find taken for ever, and nothing asks
//! for memory: there are as many places as there will ever be.

use std::ffi::c_int;
use std::iter::successors;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
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
    next: AtomicUsize,
}

static PLACES: [Place; 1 << 14] = [const { Place::new() }; 1 << 14];

/// The first of the places that a note has been in: each knows the next. They
/// are few, and only they are walked.
static FIRST: AtomicUsize = AtomicUsize::new(PLACES.len());
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
            next: AtomicUsize::new(0),
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
        self.address.compare_exchange(seen, next, AcqRel, Relaxed).is_ok()
    }
}

/// Where the note of `address` may be.
fn places(address: usize) -> impl Iterator<Item = usize> {
    let first = (address >> 4).wrapping_mul(0x9E37_79B1) >> 8;
    (0..FARTHEST).map(move |step| (first + step) % PLACES.len())
}

/// Puts a place in front of those that are walked.
fn link(index: usize) {
    let mut first = FIRST.load(Relaxed);
    loop {
        PLACES[index].next.store(first, Relaxed);
        match FIRST.compare_exchange(first, index, AcqRel, Relaxed) {
            Ok(_) => return,
            Err(other) => first = other,
        }
    }
}

/// Writes a note; or there is no place for it.
pub(super) fn write(block: Block) -> bool {
    for index in places(block.address) {
        let place = &PLACES[index];
        let seen = place.address.load(Relaxed);
        if seen > GONE || !place.becomes(seen, BUSY) {
            continue;
        }
        if seen == NEVER {
            link(index);
        }
        place.size.store(block.size, Relaxed);
        place.code.store(block.line.code, Relaxed);
        place.number.store(block.line.number, Relaxed);
        place.address.store(block.address, Release);
        return true;
    }
    false
}

/// Takes the note of a block out, if there is one.
pub(super) fn take(address: usize) -> Option<Block> {
    for index in places(address) {
        let place = &PLACES[index];
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
    let first = PLACES.get(FIRST.load(Acquire));
    let next = |place: &&Place| PLACES.get(place.next.load(Relaxed));
    successors(first, next).filter_map(Place::block)
}

/// One thread at a time may call it, and nobody walks meanwhile.
pub(super) fn clear() {
    let mut index = FIRST.swap(PLACES.len(), AcqRel);
    while let Some(place) = PLACES.get(index) {
        // Before the place is free, as whoever takes it links it anew.
        let next = place.next.load(Relaxed);
        let seen = place.address.load(Relaxed);
        // A thread that is writing keeps its place.
        if seen == BUSY || !place.becomes(seen, NEVER) {
            link(index);
        }
        index = next;
    }
}
