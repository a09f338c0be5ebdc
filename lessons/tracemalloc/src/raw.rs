//! The C API, called as C calls it.

use std::collections::HashMap;
use std::ffi::{c_int, c_uint};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;
use std::{ptr, thread};

use pyo3::exceptions::{
    PyMemoryError, PyRuntimeError, PySystemError, PyValueError,
};
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::hook::{Allocator, DOMAINS, LINE, Line, Recording};
use crate::safe::{Report, reached, tally};

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
    // SAFETY: attached; sets a MemoryError and always returns NULL.
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
    Ok(Serving(Allocator::get(py, domain)))
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
    // SAFETY: the memory is still ours; 0, also where nothing was noted, or
    // -2 where tracemalloc is not tracing.
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
    let got = waits.recv_timeout(Duration::from_secs(1)).is_ok();
    // Detached we let it finish: it may be waiting for us to detach.
    let _ = py.detach(|| other.join());
    Ok(got)
}
// ANCHOR_END: allocates_elsewhere

// ANCHOR: tracer
/// The object that stands for our trace function, and keeps the code objects.
#[pyclass(frozen)]
#[derive(Default)]
struct Tracer(Mutex<HashMap<usize, Py<PyAny>>>);

impl Tracer {
    /// The line that `frame` is at.
    ///
    /// # Safety
    ///
    /// `frame` is a frame that lives.
    unsafe fn line(
        &self,
        py: Python<'_>,
        frame: *mut ffi::PyFrameObject,
    ) -> Line {
        // SAFETY: attached, a living frame; a number, no failure.
        let number = unsafe { ffi::PyFrame_GetLineNumber(frame) };
        // SAFETY: attached, a living frame; a new reference, never NULL.
        let code = unsafe { ffi::PyFrame_GetCode(frame) };
        // SAFETY: attached; alive, and we hand over the reference we own.
        let code = unsafe { Bound::from_owned_ptr(py, code.cast()) };
        let line = Line { code: code.as_ptr().addr(), number };
        self.codes().entry(line.code).or_insert(code.unbind());
        line
    }
    // ANCHOR_END: tracer

    fn codes(&self) -> MutexGuard<'_, HashMap<usize, Py<PyAny>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file and the number of a line.
    fn place<'py>(
        &self,
        py: Python<'py>,
        line: Line,
    ) -> PyResult<(Bound<'py, PyAny>, c_int)> {
        let code = self.codes().get(&line.code).map(|code| code.clone_ref(py));
        let code = code.ok_or_else(|| PyRuntimeError::new_err("no code"))?;
        Ok((code.bind(py).getattr(intern!(py, "co_filename"))?, line.number))
    }
}

