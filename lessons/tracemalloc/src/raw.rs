//! The C API, called as C calls it.
//!
//! Attached: PyO3, or CPython itself, calls each function here with its thread
//! attached, and its arguments live while it runs. The SAFETY comments say the
//! rest: who owns what, and what NULL or -1 means.

mod allocator;
mod hook;
mod recording;
mod table;
mod trace;

use std::ffi::{c_int, c_uint};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pyo3::exceptions::{
    PyMemoryError, PyRuntimeError, PySystemError, PyValueError,
};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::safe::{Report, reached, tally};
use allocator::{Allocator, DOMAINS};
use hook::LINE;
use recording::{Recording, line_of};
use trace::{Tracing, here};

// ANCHOR: declare
// Since CPython 3.7. Declared here because `pyo3::ffi` does not have them.
unsafe extern "C" {
    pub(crate) fn PyTraceMalloc_Track(
        domain: c_uint,
        ptr: usize,
        size: usize,
    ) -> c_int;
    pub(crate) fn PyTraceMalloc_Untrack(domain: c_uint, ptr: usize) -> c_int;
}

/// Our domain: `Rust` in ASCII. 0 is Python's own.
pub(crate) const DOMAIN: NonZero<c_uint> = NonZero::new(0x5275_7374).unwrap();
// ANCHOR_END: declare

// ANCHOR: no_memory
/// -1 from these functions sets no exception, so we do.
pub(crate) fn no_memory(py: Python<'_>) -> PyErr {
    // SAFETY: sets a MemoryError and always returns NULL.
    unsafe { ffi::PyErr_NoMemory() };
    PyErr::fetch(py)
}
// ANCHOR_END: no_memory

/// An empty `Vec` with room for `size` bytes.
pub(crate) fn room(size: usize) -> PyResult<Vec<u8>> {
    let mut room = Vec::new();
    room.try_reserve_exact(size).map_err(|_| PyMemoryError::new_err(()))?;
    Ok(room)
}

/// What serves a domain: four functions, and what they are given.
#[pyclass(frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Serving(Allocator);

// ANCHOR: get_allocator
/// What serves a domain now, to be compared.
#[pyfunction]
pub(crate) fn get_allocator(py: Python<'_>, domain: &str) -> PyResult<Serving> {
    let domain = match domain {
        "raw" => DOMAINS[0],
        "mem" => DOMAINS[1],
        "object" => DOMAINS[2],
        _ => return Err(PyValueError::new_err("no such domain")),
    };
    Allocator::get(py, domain).map(Serving)
}
// ANCHOR_END: get_allocator

// ANCHOR: while_tracked
/// What `look()` returns while tracemalloc knows a `Vec` of `size` bytes.
#[pyfunction]
pub(crate) fn while_tracked<'py>(
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
    answer
}
// ANCHOR_END: while_tracked

// ANCHOR: buffer
/// Memory of Rust's that tracemalloc knows.
#[pyclass(frozen)]
pub(crate) struct Buffer {
    room: Vec<u8>,
}

impl Buffer {
    fn address(&self) -> usize {
        self.room.as_ptr().addr()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: the memory is still ours; cannot fail.
        unsafe { PyTraceMalloc_Untrack(DOMAIN.get(), self.address()) };
    }
}
// ANCHOR_END: buffer

#[pymethods]
impl Buffer {
    #[new]
    fn new(py: Python<'_>, size: usize) -> PyResult<Buffer> {
        let buffer = Buffer { room: room(size)? };
        status(py, &buffer)?;
        Ok(buffer)
    }

    fn __len__(&self) -> usize {
        self.room.capacity()
    }
}

// ANCHOR: track
/// `PyTraceMalloc_Track`: 0, or -2 where tracemalloc is not tracing.
#[pyfunction]
pub(crate) fn track(buffer: &Bound<'_, Buffer>) -> PyResult<c_int> {
    status(buffer.py(), buffer.get())
}

fn status(py: Python<'_>, buffer: &Buffer) -> PyResult<c_int> {
    let size = buffer.room.capacity();
    if size == 0 {
        return Ok(0); // no memory, and an address that others have too
    }
    // SAFETY: the memory is the buffer's, which untracks it before it is
    // freed; 0, -2, or -1 without an exception.
    match unsafe { PyTraceMalloc_Track(DOMAIN.get(), buffer.address(), size) } {
        -1 => Err(no_memory(py)),
        status => Ok(status),
    }
}
// ANCHOR_END: track

// ANCHOR: untrack
/// `PyTraceMalloc_Untrack`: 0, or -2 where tracemalloc is not tracing.
#[pyfunction]
pub(crate) fn untrack(buffer: &Bound<'_, Buffer>) -> c_int {
    // SAFETY: the memory is the buffer's; the call only removes a note.
    unsafe { PyTraceMalloc_Untrack(DOMAIN.get(), buffer.get().address()) }
}
// ANCHOR_END: untrack

// ANCHOR: allocates_elsewhere
/// Whether another thread gets a block while this one waits, still attached.
#[pyfunction]
pub(crate) fn allocates_elsewhere(py: Python<'_>) -> PyResult<bool> {
    let (done, waits) = mpsc::channel();
    let work = move || {
        // SAFETY: needs no attached thread; a block that we own, or NULL.
        let block = unsafe { ffi::PyMem_RawMalloc(24) };
        let _ = done.send(());
        // SAFETY: as above; the block is ours, or NULL; it ends here.
        unsafe { ffi::PyMem_RawFree(block) };
    };
    let other = thread::Builder::new().spawn(work)?;
    let got = waits.recv_timeout(Duration::from_millis(500)).is_ok();
    // Detached we let it finish: it may be waiting for us to detach.
    let _ = py.detach(|| other.join());
    Ok(got)
}
// ANCHOR_END: allocates_elsewhere

/// There is one table of blocks, so one profile at a time.
struct Alone;

static BUSY: AtomicBool = AtomicBool::new(false);

impl Alone {
    fn claim() -> PyResult<Alone> {
        if BUSY.swap(true, Ordering::AcqRel) {
            return Err(PyRuntimeError::new_err("already profiling"));
        }
        Ok(Alone)
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        BUSY.store(false, Ordering::Release);
    }
}

// ANCHOR: profile
/// The blocks that `work()` leaves behind: by line, and by type.
#[pyfunction]
pub(crate) fn profile<'py>(work: &Bound<'py, PyAny>) -> PyResult<Report<'py>> {
    let py = work.py();
    let _alone = Alone::claim()?;
    let tracing = Tracing::start(py)?;
    let tracer = tracing.tracer.clone();
    let here = here(py, tracer.get())?;
    let recording = Recording::start(py)?;
    LINE.set(here);
    let result = work.call0();
    LINE.set(None);
    drop(tracing);
    let result = result.map_err(|error| in_words(error, py, &recording))?;
    let blocks = recording.blocks()?;
    let lines = PyDict::new(py);
    for block in &blocks {
        let place = tracer.get().place(py, block.line)?;
        tally(&lines, place, 1)?;
    }
    let types = reached(&result, |object| {
        let line = line_of(&blocks, object);
        line.map(|line| tracer.get().place(py, line)).transpose()
    })?;
    Ok((lines, types))
}
// ANCHOR_END: profile

/// `error`, unless it says badly that there was no memory: since 3.12 the
/// interpreter raises a SystemError where it cannot make a frame to trace.
fn in_words(error: PyErr, py: Python<'_>, recording: &Recording<'_>) -> PyErr {
    if recording.starved() && error.is_instance_of::<PySystemError>(py) {
        return no_memory(py);
    }
    error
}
