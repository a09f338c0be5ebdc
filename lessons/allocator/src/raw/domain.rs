//! The three domains, by name and as C has them.

use pyo3::ffi;
use pyo3::ffi::PyMemAllocatorDomain::{
    PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_RAW,
};
use pyo3::prelude::*;

/// `PyMemAllocatorDomain`, which nobody can compare.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Domain {
    Raw,
    Mem,
    Object,
}

impl Domain {
    pub(crate) const ALL: [Domain; 3] =
        [Domain::Raw, Domain::Mem, Domain::Object];

    /// The domain called `name`.
    pub(crate) fn find(py: Python<'_>, name: &str) -> PyResult<Domain> {
        match name {
            "raw" => Ok(Domain::Raw),
            "mem" => Ok(Domain::Mem),
            "object" => Ok(Domain::Object),
            _ => {
                // SAFETY: CPython sets it before any extension is loaded.
                let class = unsafe { ffi::PyExc_ValueError };
                let text = c"no such domain".as_ptr();
                // SAFETY: `class` is alive; copies the text.
                unsafe { ffi::PyErr_SetString(class, text) };
                Err(PyErr::fetch(py))
            }
        }
    }

    pub(crate) fn in_c(self) -> ffi::PyMemAllocatorDomain {
        match self {
            Domain::Raw => PYMEM_DOMAIN_RAW,
            Domain::Mem => PYMEM_DOMAIN_MEM,
            Domain::Object => PYMEM_DOMAIN_OBJ,
        }
    }
}
