//! What PyO3's macros do for a function, done once by hand; called while the
//! module is made, so attached.

use core::ffi::CStr;
use core::ptr;

use pyo3::ffi::{self, PyCFunction, PyMethodDef, PyMethodDefPointer};
use pyo3::prelude::*;

// ANCHOR: add_function
/// Adds `function`, which takes one argument, to `module`.
pub(crate) fn add_function(
    module: &Bound<'_, PyModule>,
    name: &'static CStr,
    function: PyCFunction,
) -> PyResult<()> {
    let method = PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: function },
        ml_flags: ffi::METH_O,
        ml_doc: ptr::null(),
    };
    // CPython keeps the table's address, not a copy: it must never go away.
    let table = Box::leak(Box::new([method, PyMethodDef::zeroed()]));
    let first = table.as_mut_ptr();
    // SAFETY: the caller owns `module`; the table and the name live forever, a
    // zeroed entry ends it; consumes nothing; 0, or -1 with an exception set.
    let status = unsafe { ffi::PyModule_AddFunctions(module.as_ptr(), first) };
    if status == -1 {
        return Err(PyErr::fetch(module.py()));
    }
    Ok(())
}
// ANCHOR_END: add_function
