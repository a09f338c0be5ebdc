//~ error[E0308]: mismatched types
use pyo3::ffi::PyObjectArenaAllocator;
use std::cell::Cell;
use std::ptr;

pub fn hook(count: &Cell<usize>) -> PyObjectArenaAllocator {
    PyObjectArenaAllocator {
        ctx: ptr::null_mut(),
        alloc: Some(|_inner, _size| {
            count.set(count.get() + 1);
            ptr::null_mut()
        }),
        free: None,
    }
}
