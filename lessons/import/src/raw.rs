//! The C API, called as C calls it.
//!
//! Attached: PyO3 or CPython calls each function here with its thread attached,
//! and none detaches. The SAFETY comments say the rest: who owns what, and what
//! NULL or -1 means.

use std::ffi::{CStr, c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;
use pyo3::ffi::compat;
use pyo3::prelude::*;

// ANCHOR: get_modules
/// `sys.modules`, as Python code gets it.
#[pyfunction]
pub(crate) fn get_modules(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let (sys, modules) = (c"sys".as_ptr(), c"modules".as_ptr());
    // SAFETY: the name is UTF-8 and ends in NUL; a new reference that we own,
    // or NULL with an exception set.
    let module = unsafe { ffi::PyImport_ImportModule(sys) };
    if module.is_null() {
        return Err(PyErr::fetch(py));
    }
    // SAFETY: we own `module`, the name ends in NUL; a new reference that we
    // own, or NULL with an exception set.
    let result = unsafe { ffi::PyObject_GetAttrString(module, modules) };
    // SAFETY: releases the reference we own; `module` ends here.
    unsafe { ffi::Py_DECREF(module) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: get_modules

// ANCHOR: get_module_dict
/// `PyImport_GetModuleDict`: a borrowed reference, never NULL.
#[pyfunction]
pub(crate) fn get_module_dict(py: Python<'_>) -> Bound<'_, PyAny> {
    // SAFETY: borrowed: the interpreter owns its dictionary.
    let modules = unsafe { ffi::PyImport_GetModuleDict() };
    // SAFETY: alive as long as its interpreter; the result takes a reference of
    // its own.
    unsafe { Bound::from_borrowed_ptr(py, modules) }
}
// ANCHOR_END: get_module_dict

// ANCHOR: import_module
/// `PyImport_ImportModule`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn import_module<'py>(
    py: Python<'py>,
    name: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the name is UTF-8 and ends in NUL; a new reference that we own,
    // or NULL with an exception set.
    let module = unsafe { ffi::PyImport_ImportModule(name.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, module) }
}
// ANCHOR_END: import_module

// ANCHOR: import_by_object
/// `PyImport_Import`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn import_by_object<'py>(
    name: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `name`; what is no `str` ends in NULL and
    // TypeError; a new reference that we own, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_Import(name.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(name.py(), module) }
}
// ANCHOR_END: import_by_object

// ANCHOR: get_module
/// `PyImport_GetModule`: a new reference, or NULL: an exception is set, or
/// none is, and the module is not there.
#[pyfunction]
pub(crate) fn get_module<'py>(
    name: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = name.py();
    // SAFETY: the caller owns `name`; a new reference that we own, or NULL with
    // an exception set, or NULL without.
    let module = unsafe { ffi::PyImport_GetModule(name.as_ptr()) };
    if module.is_null() {
        return PyErr::take(py).map_or(Ok(None), Err);
    }
    // SAFETY: alive, and we hand over the reference we own.
    Ok(Some(unsafe { Bound::from_owned_ptr(py, module) }))
}
// ANCHOR_END: get_module

// ANCHOR: add_module
/// `PyImport_AddModuleRef`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn add_module<'py>(
    py: Python<'py>,
    name: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the name is UTF-8 and ends in NUL; a new reference that we own,
    // or NULL with an exception set.
    let module = unsafe { compat::PyImport_AddModuleRef(name.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, module) }
}
// ANCHOR_END: add_module

// ANCHOR: import_module_attr
/// `PyImport_ImportModuleAttr`: a new reference, or NULL with an exception set.
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn import_module_attr<'py>(
    module: &Bound<'py, PyAny>,
    attribute: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let name = attribute.as_ptr();
    // SAFETY: the caller owns both; what is no `str` ends in NULL and
    // TypeError; a new reference that we own, or NULL with an exception set.
    let value =
        unsafe { ffi::PyImport_ImportModuleAttr(module.as_ptr(), name) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(module.py(), value) }
}
// ANCHOR_END: import_module_attr

// ANCHOR: import_attribute
/// The attribute `attribute` of the module `module`, imported.
fn import_attribute<'py>(
    py: Python<'py>,
    module: &CStr,
    attribute: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the name is UTF-8 and ends in NUL; a new reference that we own,
    // or NULL with an exception set.
    let module = unsafe { ffi::PyImport_ImportModule(module.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    let module = unsafe { Bound::from_owned_ptr_or_err(py, module) }?;
    let name = attribute.as_ptr();
    // SAFETY: we own `module`, the name ends in NUL; a new reference that we
    // own, or NULL with an exception set.
    let value = unsafe { ffi::PyObject_GetAttrString(module.as_ptr(), name) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, value) }
}
// ANCHOR_END: import_attribute

// ANCHOR: sys_attr
/// An attribute of `sys`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn sys_attr<'py>(
    py: Python<'py>,
    name: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    import_attribute(py, c"sys", name)
}
// ANCHOR_END: sys_attr

// ANCHOR: sys_get_attr
#[cfg(Py_3_15)]
unsafe extern "C" {
    /// Not in pyo3-ffi; CPython exports it from 3.15 on.
    fn PySys_GetAttr(name: *mut ffi::PyObject) -> *mut ffi::PyObject;
}

