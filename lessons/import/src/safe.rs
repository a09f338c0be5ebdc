//! The same in safe PyO3.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyType};

// ANCHOR: get_modules
/// `sys.modules`, as Python code gets it.
#[pyfunction]
pub(crate) fn get_modules(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))
}
// ANCHOR_END: get_modules

// ANCHOR: import_module
/// What Python does for `import name`.
#[pyfunction]
pub(crate) fn import_module<'py>(
    name: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyModule>> {
    name.py().import(name)
}
// ANCHOR_END: import_module

// ANCHOR: get_module
/// `sys.modules.get(name)`.
#[pyfunction]
pub(crate) fn get_module<'py>(
    name: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    get_modules(name.py())?.cast::<PyDict>()?.get_item(name)
}
// ANCHOR_END: get_module

// ANCHOR: add_module
/// The module `name` that is there, or a new and empty one.
#[pyfunction]
pub(crate) fn add_module<'py>(
    name: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = name.py();
    if let Some(known) = get_module(name)?
        && known.is_instance_of::<PyModule>()
    {
        return Ok(known);
    }
    let module = py.get_type::<PyModule>().call1((name,))?;
    get_modules(py)?.set_item(name, &module)?;
    Ok(module)
}
// ANCHOR_END: add_module

// ANCHOR: import_module_attr
/// What Python does for `from module import attribute`, nearly.
#[pyfunction]
pub(crate) fn import_module_attr<'py>(
    module: &Bound<'py, PyString>,
    attribute: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    module.py().import(module)?.getattr(attribute)
}
// ANCHOR_END: import_module_attr

// ANCHOR: sys_attr
/// The attribute `name` of the module `sys`.
#[pyfunction]
pub(crate) fn sys_attr<'py>(
    name: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = name.py();
    py.import(intern!(py, "sys"))?.getattr(name)
}
// ANCHOR_END: sys_attr

// ANCHOR: add_object
/// `module.name = value`, and `name` among the names that `*` imports.
#[pyfunction]
pub(crate) fn add_object(
    module: &Bound<'_, PyModule>,
    name: &str,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    module.add(PyString::from_bytes(module.py(), name.as_bytes())?, value)
}
// ANCHOR_END: add_object

// ANCHOR: load_limit
/// `settings.Limit`, imported when it is first asked for.
#[pyfunction]
pub(crate) fn load_limit(py: Python<'_>) -> PyResult<Bound<'_, PyType>> {
    static LIMIT: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    LIMIT.import(py, "settings", "Limit").cloned()
}
// ANCHOR_END: load_limit
