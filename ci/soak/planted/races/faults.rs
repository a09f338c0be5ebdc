//! Functions that use what they do not own, and their right twins, for `races` to tell apart.
//!
//! They use the C API as an extension does. ctypes loads them, so they need no header and no crate.

use std::ffi::{c_char, c_int};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

type Object = *mut std::ffi::c_void;

unsafe extern "C" {
    fn _Py_IncRef(object: Object);
    fn _Py_DecRef(object: Object);
    fn PyDict_GetItemWithError(dict: Object, key: Object) -> Object;
    fn PyDict_Next(dict: Object, at: *mut isize, key: *mut Object, value: *mut Object) -> c_int;
    fn PyList_Append(list: Object, item: Object) -> c_int;
    fn PyList_GetItem(list: Object, index: isize) -> Object;
    fn PyList_GetItemRef(list: Object, index: isize) -> Object;
    fn PyList_New(size: isize) -> Object;
    fn PyObject_GetAttrString(object: Object, name: *const c_char) -> Object;
    fn PySys_GetObject(name: *const c_char) -> Object;
    fn PyUnicode_AsUTF8(text: Object) -> *const c_char;
    fn PyTuple_GetItem(tuple: Object, index: isize) -> Object;
}

/// A reference to what was borrowed, too late.
fn taken(object: Object) -> Object {
    if !object.is_null() {
        // SAFETY: none: it may have died.
        unsafe { _Py_IncRef(object) };
    }
    object
}

#[unsafe(no_mangle)]
extern "C" fn borrows_from_list(list: Object) -> Object {
    // SAFETY: attached, and `list` is alive; borrowed, or NULL with an exception set.
    taken(unsafe { PyList_GetItem(list, 0) })
}

#[unsafe(no_mangle)]
extern "C" fn takes_from_list(list: Object) -> Object {
    // SAFETY: attached, and `list` is alive; new, or NULL with an exception set.
    unsafe { PyList_GetItemRef(list, 0) }
}

#[unsafe(no_mangle)]
extern "C" fn borrows_from_dict(dict: Object, key: Object) -> Object {
    // SAFETY: attached, and both are alive; borrowed, or NULL.
    taken(unsafe { PyDict_GetItemWithError(dict, key) })
}

/// What the attribute `pair` owns, after the attribute was let go.
#[unsafe(no_mangle)]
extern "C" fn borrows_from_attribute(object: Object) -> Object {
    // SAFETY: attached, `object` is alive; new, or NULL with an exception set.
    let pair = unsafe { PyObject_GetAttrString(object, c"pair".as_ptr()) };
    if pair.is_null() {
        return pair;
    }
    // SAFETY: attached, `pair` is alive; borrowed, or NULL with an exception set.
    let first = unsafe { PyTuple_GetItem(pair, 0) };
    // SAFETY: attached; releases what we own.
    unsafe { _Py_DecRef(pair) };
    taken(first)
}

#[unsafe(no_mangle)]
extern "C" fn borrows_from_sys(name: Object) -> Object {
    // SAFETY: attached, and `name` is a live `str`; it ends in NUL and is alive while `name` is.
    let name = unsafe { PyUnicode_AsUTF8(name) };
    // SAFETY: attached; borrowed, or NULL.
    taken(unsafe { PySys_GetObject(name) })
}

/// The values of a dict that nobody has locked.
#[unsafe(no_mangle)]
extern "C" fn walks_unlocked(dict: Object) -> Object {
    // SAFETY: attached; new, or NULL with an exception set.
    let found = unsafe { PyList_New(0) };
    let (mut at, mut key, mut value) = (0, ptr::null_mut(), ptr::null_mut());
    // SAFETY: attached, and `dict` is alive; the places are ours; borrowed.
    while unsafe { PyDict_Next(dict, &mut at, &mut key, &mut value) } != 0 {
        // SAFETY: attached; `found` is alive, `value` may not be; nothing is consumed.
        unsafe { PyList_Append(found, value) };
    }
    found
}

static LAST: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(ptr::null_mut());

/// Keeps the object; what was kept before, in two steps.
#[unsafe(no_mangle)]
extern "C" fn keeps_in_two_steps(object: Object) -> Object {
    let old = LAST.load(Ordering::Acquire);
    LAST.store(taken(object), Ordering::Release);
    if old.is_null() { taken(object) } else { old }
}

static KEPT: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(ptr::null_mut());

/// The same in one step.
#[unsafe(no_mangle)]
extern "C" fn keeps_in_one_step(object: Object) -> Object {
    let old = KEPT.swap(taken(object), Ordering::AcqRel);
    if old.is_null() { taken(object) } else { old }
}
