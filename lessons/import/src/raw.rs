//! The C API, called as C calls it.

use std::ffi::{CStr, CString};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;

// ANCHOR: get_modules
/// `sys.modules`, as Python code gets it.
#[pyfunction]
pub(crate) fn get_modules(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
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
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, result) }
}
// ANCHOR_END: get_modules

// ANCHOR: get_module_dict
/// `PyImport_GetModuleDict`: a borrowed reference, never NULL.
#[pyfunction]
pub(crate) fn get_module_dict(py: Python<'_>) -> Bound<'_, PyAny> {
    // SAFETY: attached; borrowed: the interpreter owns its dictionary.
    let modules = unsafe { ffi::PyImport_GetModuleDict() };
    // SAFETY: attached; alive, and the result takes a reference of its own.
    unsafe { Bound::from_borrowed_ptr(py, modules) }
}
// ANCHOR_END: get_module_dict

// ANCHOR: import_module
/// `PyImport_ImportModule`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn import_module<'py>(
    py: Python<'py>,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let name = CString::new(name)?;
    // SAFETY: attached, the name is UTF-8 and ends in NUL; a new reference that
    // we own, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_ImportModule(name.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, module) }
}
// ANCHOR_END: import_module

// ANCHOR: import_by_object
/// `PyImport_Import`: a new reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn import_by_object<'py>(
    name: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: attached, `name` is alive; what is no `str` ends in NULL and
    // TypeError; a new reference that we own, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_Import(name.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
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
    // SAFETY: attached, `name` is alive; a new reference that we own, or NULL
    // with an exception set, or NULL without.
    let module = unsafe { ffi::PyImport_GetModule(name.as_ptr()) };
    if module.is_null() {
        return PyErr::take(py).map_or(Ok(None), Err);
    }
    // SAFETY: attached; alive, and we hand over the reference we own.
    Ok(Some(unsafe { Bound::from_owned_ptr(py, module) }))
}
// ANCHOR_END: get_module

// ANCHOR: add_module
/// `PyImport_AddModule`: a borrowed reference, or NULL with an exception set.
#[pyfunction]
pub(crate) fn add_module<'py>(
    py: Python<'py>,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let name = CString::new(name)?;
    // SAFETY: attached, the name is UTF-8 and ends in NUL; borrowed from
    // `sys.modules`, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_AddModule(name.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive; the result takes
    // a reference of its own before anything else can run.
    unsafe { Bound::from_borrowed_ptr_or_err(py, module) }
}
// ANCHOR_END: add_module

// ANCHOR: add_module_ref
/// `PyImport_AddModuleRef`: a new reference, or NULL with an exception set.
#[cfg(Py_3_13)]
#[pyfunction]
pub(crate) fn add_module_ref<'py>(
    py: Python<'py>,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let name = CString::new(name)?;
    // SAFETY: attached, the name is UTF-8 and ends in NUL; a new reference that
    // we own, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_AddModuleRef(name.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, module) }
}
// ANCHOR_END: add_module_ref

// ANCHOR: import_module_attr
/// `PyImport_ImportModuleAttr`: a new reference, or NULL with an exception set.
#[cfg(Py_3_14)]
#[pyfunction]
pub(crate) fn import_module_attr<'py>(
    module: &Bound<'py, PyAny>,
    attribute: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let name = attribute.as_ptr();
    // SAFETY: attached, both are alive; what is no `str` ends in NULL and
    // TypeError; a new reference that we own, or NULL with an exception set.
    let value =
        unsafe { ffi::PyImport_ImportModuleAttr(module.as_ptr(), name) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(module.py(), value) }
}
// ANCHOR_END: import_module_attr

// ANCHOR: sys_get_object
/// `PySys_GetObject`: a borrowed reference, or NULL, and no exception set.
#[pyfunction]
pub(crate) fn sys_get_object<'py>(
    py: Python<'py>,
    name: &str,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let name = CString::new(name)?;
    // SAFETY: attached, the name is UTF-8 and ends in NUL; borrowed from `sys`,
    // or NULL without an exception.
    let value = unsafe { ffi::PySys_GetObject(name.as_ptr()) };
    // SAFETY: attached; NULL, or alive; the result takes a reference of its own
    // before anything else can run.
    Ok(unsafe { Bound::from_borrowed_ptr_or_opt(py, value) })
}
// ANCHOR_END: sys_get_object

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
    // SAFETY: attached, `name` is alive; what is no `str` ends in NULL and
    // TypeError; a new reference that we own, or NULL with an exception set.
    let value = unsafe { PySys_GetAttr(name.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(name.py(), value) }
}
// ANCHOR_END: sys_get_attr

