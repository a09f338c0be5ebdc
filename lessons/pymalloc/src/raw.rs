//! The C API, called as C calls it.

use std::ffi::c_void;
use std::marker::PhantomData;
use std::ptr;
use std::sync::Once;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

use pyo3::exceptions::{PyMemoryError, PyZeroDivisionError};
use pyo3::ffi;
use pyo3::prelude::*;

/// NULL from `PyMem_Malloc` sets no exception, so we do.
pub(crate) fn no_memory(py: Python<'_>) -> PyErr {
    // SAFETY: attached; sets a MemoryError and always returns NULL.
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
        // SAFETY: attached; a block that we own, or NULL and no exception set.
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

// ANCHOR: numbers
/// A list of ints.
pub(crate) fn numbers<'py>(
    py: Python<'py>,
    numbers: &[isize],
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: attached; a new list, its slots empty, or NULL, exception set.
    let list = unsafe { ffi::PyList_New(numbers.len() as ffi::Py_ssize_t) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    let list = unsafe { Bound::from_owned_ptr_or_err(py, list) }?;
    for (index, &number) in numbers.iter().enumerate() {
        // SAFETY: attached; a new reference, or NULL with an exception set.
        let item = unsafe { ffi::PyLong_FromSsize_t(number) };
        if item.is_null() {
            return Err(PyErr::fetch(py));
        }
        let index = index as ffi::Py_ssize_t;
        // SAFETY: attached, a list, ours alone; consumes `item`, which is ours;
        // cannot fail, because the index is in range.
        unsafe { ffi::PyList_SetItem(list.as_ptr(), index, item) };
    }
    Ok(list)
}
// ANCHOR_END: numbers

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
    numbers(py, &between(&mut addresses))
}

/// The differences between neighbours.
pub(crate) fn between(addresses: &mut [usize]) -> Vec<isize> {
    addresses.sort_unstable();
    addresses.windows(2).map(|pair| (pair[1] - pair[0]) as isize).collect()
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

/// Our hook: passes on the request, and counts what came.
extern "C" fn take(inner: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: `set_hook` leaked it, so it lives, and nobody writes to it.
    let inner = unsafe { &*inner.cast::<ffi::PyObjectArenaAllocator>() };
    let Some(alloc) = inner.alloc else { return ptr::null_mut() };
    let arena = alloc(inner.ctx, size);
    if !arena.is_null() {
        ARENAS.fetch_add(1, Relaxed);
        BYTES.fetch_add(size as isize, Relaxed);
    }
    arena
}

/// Our hook: counts what goes, and passes it on.
extern "C" fn give(inner: *mut c_void, arena: *mut c_void, size: usize) {
    // SAFETY: `set_hook` leaked it, so it lives, and nobody writes to it.
    let inner = unsafe { &*inner.cast::<ffi::PyObjectArenaAllocator>() };
    ARENAS.fetch_sub(1, Relaxed);
    BYTES.fetch_sub(size as isize, Relaxed);
    if let Some(free) = inner.free {
        free(inner.ctx, arena, size);
    }
}
// ANCHOR_END: watch

// ANCHOR: set_hook
/// Puts our hook before the arena allocator, for good.
pub(crate) fn set_hook(_py: Python<'_>) {
    let inner = ffi::PyObjectArenaAllocator {
        ctx: ptr::null_mut(),
        alloc: None,
        free: None,
    };
    let inner = Box::into_raw(Box::new(inner));
    // SAFETY: attached; fills `inner`, which is ours; cannot fail.
    unsafe { ffi::PyObject_GetArenaAllocator(inner) };
    let mut ours = ffi::PyObjectArenaAllocator {
        ctx: inner.cast(),
        alloc: Some(take),
        free: Some(give),
    };
    // SAFETY: attached; copies `ours`, whose `ctx` is never freed; cannot fail.
    unsafe { ffi::PyObject_SetArenaAllocator(&mut ours) };
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
