//! Wrong on purpose: one bug a function, named after it. Never copy from here.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: get_modules_trusts
/// `sys.modules`, as Python code gets it.
#[pyfunction]
pub(crate) fn get_modules_trusts(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let (sys, modules) = (c"sys".as_ptr(), c"modules".as_ptr());
    // SAFETY: attached, the name is UTF-8 and ends in NUL; a new reference that
    // we own; CPython itself has imported `sys` long ago.
    let module = unsafe { ffi::PyImport_ImportModule(sys) };
    // SAFETY: attached, `module` is alive, the name ends in NUL; a new
    // reference that we own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_GetAttrString(module, modules) };
    // SAFETY: attached; releases the reference we own; `module` ends here.
    unsafe { ffi::Py_DECREF(module) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: get_modules_trusts

// ANCHOR: get_modules_leaks
/// `sys.modules`, as Python code gets it.
#[pyfunction]
pub(crate) fn get_modules_leaks(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let (sys, modules) = (c"sys".as_ptr(), c"modules".as_ptr());
    // SAFETY: attached, the name is UTF-8 and ends in NUL; a new reference that
    // we own, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_ImportModule(sys) };
    if module.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: attached, `module` is alive, the name ends in NUL; a new
    // reference that we own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_GetAttrString(module, modules) };
    // SAFETY: attached; releases the reference we own; `module` ends here.
    unsafe { ffi::Py_DECREF(module) };
    // SAFETY: attached; NULL with an exception set, or alive: `sys` owns it.
    unsafe { Bound::from_borrowed_ptr_or_err(py, result) }
}
// ANCHOR_END: get_modules_leaks

// ANCHOR: get_module_dict_releases
/// `PyImport_GetModuleDict`: a borrowed reference, never NULL.
#[pyfunction]
pub(crate) fn get_module_dict_releases(py: Python<'_>) -> Bound<'_, PyAny> {
    // SAFETY: attached; borrowed: the interpreter owns its dictionary.
    let modules = unsafe { ffi::PyImport_GetModuleDict() };
    // SAFETY: attached; alive: the interpreter cannot run without it.
    unsafe { Bound::from_owned_ptr(py, modules) }
}
// ANCHOR_END: get_module_dict_releases

/// What `by_hand_is_silent` is; from its first import on it belongs to CPython.
static mut DEFINITION: ffi::PyModuleDef = ffi::PyModuleDef {
    m_base: ffi::PyModuleDef_HEAD_INIT,
    m_name: c"by_hand_is_silent".as_ptr(),
    m_doc: ptr::null(),
    m_size: -1,
    m_methods: ptr::null_mut(),
    m_slots: ptr::null_mut(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

#[allow(clippy::let_and_return, reason = "so that the difference is the bug")]
// ANCHOR: by_hand_is_silent
/// CPython calls `PyInit_by_hand_is_silent` to import the module `by_hand_is_silent`: a new
/// reference, or NULL with an exception set.
// SAFETY: no other symbol in this program has the name.
#[unsafe(export_name = "PyInit_by_hand_is_silent")]
extern "C" fn by_hand_is_silent() -> *mut ffi::PyObject {
    let (definition, version) = (&raw mut DEFINITION, ffi::PYTHON_API_VERSION);
    // SAFETY: attached, `definition` is valid for good, and only CPython uses
    // it; a new reference that we own, or NULL with an exception set.
    let module = unsafe { ffi::PyModule_Create2(definition, version) };
    module
}
// ANCHOR_END: by_hand_is_silent
