//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

use std::ffi::c_void;
use std::marker::PhantomData;
use std::ptr;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};
use std::sync::{Once, OnceLock};

use pyo3::exceptions::{PyMemoryError, PyZeroDivisionError};
use pyo3::ffi;
use pyo3::prelude::*;

/// NULL from `PyMem_Malloc` sets no exception, so we do.
pub(crate) fn no_memory(py: Python<'_>) -> PyErr {
    // SAFETY: sets a MemoryError and always returns NULL.
    unsafe { ffi::PyErr_NoMemory() };
    PyErr::fetch(py)
}

// ANCHOR: block
/// A block that we own; `Drop` gives it back.
pub(crate) struct Block<'py> {
    pub(crate) start: *mut u8,
    py: PhantomData<Python<'py>>,
}

impl<'py> Block<'py> {
    pub(crate) fn new(py: Python<'py>, size: usize) -> PyResult<Block<'py>> {
        // SAFETY: a block that we own, or NULL and no exception set.
        let start = unsafe { ffi::PyMem_Malloc(size) };
        if start.is_null() {
            return Err(no_memory(py));
        }
        Ok(Block { start: start.cast(), py: PhantomData })
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {
        // SAFETY: attached, as `'py` says; ours, of this family; it ends here.
        unsafe { ffi::PyMem_Free(self.start.cast()) };
    }
}
// ANCHOR_END: block

/// Room for `count` things, if so many blocks of `size` bytes are no folly.
pub(crate) fn room<T>(size: usize, count: usize) -> PyResult<Vec<T>> {
    let mut room = Vec::new();
    size.max(16)
        .checked_mul(count)
        .filter(|&bytes| bytes <= 16 << 20)
        .and_then(|_| room.try_reserve_exact(count).ok())
        .ok_or_else(|| PyMemoryError::new_err(()))?;
    Ok(room)
}

// ANCHOR: blocks
/// So many blocks of `size` bytes, in the order in which they were given.
pub(crate) fn blocks(
    py: Python<'_>,
    size: usize,
    count: usize,
) -> PyResult<Vec<Block<'_>>> {
    let mut blocks = room(size, count)?;
    for _ in 0..count {
        blocks.push(Block::new(py, size)?);
    }
    Ok(blocks)
}
// ANCHOR_END: blocks

/// A list of ints.
pub(crate) fn numbers<'py>(
    py: Python<'py>,
    numbers: &[isize],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a new list, its slots empty, or NULL, exception set.
    let list = unsafe { ffi::PyList_New(numbers.len() as ffi::Py_ssize_t) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    let list = unsafe { Bound::from_owned_ptr_or_err(py, list) }?;
    for (index, &number) in numbers.iter().enumerate() {
        // SAFETY: a new reference, or NULL with an exception set.
        let item = unsafe { ffi::PyLong_FromSsize_t(number) };
        if item.is_null() {
            return Err(PyErr::fetch(py));
        }
        let index = index as ffi::Py_ssize_t;
        // SAFETY: a list that has such a place; consumes `item`, which is ours;
        // -1 only if it had none.
        unsafe { ffi::PyList_SetItem(list.as_ptr(), index, item) };
    }
    Ok(list)
}

// ANCHOR: gaps
/// How far each of `count` blocks of `size` bytes is from the next in memory.
#[pyfunction]
pub(crate) fn gaps<'py>(
    py: Python<'py>,
    size: usize,
    count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let mut addresses = room(size, count)?;
    {
        let blocks = blocks(py, size, count)?;
        addresses.extend(blocks.iter().map(|block| block.start.addr()));
    }
    numbers(py, &between(&mut addresses)?)
}

/// The differences between neighbours.
pub(crate) fn between(addresses: &mut [usize]) -> PyResult<Vec<isize>> {
    addresses.sort_unstable();
    let mut gaps = room(0, addresses.len())?;
    gaps.extend(addresses.windows(2).map(|pair| (pair[1] - pair[0]) as isize));
    Ok(gaps)
}
// ANCHOR_END: gaps

// ANCHOR: while_held
/// What `look()` returns while we own `count` blocks of `size` bytes.
#[pyfunction]
pub(crate) fn while_held<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
    count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let _blocks = blocks(look.py(), size, count)?;
    look.call0()
}
// ANCHOR_END: while_held

// ANCHOR: watch
pub(crate) static ARENAS: AtomicIsize = AtomicIsize::new(0);
static BYTES: AtomicIsize = AtomicIsize::new(0);

/// The two functions that were there before ours.
static INNER: OnceLock<(Alloc, Free)> = OnceLock::new();

