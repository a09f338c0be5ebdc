//! The same in safe PyO3, which looks at no count.

use pyo3::PyTraverseError;
use pyo3::PyVisit;
use pyo3::prelude::*;
use pyo3::types::PyList;

// ANCHOR: hold
/// Owns a reference to an object until it is freed.
#[pyclass]
pub(crate) struct Holder {
    object: Option<Py<PyAny>>,
}

/// A `Holder` of `object`.
#[pyfunction]
pub(crate) fn hold(object: &Bound<'_, PyAny>) -> Holder {
    Holder { object: Some(object.clone().unbind()) }
}
// ANCHOR_END: hold

// ANCHOR: traverse
#[pymethods]
impl Holder {
    /// Tells the garbage collector what we own.
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.object)
    }

    /// The collector has found us in a ring that nobody else holds.
    fn __clear__(&mut self) {
        self.object = None;
    }
}
// ANCHOR_END: traverse

// ANCHOR: appended
/// The items of `items`, then `item`, in a new list.
#[pyfunction]
pub(crate) fn appended<'py>(
    items: &Bound<'py, PyList>,
    item: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let longer = items.as_sequence().to_list()?;
    longer.append(item)?;
    Ok(longer)
}
// ANCHOR_END: appended

// ANCHOR: append
/// Appends `item` to `items`, for everybody who holds it.
#[pyfunction]
pub(crate) fn append(
    items: &Bound<'_, PyList>,
    item: &Bound<'_, PyAny>,
) -> PyResult<()> {
    items.append(item)
}
// ANCHOR_END: append
