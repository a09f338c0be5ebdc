//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use pyo3::prelude::*;

use crate::raw::{
    DOMAIN, PyTraceMalloc_Track, PyTraceMalloc_Untrack, no_memory, room,
};

// ANCHOR: while_tracked_leaves_a_ghost
/// What `look()` returns while tracemalloc knows a `Vec` of `size` bytes.
#[pyfunction]
pub(crate) fn while_tracked_leaves_a_ghost<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let room = room(size)?;
    let address = room.as_ptr().addr();
    // SAFETY: the memory is ours, and tracemalloc only notes the numbers; 0,
    // -1 without an exception where it cannot, -2 where it is not tracing.
    let status = unsafe { PyTraceMalloc_Track(DOMAIN.get(), address, size) };
    if status == -1 {
        return Err(no_memory(look.py()));
    }
    let answer = look.call0();
    // The note goes with the memory.
    drop(room);
    answer
}
// ANCHOR_END: while_tracked_leaves_a_ghost

// ANCHOR: while_tracked_for_python
/// What `look()` returns while tracemalloc knows a `Vec` of `size` bytes.
#[pyfunction]
pub(crate) fn while_tracked_for_python<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let room = room(size)?;
    let address = room.as_ptr().addr();
    // SAFETY: the memory is ours, and tracemalloc only notes the numbers; 0,
    // -1 without an exception where it cannot, -2 where it is not tracing.
    let status = unsafe { PyTraceMalloc_Track(0, address, size) };
    if status == -1 {
        return Err(no_memory(look.py()));
    }
    let answer = look.call0();
    // SAFETY: the memory is still ours; 0, also where nothing was noted, or -2
    // where tracemalloc is not tracing.
    unsafe { PyTraceMalloc_Untrack(0, address) };
    drop(room);
    answer
}
// ANCHOR_END: while_tracked_for_python

// ANCHOR: while_tracked_untracks_twice
/// What `look()` returns while tracemalloc knows a `Vec` of `size` bytes.
#[pyfunction]
pub(crate) fn while_tracked_untracks_twice<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let room = room(size)?;
    let address = room.as_ptr().addr();
    // SAFETY: the memory is ours, and tracemalloc only notes the numbers; 0,
    // -1 without an exception where it cannot, -2 where it is not tracing.
    let status = unsafe { PyTraceMalloc_Track(DOMAIN.get(), address, size) };
    if status == -1 {
        return Err(no_memory(look.py()));
    }
    let answer = look.call0();
    // SAFETY: the memory is still ours; 0, also where nothing was noted, or -2
    // where tracemalloc is not tracing.
    unsafe { PyTraceMalloc_Untrack(DOMAIN.get(), address) };
    drop(room);
    // SAFETY: nothing is noted for this address any more.
    unsafe { PyTraceMalloc_Untrack(DOMAIN.get(), address) };
    answer
}
// ANCHOR_END: while_tracked_untracks_twice
