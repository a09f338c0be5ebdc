//! A hook as an object of Python's.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::MutexExt;

use super::{
    Counts, Domain, Hook, Which, install, not_in_front, runtime_error,
    uninstall,
};

/// A hook that somebody installed, and must uninstall.
#[pyclass(frozen)]
pub(crate) struct Installed {
    pub(crate) hook: &'static Hook,
    /// What it had seen when it was uninstalled: then another may use the hook.
    ended: Mutex<Option<Counts>>,
}

impl Installed {
    pub(crate) fn new(
        py: Python<'_>,
        domain: Domain,
        which: Which,
    ) -> PyResult<Installed> {
        let hook = install(py, domain, which)?;
        Ok(Installed { hook, ended: Mutex::new(None) })
    }

    /// Who waits for the lock detaches: who has it may be waiting, too.
    fn ended(&self, py: Python<'_>) -> MutexGuard<'_, Option<Counts>> {
        self.ended.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn counts(&self, py: Python<'_>) -> Counts {
        self.ended(py).unwrap_or_else(|| self.hook.counts())
    }

    pub(crate) fn is_on(&self, py: Python<'_>) -> bool {
        self.ended(py).is_none()
    }

    /// `None` where it is not in front, or was taken away before.
    pub(crate) fn uninstall(&self, py: Python<'_>) -> Option<Counts> {
        let mut ended = self.ended(py);
        if ended.is_none() {
            *ended = uninstall(py, self.hook);
            return *ended;
        }
        None
    }

    pub(crate) fn uninstall_or_raise(
        &self,
        py: Python<'_>,
    ) -> PyResult<Counts> {
        if !self.is_on(py) {
            return Err(runtime_error(py, c"not installed"));
        }
        self.uninstall(py).ok_or_else(|| not_in_front(py))
    }
}

/// Puts a hook in front of a domain's allocator.
#[pyfunction]
#[pyo3(name = "install")]
pub(crate) fn install_by_name(
    py: Python<'_>,
    domain: &str,
) -> PyResult<Py<Installed>> {
    let installed = Installed::new(py, Domain::find(py, domain)?, Which::All)?;
    let hook = installed.hook;
    // No memory for the object: then nobody could take the hook away.
    Py::new(py, installed).inspect_err(|_| {
        uninstall(py, hook);
    })
}

/// What the hook has seen so far.
#[pyfunction]
pub(crate) fn counts(hook: &Bound<'_, Installed>) -> Counts {
    hook.get().counts(hook.py())
}

/// Takes the hook away, if it stands in front of its domain's allocator.
#[pyfunction]
#[pyo3(name = "uninstall")]
pub(crate) fn uninstall_installed(
    hook: &Bound<'_, Installed>,
) -> PyResult<Counts> {
    hook.get().uninstall_or_raise(hook.py())
}