/// The attribute `attribute` of the module `module`, imported.
fn import_attribute<'py>(
    py: Python<'py>,
    module: &CStr,
    attribute: &CStr,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: attached, the name is UTF-8 and ends in NUL; a new reference that
    // we own, or NULL with an exception set.
    let module = unsafe { ffi::PyImport_ImportModule(module.as_ptr()) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    let module = unsafe { Bound::from_owned_ptr_or_err(py, module) }?;
    let name = attribute.as_ptr();
    // SAFETY: attached, `module` is alive, the name ends in NUL; a new
    // reference that we own, or NULL with an exception set.
    let value = unsafe { ffi::PyObject_GetAttrString(module.as_ptr(), name) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, value) }
}

// ANCHOR: load_limit
/// Owns a reference from the first call that succeeds on, for good.
static LIMIT: AtomicPtr<ffi::PyObject> = AtomicPtr::new(ptr::null_mut());

/// `settings.Limit`, imported when it is first asked for.
#[pyfunction]
pub(crate) fn load_limit(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let known = LIMIT.load(Ordering::Acquire);
    if !known.is_null() {
        // SAFETY: attached; `LIMIT` owns a reference for good; the result
        // takes one of its own.
        return Ok(unsafe { Bound::from_borrowed_ptr(py, known) });
    }
    let limit = import_attribute(py, c"settings", c"Limit")?;
    let ours = limit.clone().into_ptr();
    let none = ptr::null_mut();
    let (set, get) = (Ordering::AcqRel, Ordering::Acquire);
    if let Err(first) = LIMIT.compare_exchange(none, ours, set, get) {
        // SAFETY: attached; `LIMIT` has refused the reference, so we own it.
        unsafe { ffi::Py_DECREF(ours) };
        // SAFETY: attached; what somebody was faster to put into `LIMIT`,
        // which owns it for good; the result takes a reference of its own.
        return Ok(unsafe { Bound::from_borrowed_ptr(py, first) });
    }
    Ok(limit)
}
// ANCHOR_END: load_limit

// ANCHOR: definition
/// What `by_hand` is; from its first import on it belongs to CPython.
static mut DEFINITION: ffi::PyModuleDef = ffi::PyModuleDef {
    m_base: ffi::PyModuleDef_HEAD_INIT,
    m_name: c"by_hand".as_ptr(),
    m_doc: ptr::null(),
    m_size: -1,
    m_methods: ptr::null_mut(),
    m_slots: ptr::null_mut(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};
// ANCHOR_END: definition

// ANCHOR: by_hand
/// CPython calls `PyInit_by_hand` to import the module `by_hand`: a new
/// reference, or NULL with an exception set.
// SAFETY: no other symbol in this program has the name.
#[unsafe(export_name = "PyInit_by_hand")]
extern "C" fn by_hand() -> *mut ffi::PyObject {
    let (definition, version) = (&raw mut DEFINITION, ffi::PYTHON_API_VERSION);
    // SAFETY: attached, `definition` is valid for good, and only CPython uses
    // it; a new reference that we own, or NULL with an exception set.
    let module = unsafe { ffi::PyModule_Create2(definition, version) };
    #[cfg(Py_GIL_DISABLED)]
    if !module.is_null() {
        let not_used = ffi::Py_MOD_GIL_NOT_USED;
        // SAFETY: attached, a live module that nobody else has seen; consumes
        // nothing; 0, or -1 with an exception set.
        let set = unsafe { ffi::PyUnstable_Module_SetGIL(module, not_used) };
        if set == -1 {
            // SAFETY: attached; releases the reference we own.
            unsafe { ffi::Py_DECREF(module) };
            return ptr::null_mut();
        }
    }
    module
}
// ANCHOR_END: by_hand
