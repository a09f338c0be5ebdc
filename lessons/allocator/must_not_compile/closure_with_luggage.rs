//~ error[E0308]: mismatched types
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

type Free = extern "C" fn(*mut c_void, *mut c_void);

pub fn counting<'a>(freed: &'a AtomicUsize) -> Free {
    |_ctx, _block| drop(freed.fetch_add(1, Relaxed))
}
