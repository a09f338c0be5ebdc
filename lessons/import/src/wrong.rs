//! Wrong on purpose: one bug a function, named after it. Never copy from here.
//!
//! Attached, as in `raw`. A SAFETY comment above a bug says what its author
//! believed.

use std::ffi::{CStr, c_void};
use std::ptr;
use std::thread::sleep;
use std::time::Duration;

use pyo3::ffi;
use pyo3::prelude::*;

use crate::raw::{Slot, execute, slot};

// ANCHOR: get_modules_trusts
/// `sys.modules`, as Python code gets it.
#[pyfunction]
pub(crate) fn get_modules_trusts(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let (sys, modules) = (c"sys".as_ptr(), c"modules".as_ptr());
    // SAFETY: the name is UTF-8 and ends in NUL; a new reference that we own;
    // CPython itself has imported `sys` long ago.
    let module = unsafe { ffi::PyImport_ImportModule(sys) };
    // SAFETY: we own `module`, the name ends in NUL; a new reference that we
    // own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_GetAttrString(module, modules) };
    // SAFETY: releases the reference we own; `module` ends here.
    unsafe { ffi::Py_DECREF(module) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: get_modules_trusts

// ANCHOR: get_module_dict_releases
/// `PyImport_GetModuleDict`: a borrowed reference, never NULL.
#[pyfunction]
pub(crate) fn get_module_dict_releases(py: Python<'_>) -> Bound<'_, PyAny> {
    // SAFETY: borrowed: the interpreter owns its dictionary.
    let modules = unsafe { ffi::PyImport_GetModuleDict() };
    // SAFETY: alive: the interpreter cannot run without it.
    unsafe { Bound::from_owned_ptr(py, modules) }
}
// ANCHOR_END: get_module_dict_releases

// ANCHOR: sys_attr_borrowed
/// An attribute of `sys`: a new reference, or NULL with an exception set.
#[pyfunction]
#[pyo3(signature = (name, pause=0))]
pub(crate) fn sys_attr_borrowed<'py>(
    py: Python<'py>,
    name: &CStr,
    pause: u64,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    // SAFETY: the name is UTF-8 and ends in NUL; borrowed from `sys`, or NULL
    // and no exception set.
    let value = unsafe { ffi::PySys_GetObject(name.as_ptr()) };
    sleep(Duration::from_millis(pause));
    // SAFETY: NULL, or alive; the result takes a reference of its own before
    // anything else can run.
    Ok(unsafe { Bound::from_borrowed_ptr_or_opt(py, value) })
}
// ANCHOR_END: sys_attr_borrowed

// ANCHOR: add_object_leaks_on_failure
/// `PyModule_AddObject`: 0, or -1 with an exception set; consumes `value`, but
/// not where it fails.
#[pyfunction]
pub(crate) fn add_object_leaks_on_failure(
    module: &Bound<'_, PyAny>,
    name: &CStr,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let (m, ours) = (module.as_ptr(), value.as_ptr());
    // SAFETY: the caller owns `value`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(ours) };
    // SAFETY: the caller owns all, the name ends in NUL, what is no module ends
    // in -1; our reference is the module's; 0, or -1 with an exception set.
    let status = unsafe { ffi::PyModule_AddObject(m, name.as_ptr(), ours) };
    if status == -1 {
        return Err(PyErr::fetch(module.py()));
    }
    Ok(())
}
// ANCHOR_END: add_object_leaks_on_failure

/// How many rows the table has, with the one that ends it.
const ROWS: usize = 2 + cfg!(Py_3_12) as usize;

// ANCHOR: by_hand_is_silent
/// What CPython does and may expect, row by row; a row of zeros ends it.
static mut SLOTS: [Slot; ROWS] = [
    slot(ffi::Py_mod_exec, execute as *mut c_void),
    #[cfg(Py_3_12)]
    slot(
        ffi::Py_mod_multiple_interpreters,
        ffi::Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
    ),
    slot(0, ptr::null_mut()),
];

/// What `by_hand_is_silent` is; from its first import on it belongs to CPython.
static mut DEFINITION: ffi::PyModuleDef = ffi::PyModuleDef {
    m_base: ffi::PyModuleDef_HEAD_INIT,
    m_name: c"by_hand_is_silent".as_ptr(),
    m_doc: ptr::null(),
    m_size: 0,
    m_methods: ptr::null_mut(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// CPython calls `PyInit_by_hand_is_silent` to import the module `by_hand_is_silent`: the
/// definition, borrowed, or NULL with an exception set.
// SAFETY: no other symbol in this program has the name.
#[unsafe(export_name = "PyInit_by_hand_is_silent")]
extern "C" fn by_hand_is_silent() -> *mut ffi::PyObject {
    let definition = &raw mut DEFINITION;
    // SAFETY: valid for good, and only CPython uses it; never released.
    unsafe { ffi::PyModuleDef_Init(definition) }
}
// ANCHOR_END: by_hand_is_silent
