//! The same in safe PyO3: memory that Python serves, and `tracemalloc` itself.

use std::collections::HashSet;
use std::ffi::c_int;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyMemoryError, PyRuntimeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};

// ANCHOR: while_tracked
/// What `look()` returns while tracemalloc knows a buffer of `size` bytes.
#[pyfunction]
pub(crate) fn while_tracked<'py>(
    look: &Bound<'py, PyAny>,
    size: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let _room = room(look.py(), size)?;
    look.call0()
}

/// Zeros in a `bytes`: its memory is Python's.
fn room(py: Python<'_>, size: usize) -> PyResult<Bound<'_, PyBytes>> {
    PyBytes::new_with(py, size, |_zeros| Ok(()))
}
// ANCHOR_END: while_tracked

// ANCHOR: buffer
/// Memory that tracemalloc knows, because Python serves it.
#[pyclass(frozen)]
pub(crate) struct Buffer {
    room: Py<PyBytes>,
}

#[pymethods]
impl Buffer {
    #[new]
    fn new(py: Python<'_>, size: usize) -> PyResult<Buffer> {
        Ok(Buffer { room: room(py, size)?.unbind() })
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.room.as_bytes(py).len()
    }
}
// ANCHOR_END: buffer

// ANCHOR: forget
/// Forgets a `Vec` of `size` bytes.
#[pyfunction]
pub(crate) fn forget(size: usize) -> PyResult<()> {
    let mut room: Vec<u8> = Vec::new();
    room.try_reserve_exact(size).map_err(|_| PyMemoryError::new_err(()))?;
    room.leak();
    Ok(())
}
// ANCHOR_END: forget

// ANCHOR: allocates_elsewhere
/// Whether another thread gets a block while this one waits, still attached.
#[pyfunction]
pub(crate) fn allocates_elsewhere(py: Python<'_>) -> PyResult<bool> {
    let (done, waits) = mpsc::channel();
    let work = move || {
        let block = vec![0u8; 24];
        let _ = done.send(());
        drop(block);
    };
    let other = thread::Builder::new().spawn(work)?;
    let got = waits.recv_timeout(Duration::from_millis(500)).is_ok();
    let _ = py.detach(|| other.join());
    Ok(got)
}
// ANCHOR_END: allocates_elsewhere

/// By line: blocks and bytes. By line and type: objects and their bytes.
pub(crate) type Report<'py> = (Bound<'py, PyDict>, Bound<'py, PyDict>);

/// A file and the number of a line in it.
pub(crate) type Place<'py> = (Bound<'py, PyAny>, c_int);

/// Adds to what `table` has for `key`.
pub(crate) fn tally<'py>(
    table: &Bound<'py, PyDict>,
    key: impl IntoPyObject<'py>,
    more: usize,
) -> PyResult<()> {
    let key = key.into_bound_py_any(table.py())?;
    let known = table.get_item(&key)?;
    let known = known.map_or(Ok(0), |known| known.extract::<usize>())?;
    table.set_item(key, known + more)
}

// ANCHOR: reached
/// The new objects that `result` leads to, by the line and the type.
pub(crate) fn reached<'py>(
    result: &Bound<'py, PyAny>,
    place: impl Fn(&Bound<'py, PyAny>) -> PyResult<Option<Place<'py>>>,
) -> PyResult<Bound<'py, PyDict>> {
    let py = result.py();
    let gc = py.import(intern!(py, "gc"))?;
    let get_referents = intern!(py, "get_referents");
    let types = PyDict::new(py);
    let full = |_| PyMemoryError::new_err(());
    let mut seen = HashSet::new();
    let mut waiting = Vec::new();
    let mut next = Some(result.clone());
    while let Some(object) = next.take().or_else(|| waiting.pop()) {
        seen.try_reserve(1).map_err(full)?;
        if !seen.insert(object.as_ptr().addr()) {
            continue;
        }
        let place = place(&object)?;
        if place.is_some() || is_container(&object) {
            let referents = gc.call_method1(get_referents, (&object,))?;
            for referent in referents.try_iter()? {
                waiting.try_reserve(1).map_err(full)?;
                waiting.push(referent?);
            }
        }
        if let Some((file, number)) = place {
            let name = object.get_type().name()?;
            tally(&types, (file, number, name), 1)?;
        }
    }
    Ok(types)
}
// ANCHOR_END: reached

/// An old one can be new: CPython keeps dead ones for the next that is made.
fn is_container(object: &Bound<'_, PyAny>) -> bool {
    object.is_exact_instance_of::<PyTuple>()
        || object.is_exact_instance_of::<PyList>()
        || object.is_exact_instance_of::<PyDict>()
}

// ANCHOR: profile
/// The blocks that `work()` leaves behind: by line, and by type.
#[pyfunction]
pub(crate) fn profile<'py>(work: &Bound<'py, PyAny>) -> PyResult<Report<'py>> {
    let py = work.py();
    let tracing = Tracing::start(py)?;
    let result = work.call0()?;
    let take = intern!(py, "take_snapshot");
    let snapshot = tracing.tracemalloc.call_method0(take)?;
    let by_line =
        snapshot.call_method1(intern!(py, "statistics"), ("lineno",))?;
    let lines = PyDict::new(py);
    for line in by_line.try_iter()? {
        let line = line?;
        let count = line.getattr(intern!(py, "count"))?.extract()?;
        let traceback = line.getattr(intern!(py, "traceback"))?;
        tally(&lines, innermost(&traceback)?, count)?;
    }
    let find = intern!(py, "get_object_traceback");
    let types = reached(&result, |object| {
        let found = tracing.tracemalloc.call_method1(find, (object,))?;
        if found.is_none() { Ok(None) } else { innermost(&found).map(Some) }
    })?;
    Ok((lines, types))
}
// ANCHOR_END: profile

/// While it lives, tracemalloc is tracing.
struct Tracing<'py> {
    tracemalloc: Bound<'py, PyModule>,
    stop: Bound<'py, PyAny>,
}

impl<'py> Tracing<'py> {
    fn start(py: Python<'py>) -> PyResult<Tracing<'py>> {
        let tracemalloc = py.import(intern!(py, "tracemalloc"))?;
        let tracing = tracemalloc.call_method0(intern!(py, "is_tracing"))?;
        if tracing.is_truthy()? {
            return Err(PyRuntimeError::new_err("already tracing"));
        }
        let stop = tracemalloc.getattr(intern!(py, "stop"))?;
        tracemalloc.call_method0(intern!(py, "start"))?;
        Ok(Tracing { tracemalloc, stop })
    }
}

impl Drop for Tracing<'_> {
    fn drop(&mut self) {
        let _ = self.stop.call0();
    }
}

/// The innermost frame of a traceback.
fn innermost<'py>(traceback: &Bound<'py, PyAny>) -> PyResult<Place<'py>> {
    let py = traceback.py();
    let frame = traceback.get_item(0)?;
    let number = frame.getattr(intern!(py, "lineno"))?.extract()?;
    Ok((frame.getattr(intern!(py, "filename"))?, number))
}
