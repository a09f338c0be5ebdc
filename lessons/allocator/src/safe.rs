//! The same in safe Rust. What `raw` promises makes it sound: a hook passes
//! everything on, lives for ever, and is only taken away if it stands in front.

use std::num::NonZeroUsize;
use std::ops::Add;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyBytes, PyTuple};

use crate::raw::{Counts, Domain, Installed, Turn, Which, runtime_error};

// ANCHOR: guard
/// A hook that is taken away when this is dropped.
struct Guard<'py> {
    installed: Installed,
    py: Python<'py>,
}

impl<'py> Guard<'py> {
    fn new(py: Python<'py>, domain: Domain, which: Which) -> PyResult<Self> {
        let installed = Installed::new(py, domain, which)?;
        Ok(Guard { installed, py })
    }

    fn uninstall(self) -> PyResult<Counts> {
        self.installed.uninstall_or_raise(self.py)
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        // Not in front, or taken away before: then there is nothing to do.
        self.installed.uninstall(self.py);
    }
}
// ANCHOR_END: guard

// ANCHOR: count
/// What arrives at a domain during `callable(*args)`, before its result dies.
#[pyfunction]
#[pyo3(signature = (callable, /, *args, domain="object"))]
pub(crate) fn count<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    domain: &str,
) -> PyResult<Counts> {
    let py = callable.py();
    let hook = Guard::new(py, Domain::find(py, domain)?, Which::All)?;
    let _result = callable.call1(args)?;
    hook.uninstall()
}
// ANCHOR_END: count

// ANCHOR: count_all
/// What CPython asks for in all domains during `callable(*args)`.
#[pyfunction]
#[pyo3(signature = (callable, /, *args))]
pub(crate) fn count_all<'py>(
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
) -> PyResult<Counts> {
    let py = callable.py();
    let hook = |domain| Guard::new(py, domain, Which::Outermost);
    let _turn = Turn::take(py)?;
    let (raw, mem, object) =
        (hook(Domain::Raw)?, hook(Domain::Mem)?, hook(Domain::Object)?);
    let _result = callable.call1(args)?;
    Ok(raw.uninstall()?.add(mem.uninstall()?).add(object.uninstall()?))
}
// ANCHOR_END: count_all

// ANCHOR: fail_nth
/// `callable(*args)` while a domain refuses this thread's `n`-th request.
#[pyfunction]
#[pyo3(signature = (n, callable, /, *args, domain="object"))]
pub(crate) fn fail_nth<'py>(
    n: NonZeroUsize,
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    domain: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let hook = Guard::new(py, Domain::find(py, domain)?, Which::All)?;
    hook.installed.hook.refuse(n.get());
    let result = callable.call1(args)?;
    hook.uninstall()?;
    Ok(result)
}
// ANCHOR_END: fail_nth

// ANCHOR: hook
/// `with Hook("object") as hook:` counts what arrives at the domain.
#[pyclass(frozen)]
pub(crate) struct Hook {
    domain: Domain,
    last: Mutex<Option<Installed>>,
}

impl Drop for Hook {
    fn drop(&mut self) {
        // Python frees us, so we are attached. What is not in front stays.
        Python::attach(|py| {
            let last = self.last(py).take();
            last.map(|installed| installed.uninstall(py))
        });
    }
}
// ANCHOR_END: hook

#[pymethods]
impl Hook {
    #[new]
    fn new(py: Python<'_>, domain: &str) -> PyResult<Hook> {
        Ok(Hook { domain: Domain::find(py, domain)?, last: Mutex::new(None) })
    }

    fn __enter__<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        slf.get().install(slf.py())?;
        Ok(slf)
    }

    #[pyo3(signature = (*raised))]
    fn __exit__(&self, raised: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.uninstall(raised.py())
    }

    /// What it has seen so far, or the last time.
    fn counts(&self, py: Python<'_>) -> Counts {
        let last = self.last(py);
        last.as_ref().map(|last| last.counts(py)).unwrap_or_default()
    }
}

impl Hook {
    fn last(&self, py: Python<'_>) -> MutexGuard<'_, Option<Installed>> {
        self.last.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
    }

    fn install(&self, py: Python<'_>) -> PyResult<()> {
        let mut last = self.last(py);
        if last.as_ref().is_some_and(|last| last.is_on(py)) {
            return Err(runtime_error(py, c"already installed"));
        }
        *last = Some(Installed::new(py, self.domain, Which::All)?);
        Ok(())
    }

    fn uninstall(&self, py: Python<'_>) -> PyResult<()> {
        match self.last(py).as_ref() {
            Some(installed) => installed.uninstall_or_raise(py).map(|_| ()),
            None => Err(runtime_error(py, c"not installed")),
        }
    }
}

// ANCHOR: swap_halves
/// The second half of `data`, then the first.
#[pyfunction]
pub(crate) fn swap_halves<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let copy = |half: &[u8]| {
        PyBytes::new_with(py, half.len(), |new| {
            new.copy_from_slice(half);
            Ok(())
        })
    };
    let (left, right) = data.split_at(data.len() / 2);
    let (left, right) = (copy(left)?, copy(right)?);
    right.add(left)
}
// ANCHOR_END: swap_halves

// ANCHOR: copy
/// A copy of `data`.
#[pyfunction]
pub(crate) fn copy<'py>(py: Python<'py>, data: &[u8]) -> Bound<'py, PyBytes> {
    PyBytes::new(py, data)
}
// ANCHOR_END: copy

// ANCHOR: ask_detached
/// Asks for a block of `size` bytes while detached, and frees it.
#[pyfunction]
pub(crate) fn ask_detached(py: Python<'_>, size: usize) -> PyResult<()> {
    py.detach(|| Vec::<u8>::new().try_reserve_exact(size))
        .map_err(|_| PyMemoryError::new_err(()))
}
// ANCHOR_END: ask_detached
