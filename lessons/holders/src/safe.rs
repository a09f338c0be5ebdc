//! The same in safe PyO3, which looks at no count.

use pyo3::prelude::*;
use pyo3::types::PyList;

// ANCHOR: hold
/// Owns a reference to an object until it is freed.
#[pyclass(frozen)]
pub(crate) struct Holder {
    _object: Py<PyAny>,
}

/// A `Holder` of `object`.
#[pyfunction]
pub(crate) fn hold(object: &Bound<'_, PyAny>) -> Holder {
    Holder { _object: object.clone().unbind() }
}
// ANCHOR_END: hold

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
