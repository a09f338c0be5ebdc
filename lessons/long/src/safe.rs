//! The same in safe PyO3.

use core::ffi::c_long;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt};

// ANCHOR: from_long
/// The Python integer that is `n`.
#[pyfunction]
pub(crate) fn from_long(py: Python<'_>, n: c_long) -> Bound<'_, PyInt> {
    PyInt::new(py, n)
}
// ANCHOR_END: from_long

// ANCHOR: attach_integer_value
/// Gives `module` an attribute `integer_value`.
pub(crate) fn attach_integer_value(
    module: &Bound<'_, PyModule>,
) -> PyResult<()> {
    module.add("integer_value", 2_000_000)
}
// ANCHOR_END: attach_integer_value

// ANCHOR: attach_number
/// `namespace["number"] = int(value)`.
#[pyfunction]
pub(crate) fn attach_number(
    namespace: &Bound<'_, PyDict>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let number = namespace.py().get_type::<PyInt>().call1((value,))?;
    namespace.set_item("number", number)
}
// ANCHOR_END: attach_number

// ANCHOR: as_long
/// The Rust number that `object` is.
#[pyfunction]
pub(crate) fn as_long(object: &Bound<'_, PyAny>) -> PyResult<c_long> {
    object.extract()
}
// ANCHOR_END: as_long

// ANCHOR: as_i128
/// The Rust number that `object` is, where 64 bits are too few.
#[pyfunction]
pub(crate) fn as_i128(object: &Bound<'_, PyAny>) -> PyResult<i128> {
    object.extract()
}
// ANCHOR_END: as_i128

// ANCHOR: as_long_or_minus_one
/// The Rust number that `object` is, or -1.
#[pyfunction]
pub(crate) fn as_long_or_minus_one(object: &Bound<'_, PyAny>) -> c_long {
    object.extract().unwrap_or(-1)
}
// ANCHOR_END: as_long_or_minus_one
