//~ error[E0308]: mismatched types
use std::ffi::c_void;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

type Free = fn(*mut c_void, *mut c_void, usize);

pub fn counting<'a>(arenas: &'a AtomicIsize) -> Free {
    |_ctx, _arena, _size| drop(arenas.fetch_sub(1, Relaxed))
}