#[pymethods]
impl Tracer {
    /// For an event that comes before `on_event` is there.
    #[pyo3(signature = (*_event))]
    fn __call__(&self, _event: &Bound<'_, PyAny>) {}
}

// ANCHOR: on_event
/// CPython calls it at each line, and where a function begins or ends.
unsafe extern "C" fn on_event(
    tracer: *mut ffi::PyObject,
    frame: *mut ffi::PyFrameObject,
    what: c_int,
    _arg: *mut ffi::PyObject,
) -> c_int {
    // What this function allocates is not the program's.
    let before = LINE.replace(None);
    // SAFETY: CPython calls a trace function attached.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: the object that came with this function, borrowed.
    let tracer = unsafe { Bound::from_borrowed_ptr(py, tracer) };
    // SAFETY: it is a `Tracer`: `Tracing::start` passed it on.
    let tracer = unsafe { tracer.cast_unchecked::<Tracer>() };
    // SAFETY: a frame that lives during the call.
    match unsafe { tracer.get().after(py, frame, what, before) } {
        Ok(line) => LINE.set(line),
        Err(error) => {
            error.restore(py);
            return -1;
        }
    }
    0
}
// ANCHOR_END: on_event

impl Tracer {
    // ANCHOR: after
    /// The line that the program is at after an event.
    ///
    /// # Safety
    ///
    /// `frame` is a frame that lives.
    unsafe fn after(
        &self,
        py: Python<'_>,
        frame: *mut ffi::PyFrameObject,
        what: c_int,
        before: Option<Line>,
    ) -> PyResult<Option<Line>> {
        if what == ffi::PyTrace_CALL || what == ffi::PyTrace_LINE {
            // SAFETY: it lives, as our caller says.
            return Ok(Some(unsafe { self.line(py, frame) }));
        }
        if what != ffi::PyTrace_RETURN {
            return Ok(before);
        }
        // SAFETY: as above.
        let caller = unsafe { caller(py, frame) }?;
        // SAFETY: a frame that lives, because `caller` owns a reference.
        Ok(caller.map(|back| unsafe { self.line(py, back.as_ptr().cast()) }))
    }
    // ANCHOR_END: after
}

/// The frame that called `frame`.
///
/// # Safety
///
/// `frame` is a frame that lives.
unsafe fn caller(
    py: Python<'_>,
    frame: *mut ffi::PyFrameObject,
) -> PyResult<Option<Bound<'_, PyAny>>> {
    // SAFETY: attached, a living frame; a new reference, or NULL, with an
    // exception set if it was for want of memory.
    let back = unsafe { ffi::PyFrame_GetBack(frame) };
    // SAFETY: attached; NULL, or alive, and we hand over the reference we own.
    let back = unsafe { Bound::from_owned_ptr_or_opt(py, back.cast()) };
    match (&back, PyErr::take(py)) {
        (None, Some(error)) => Err(error),
        _ => Ok(back),
    }
}

// ANCHOR: tracing
/// While it lives, CPython calls `on_event` in this thread.
struct Tracing<'py> {
    sys: Bound<'py, PyModule>,
    tracer: Bound<'py, Tracer>,
}

impl<'py> Tracing<'py> {
    fn start(py: Python<'py>) -> PyResult<Tracing<'py>> {
        let sys = py.import(intern!(py, "sys"))?;
        if !sys.call_method0(intern!(py, "gettrace"))?.is_none() {
            return Err(PyRuntimeError::new_err("somebody else is tracing"));
        }
        let tracer = Bound::new(py, Tracer::default())?;
        let tracing = Tracing { sys, tracer };
        // It may fail and says so; `PyEval_SetTrace` could only print.
        let by_name = intern!(py, "settrace");
        tracing.sys.call_method1(by_name, (&tracing.tracer,))?;
        // SAFETY: attached; takes a reference of its own to the tracer.
        unsafe {
            ffi::PyEval_SetTrace(Some(on_event), tracing.tracer.as_ptr())
        };
        Ok(tracing)
    }
}
// ANCHOR_END: tracing

impl Drop for Tracing<'_> {
    fn drop(&mut self) {
        let now = self.sys.call_method0(intern!(self.sys.py(), "gettrace"));
        if now.map_or(true, |now| now.is(&self.tracer)) {
            // SAFETY: attached; releases CPython's reference to the tracer.
            unsafe { ffi::PyEval_SetTrace(None, ptr::null_mut()) };
        }
    }
}

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
    let recording = Recording::start(py);
    LINE.set(here);
    let result = work.call0();
    LINE.set(None);
    drop(tracing);
    let result = result.map_err(|error| in_words(error, py, &recording))?;
    let lines = PyDict::new(py);
    for block in recording.blocks() {
        let place = tracer.get().place(py, block.line)?;
        tally(&lines, place, 1)?;
    }
    let types = reached(&result, |object| {
        let line = recording.line_of(object);
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

/// The line that called us, if any did.
fn here(py: Python<'_>, tracer: &Tracer) -> PyResult<Option<Line>> {
    // SAFETY: attached; a borrowed reference, or NULL, with an exception set
    // if it was for want of memory.
    let frame = unsafe { ffi::PyEval_GetFrame() };
    if frame.is_null() {
        return PyErr::take(py).map_or(Ok(None), Err);
    }
    // SAFETY: the frame that runs lives.
    Ok(Some(unsafe { tracer.line(py, frame) }))
}