/// `PySys_GetAttr`: a new reference, or NULL with an exception set.
#[cfg(Py_3_15)]
#[pyfunction]
pub(crate) fn sys_get_attr<'py>(
    name: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller owns `name`; what is no `str` ends in NULL and
    // TypeError; a new reference that we own, or NULL with an exception set.
    let value = unsafe { PySys_GetAttr(name.as_ptr()) };
    // SAFETY: NULL with an exception set, or alive, and we hand over the
    // reference we own.
    unsafe { Bound::from_owned_ptr_or_err(name.py(), value) }
}
// ANCHOR_END: sys_get_attr

// ANCHOR: load_limit
/// Owns a reference from the first call that succeeds on, for good.
static LIMIT: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// `settings.Limit`, imported when it is first asked for.
#[pyfunction]
pub(crate) fn load_limit(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let known = LIMIT.load(Ordering::Acquire);
    if !known.is_null() {
        // SAFETY: `LIMIT` owns a reference for good; the result takes one of
        // its own.
        return Ok(unsafe { Bound::from_borrowed_ptr(py, known) });
    }
    let limit = import_attribute(py, c"settings", c"Limit")?;
    let ours = limit.clone().into_ptr();
    let none = ptr::null_mut();
    let (set, get) = (Ordering::AcqRel, Ordering::Acquire);
    if let Err(first) = LIMIT.compare_exchange(none, ours, set, get) {
        // SAFETY: `LIMIT` has refused the reference, so we own it.
        unsafe { ffi::Py_DECREF(ours) };
        // SAFETY: what somebody was faster to put into `LIMIT`, which owns it
        // for good; the result takes a reference of its own.
        return Ok(unsafe { Bound::from_borrowed_ptr(py, first) });
    }
    Ok(limit)
}
// ANCHOR_END: load_limit

// ANCHOR: add_object
/// `PyModule_AddObject`: 0, or -1 with an exception set; consumes `value`, but
/// not where it fails.
#[pyfunction]
pub(crate) fn add_object(
    module: &Bound<'_, PyAny>,
    name: &CStr,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let (m, ours) = (module.as_ptr(), value.as_ptr());
    // SAFETY: the caller owns `value`; makes a reference that we own.
    unsafe { ffi::Py_INCREF(ours) };
    // SAFETY: the caller owns all, the name ends in NUL, what is no module ends
    // in -1; 0, and our reference is the module's, or -1 with an exception set.
    let status = unsafe { ffi::PyModule_AddObject(m, name.as_ptr(), ours) };
    if status == -1 {
        // SAFETY: the call has failed, so the reference is still ours.
        unsafe { ffi::Py_DECREF(ours) };
        return Err(PyErr::fetch(module.py()));
    }
    Ok(())
}
// ANCHOR_END: add_object

// ANCHOR: execute
/// The second phase: puts `answer` into a module; 0, or -1 with an exception.
pub(crate) extern "C" fn execute(module: *mut ffi::PyObject) -> c_int {
    // SAFETY: a new reference that we own, or NULL with an exception set.
    let answer = unsafe { ffi::PyLong_FromLong(42) };
    // SAFETY: CPython has made `module` and lends it, the name ends in NUL;
    // takes a reference of its own; 0, or -1 with an exception set, which for a
    // NULL is the one that is set already.
    let status = unsafe {
        compat::PyModule_AddObjectRef(module, c"answer".as_ptr(), answer)
    };
    // SAFETY: NULL, or the reference that is still ours.
    unsafe { ffi::Py_XDECREF(answer) };
    status
}
// ANCHOR_END: execute

/// A row of a module's table.
pub(crate) type Slot = ffi::PyModuleDef_Slot;

pub(crate) const fn slot(slot: c_int, value: *mut c_void) -> Slot {
    Slot { slot, value }
}

/// How many rows the table has, with the one that ends it.
const ROWS: usize = 2 + cfg!(Py_3_12) as usize + cfg!(Py_3_13) as usize;

// ANCHOR: by_hand
/// What CPython does and may expect, row by row; a row of zeros ends it.
static mut SLOTS: [Slot; ROWS] = [
    slot(ffi::Py_mod_exec, execute as *mut c_void),
    #[cfg(Py_3_12)]
    slot(
        ffi::Py_mod_multiple_interpreters,
        ffi::Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
    ),
    #[cfg(Py_3_13)]
    slot(ffi::Py_mod_gil, ffi::Py_MOD_GIL_NOT_USED),
    slot(0, ptr::null_mut()),
];

/// What `by_hand` is; from its first import on it belongs to CPython.
static mut DEFINITION: ffi::PyModuleDef = ffi::PyModuleDef {
    m_base: ffi::PyModuleDef_HEAD_INIT,
    m_name: c"by_hand".as_ptr(),
    m_doc: ptr::null(),
    m_size: 0,
    m_methods: ptr::null_mut(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// CPython calls `PyInit_by_hand` to import the module `by_hand`: the
/// definition, borrowed, or NULL with an exception set.
// SAFETY: no other symbol in this program has the name.
#[unsafe(export_name = "PyInit_by_hand")]
extern "C" fn by_hand() -> *mut ffi::PyObject {
    let definition = &raw mut DEFINITION;
    // SAFETY: valid for good, and only CPython uses it; never released.
    unsafe { ffi::PyModuleDef_Init(definition) }
}
// ANCHOR_END: by_hand