/// Our hook: passes on the request, and counts what came.
extern "C" fn take(ctx: *mut c_void, size: usize) -> *mut c_void {
    let Some((alloc, _)) = INNER.get() else { return ptr::null_mut() };
    let arena = alloc(ctx, size);
    if !arena.is_null() {
        ARENAS.fetch_add(1, Relaxed);
        BYTES.fetch_add(size as isize, Relaxed);
    }
    arena
}

/// Our hook: counts what goes, and passes it on.
extern "C" fn give(ctx: *mut c_void, arena: *mut c_void, size: usize) {
    ARENAS.fetch_sub(1, Relaxed);
    BYTES.fetch_sub(size as isize, Relaxed);
    if let Some((_, free)) = INNER.get() {
        free(ctx, arena, size);
    }
}
// ANCHOR_END: watch

type Alloc = extern "C" fn(*mut c_void, usize) -> *mut c_void;
type Free = extern "C" fn(*mut c_void, *mut c_void, usize);

// ANCHOR: set_hook
/// Puts our hook before the arena allocator, for good.
pub(crate) fn set_hook(_py: Python<'_>) {
    let mut found = ffi::PyObjectArenaAllocator {
        ctx: ptr::null_mut(),
        alloc: None,
        free: None,
    };
    // SAFETY: fills `found`, which is ours; cannot fail.
    unsafe { ffi::PyObject_GetArenaAllocator(&mut found) };
    let (Some(alloc), Some(free)) = (found.alloc, found.free) else { return };
    INNER.get_or_init(|| (alloc, free));
    found.alloc = Some(take);
    found.free = Some(give);
    // SAFETY: copies the three words, and no lock holds off a thread that asks
    // for an arena meanwhile: on the free-threaded build, and where another
    // interpreter has a lock of its own. `ctx` stays what it was, so the words
    // that such a thread reads fit together; cannot fail.
    unsafe { ffi::PyObject_SetArenaAllocator(&mut found) };
}
// ANCHOR_END: set_hook

pub(crate) static HOOK: Once = Once::new();

// ANCHOR: arenas
/// How many arenas were taken since the first call, and how many bytes they
/// have, less what was given back.
#[pyfunction]
pub(crate) fn arenas(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    HOOK.call_once(|| set_hook(py));
    let arenas = ARENAS.load(Relaxed);
    let bytes = BYTES.load(Relaxed);
    numbers(py, &[arenas, bytes])
}
// ANCHOR_END: arenas

// ANCHOR: keep_samples
/// Calls `look` while all of `count` blocks are held, and again while only a
/// sample is: one in `one_in`, the newest first.
#[pyfunction]
pub(crate) fn keep_samples(
    look: &Bound<'_, PyAny>,
    size: usize,
    count: usize,
    one_in: usize,
) -> PyResult<()> {
    if one_in == 0 {
        return Err(PyZeroDivisionError::new_err(()));
    }
    let blocks = blocks(look.py(), size, count)?;
    for (number, block) in blocks.iter().enumerate() {
        // SAFETY: the block has `size` bytes, and nobody else knows it.
        unsafe { block.start.write_bytes(number as u8, size) };
    }
    look.call0()?;
    let samples = Block::new(look.py(), size * count.div_ceil(one_in))?;
    for (index, block) in blocks.iter().rev().step_by(one_in).enumerate() {
        let place = samples.start.wrapping_add(index * size);
        // SAFETY: `place` has `size` bytes of `samples`, which is a block of
        // its own, and so has `block`.
        unsafe { ptr::copy_nonoverlapping(block.start, place, size) };
    }
    drop(blocks);
    look.call0()?;
    drop(samples);
    Ok(())
}
// ANCHOR_END: keep_samples

/// The largest request that pymalloc serves.
pub(crate) const LIMIT: usize = 512;

// ANCHOR: while_cut
/// What `look()` returns while `data` lies in pieces, each a number that says
/// its length, and the bytes.
#[pyfunction]
pub(crate) fn while_cut<'py>(
    look: &Bound<'py, PyAny>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    const HEADER: usize = size_of::<usize>();
    let mut pieces = room(LIMIT, data.len() / (LIMIT - HEADER) + 1)?;
    for part in data.chunks(LIMIT - HEADER) {
        let piece = Block::new(look.py(), HEADER + part.len())?;
        // SAFETY: the block has room for a number, and is aligned for it.
        unsafe { piece.start.cast::<usize>().write(part.len()) };
        let text = piece.start.wrapping_add(HEADER);
        // SAFETY: behind the number there is room for `part`.
        unsafe { ptr::copy_nonoverlapping(part.as_ptr(), text, part.len()) };
        pieces.push(piece);
    }
    look.call0()
}
// ANCHOR_END: while_cut
