//! Where the program is: a trace function, and the frames that it sees.
//!
//! CPython calls the trace function attached and outside of any allocator, so
//! here we may call Python.

use std::collections::HashMap;
use std::ffi::c_int;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyMemoryError, PyRuntimeError};
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;

use super::hook::LINE;
use super::table::Line;

// ANCHOR: tracer
/// The object that stands for our trace function, and keeps the code objects.
#[pyclass(frozen)]
#[derive(Default)]
pub(super) struct Tracer(Mutex<HashMap<usize, Py<PyAny>>>);

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
    ) -> PyResult<Line> {
        // SAFETY: a living frame; a number, no failure.
        let number = unsafe { ffi::PyFrame_GetLineNumber(frame) };
        // SAFETY: a living frame; a new reference, never NULL.
        let code = unsafe { ffi::PyFrame_GetCode(frame) };
        // SAFETY: alive, and we hand over the reference we own.
        let code = unsafe { Bound::from_owned_ptr(py, code.cast()) };
        let line = Line { code: code.as_ptr().addr(), number };
        let mut codes = self.codes();
        codes.try_reserve(1).map_err(|_| PyMemoryError::new_err(()))?;
        codes.entry(line.code).or_insert(code.unbind());
        Ok(line)
    }
    // ANCHOR_END: tracer

    fn codes(&self) -> MutexGuard<'_, HashMap<usize, Py<PyAny>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file and the number of a line.
    pub(super) fn place<'py>(
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
            return unsafe { self.line(py, frame) }.map(Some);
        }
        if what != ffi::PyTrace_RETURN {
            return Ok(before);
        }
        // SAFETY: as above.
        let caller = unsafe { caller(py, frame) }?;
        // SAFETY: a frame that lives, because `caller` owns a reference.
        let line = |back: Bound<'_, PyAny>| unsafe {
            self.line(py, back.as_ptr().cast())
        };
        caller.map(line).transpose()
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
    // SAFETY: a living frame; a new reference, or NULL, with an exception set
    // if it was for want of memory.
    let back = unsafe { ffi::PyFrame_GetBack(frame) };
    // SAFETY: NULL, or alive, and we hand over the reference we own.
    let back = unsafe { Bound::from_owned_ptr_or_opt(py, back.cast()) };
    match (&back, PyErr::take(py)) {
        (None, Some(error)) => Err(error),
        _ => Ok(back),
    }
}

// ANCHOR: tracing
/// While it lives, CPython calls `on_event` in this thread.
pub(super) struct Tracing<'py> {
    sys: Bound<'py, PyModule>,
    pub(super) tracer: Bound<'py, Tracer>,
}

impl<'py> Tracing<'py> {
    pub(super) fn start(py: Python<'py>) -> PyResult<Tracing<'py>> {
        let sys = py.import(intern!(py, "sys"))?;
        if !sys.call_method0(intern!(py, "gettrace"))?.is_none() {
            return Err(PyRuntimeError::new_err("somebody else is tracing"));
        }
        let tracer = Bound::new(py, Tracer::default())?;
        let tracing = Tracing { sys, tracer };
        // It may fail and says so; `PyEval_SetTrace` could only print.
        let by_name = intern!(py, "settrace");
        tracing.sys.call_method1(by_name, (&tracing.tracer,))?;
        // SAFETY: takes a reference of its own to the tracer.
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
            // SAFETY: releases CPython's reference to the tracer.
            unsafe { ffi::PyEval_SetTrace(None, ptr::null_mut()) };
        }
    }
}

/// The line that called us, if any did.
pub(super) fn here(py: Python<'_>, tracer: &Tracer) -> PyResult<Option<Line>> {
    // SAFETY: a borrowed reference, or NULL, with an exception set if it was
    // for want of memory.
    let frame = unsafe { ffi::PyEval_GetFrame() };
    if frame.is_null() {
        return PyErr::take(py).map_or(Ok(None), Err);
    }
    // SAFETY: the frame that runs lives.
    unsafe { tracer.line(py, frame) }.map(Some)
}
