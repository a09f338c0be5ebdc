//~ error[E0382]: borrow of moved value: `item`
use pyo3::prelude::*;

pub fn consume(item: Bound<'_, PyAny>) -> *mut pyo3::ffi::PyObject {
    let consumed = item.into_ptr();
    println!("{item}");
    consumed
}
