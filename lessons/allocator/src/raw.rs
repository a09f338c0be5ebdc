//! The C API, called as C calls it.

use std::cell::Cell;
use std::ffi::{CStr, c_void};
use std::num::NonZeroUsize;
use std::ptr;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::ffi;
use pyo3::ffi::PyMemAllocatorDomain::{
    PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_RAW,
};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// What C calls `void *`: a block, or a `ctx`.
pub(crate) type Pointer = *mut c_void;

/// A RuntimeError; a MemoryError if there is no memory for its text.
pub(crate) fn runtime_error(py: Python<'_>, text: &CStr) -> PyErr {
    // SAFETY: CPython sets it before any extension is loaded, and never again.
    let class = unsafe { ffi::PyExc_RuntimeError };
    // SAFETY: attached, `class` is alive, `text` ends in NUL; copies it.
    unsafe { ffi::PyErr_SetString(class, text.as_ptr()) };
    PyErr::fetch(py)
}

/// `PyMemAllocatorDomain`, which nobody can compare.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Domain {
    Raw,
    Mem,
    Object,
}

impl Domain {
    pub(crate) const ALL: [Domain; 3] =
        [Domain::Raw, Domain::Mem, Domain::Object];

    /// The domain called `name`.
    pub(crate) fn find(py: Python<'_>, name: &str) -> PyResult<Domain> {
        match name {
            "raw" => Ok(Domain::Raw),
            "mem" => Ok(Domain::Mem),
            "object" => Ok(Domain::Object),
            _ => {
                // SAFETY: CPython sets it before any extension is loaded.
                let class = unsafe { ffi::PyExc_ValueError };
                let text = c"no such domain".as_ptr();
                // SAFETY: attached, `class` is alive; copies the text.
                unsafe { ffi::PyErr_SetString(class, text) };
                Err(PyErr::fetch(py))
            }
        }
    }

    pub(crate) fn in_c(self) -> ffi::PyMemAllocatorDomain {
        match self {
            Domain::Raw => PYMEM_DOMAIN_RAW,
            Domain::Mem => PYMEM_DOMAIN_MEM,
            Domain::Object => PYMEM_DOMAIN_OBJ,
        }
    }
}

/// `PyMemAllocatorEx` with four functions that are there.
#[derive(Clone, Copy)]
pub(crate) struct Allocator {
    pub(crate) ctx: Pointer,
    pub(crate) malloc: extern "C" fn(Pointer, usize) -> Pointer,
    pub(crate) calloc: extern "C" fn(Pointer, usize, usize) -> Pointer,
    pub(crate) realloc: extern "C" fn(Pointer, Pointer, usize) -> Pointer,
    pub(crate) free: extern "C" fn(Pointer, Pointer),
}

// SAFETY: we only hand `ctx` to the functions that it came with, and CPython
// calls those from any thread.
unsafe impl Send for Allocator {}
// SAFETY: as above; nobody writes to an `Allocator`.
unsafe impl Sync for Allocator {}

impl Allocator {
    /// Whether both are the same in every word.
    fn same(&self, other: &Allocator) -> bool {
        self.ctx == other.ctx
            && ptr::fn_addr_eq(self.malloc, other.malloc)
            && ptr::fn_addr_eq(self.calloc, other.calloc)
            && ptr::fn_addr_eq(self.realloc, other.realloc)
            && ptr::fn_addr_eq(self.free, other.free)
    }

    pub(crate) fn in_c(&self) -> ffi::PyMemAllocatorEx {
        ffi::PyMemAllocatorEx {
            ctx: self.ctx,
            malloc: Some(self.malloc),
            calloc: Some(self.calloc),
            realloc: Some(self.realloc),
            free: Some(self.free),
        }
    }
}

/// A struct for CPython to fill.
const EMPTY: ffi::PyMemAllocatorEx = ffi::PyMemAllocatorEx {
    ctx: ptr::null_mut(),
    malloc: None,
    calloc: None,
    realloc: None,
    free: None,
};

// ANCHOR: get_allocator
/// `PyMem_GetAllocator`: copies the domain's five words to us; cannot fail.
pub(crate) fn get_allocator(
    py: Python<'_>,
    domain: Domain,
) -> PyResult<Allocator> {
    let mut found = EMPTY;
    // SAFETY: attached; `found` is ours, and CPython writes all of it.
    unsafe { ffi::PyMem_GetAllocator(domain.in_c(), &mut found) };
    let ctx = found.ctx;
    match (found.malloc, found.calloc, found.realloc, found.free) {
        (Some(malloc), Some(calloc), Some(realloc), Some(free)) => {
            Ok(Allocator { ctx, malloc, calloc, realloc, free })
        }
        _ => Err(runtime_error(py, c"an allocator with a hole")),
    }
}
// ANCHOR_END: get_allocator

/// The `ctx` of the struct that the domain has now.
fn current_ctx(domain: Domain) -> Pointer {
    let mut found = EMPTY;
    // SAFETY: needs no attached thread; `found` is ours, and all written.
    unsafe { ffi::PyMem_GetAllocator(domain.in_c(), &mut found) };
    found.ctx
}

// ANCHOR: set_allocator
/// `PyMem_SetAllocator`: copies our five words to the domain; cannot fail.
///
/// # Safety
///
/// What `new` gives out, the allocator before it could have given out, and
/// the other way round; `new` works on any thread, for ever.
pub(crate) unsafe fn set_allocator(
    _py: Python<'_>,
    domain: Domain,
    new: &Allocator,
) {
    // SAFETY: attached; CPython copies from `in_c`; the rest, our caller says.
    unsafe { ffi::PyMem_SetAllocator(domain.in_c(), &mut new.in_c()) };
}
// ANCHOR_END: set_allocator

// ANCHOR: hook
/// The `ctx` of our four functions: whom to ask, and what they have seen.
pub(crate) struct Hook {
    pub(crate) inner: Allocator,
    pub(crate) new: AtomicUsize,
    resized: AtomicUsize,
    freed: AtomicUsize,
    pub(crate) bytes: AtomicUsize,
    pub(crate) domain: Domain,
    /// How many of our hooks stand directly behind this one.
    depth: usize,
    pub(crate) on: AtomicBool,
    /// Whether a request from inside another one is not to be counted.
    once: AtomicBool,
    /// How many requests of `thread` until one is refused; 0: none ever.
    left: AtomicUsize,
    thread: AtomicUsize,
}
// ANCHOR_END: hook

// ANCHOR: malloc
extern "C" fn malloc(ctx: Pointer, size: usize) -> Pointer {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    if hook.refuses() {
        return ptr::null_mut();
    }
    let counts = hook.enter();
    let block = (hook.inner.malloc)(hook.inner.ctx, size);
    hook.leave();
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(size, Relaxed);
    }
    block
}
// ANCHOR_END: malloc

extern "C" fn calloc(ctx: Pointer, nelem: usize, elsize: usize) -> Pointer {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    if hook.refuses() {
        return ptr::null_mut();
    }
    let counts = hook.enter();
    let block = (hook.inner.calloc)(hook.inner.ctx, nelem, elsize);
    hook.leave();
    if counts && !block.is_null() {
        hook.new.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(nelem.saturating_mul(elsize), Relaxed);
    }
    block
}

extern "C" fn realloc(
    ctx: Pointer,
    block: Pointer,
    new_size: usize,
) -> Pointer {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    if hook.refuses() {
        return ptr::null_mut();
    }
    let counts = hook.enter();
    let moved = (hook.inner.realloc)(hook.inner.ctx, block, new_size);
    hook.leave();
    if counts && !moved.is_null() {
        let kind = if block.is_null() { &hook.new } else { &hook.resized };
        kind.fetch_add(1, Relaxed);
        hook.bytes.fetch_add(new_size, Relaxed);
    }
    moved
}

extern "C" fn free(ctx: Pointer, block: Pointer) {
    // SAFETY: `ctx` is what we installed: a hook, which nobody ever frees.
    let hook = unsafe { &*ctx.cast::<Hook>() };
    let counts = hook.enter();
    (hook.inner.free)(hook.inner.ctx, block);
    hook.leave();
    if counts && !block.is_null() {
        hook.freed.fetch_add(1, Relaxed);
    }
}

thread_local! {
    /// How many requests of this thread are on their way through hooks that
    /// count once. Nothing to drop, so it is there until the thread's end.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

// ANCHOR: depth
impl Hook {
    /// Whether the request counts: it does not if it comes from inside another.
    pub(crate) fn enter(&self) -> bool {
        !self.once.load(Relaxed) || DEPTH.replace(DEPTH.get() + 1) == 0
    }

    pub(crate) fn leave(&self) {
        if self.once.load(Relaxed) {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
    // ANCHOR_END: depth

    // ANCHOR: refuses
    /// Whether this request is the one to refuse.
    pub(crate) fn refuses(&self) -> bool {
        self.left.load(Relaxed) > 0
            && self.thread.load(Relaxed) == this_thread()
            && self.may_refuse()
            && self.left.fetch_sub(1, Relaxed) == 1
    }
    // ANCHOR_END: refuses

    /// In raw only while it stands in front: a tracemalloc that started later
    /// works with what we give, and may end the process if we give nothing.
    fn may_refuse(&self) -> bool {
        if self.domain != Domain::Raw {
            return true;
        }
        current_ctx(Domain::Raw) == self.ctx()
    }

    /// Refuses the `n`-th request that this thread makes from now on; 0: none.
    pub(crate) fn refuse(&self, n: usize) {
        self.thread.store(this_thread(), Relaxed);
        self.left.store(n, Relaxed);
    }

    /// What it has seen so far.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            new: self.new.load(Relaxed),
            resized: self.resized.load(Relaxed),
            freed: self.freed.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
        }
    }

    /// As an allocator to install.
    pub(crate) fn as_allocator(&'static self) -> Allocator {
        let ctx = ptr::from_ref(self).cast_mut().cast();
        Allocator { ctx, malloc, calloc, realloc, free }
    }
}

/// A number that no other living thread has.
fn this_thread() -> usize {
    thread_local!(static HERE: u8 = const { 0 });
    HERE.with(|here| ptr::from_ref(here).addr())
}

/// What a hook has seen: blocks asked for, resized, freed, and bytes asked for.
#[pyclass(frozen, get_all)]
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    new: usize,
    resized: usize,
    freed: usize,
    bytes: usize,
}

impl std::ops::Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            new: self.new + other.new,
            resized: self.resized + other.resized,
            freed: self.freed + other.freed,
            bytes: self.bytes + other.bytes,
        }
    }
}

/// Which requests a hook counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    All,
    /// Those that come from inside no other.
    Outermost,
}

/// All hooks there have ever been. Who holds the lock runs no Python.
static HOOKS: Mutex<Vec<&'static Hook>> = Mutex::new(Vec::new());

/// So many of our hooks may stand one behind the other: each is a call deeper.
const MOST: usize = 16;

pub(crate) fn hooks() -> MutexGuard<'static, Vec<&'static Hook>> {
    HOOKS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hook {
    /// A hook around `inner` that is not in use, or a new one, for ever.
    fn around(
        py: Python<'_>,
        hooks: &mut Vec<&'static Hook>,
        domain: Domain,
        inner: Allocator,
        which: Which,
    ) -> PyResult<&'static Hook> {
        let behind = hooks.iter().find(|hook| inner.ctx == hook.ctx());
        let depth = behind.map_or(0, |hook| hook.depth + 1);
        if depth == MOST {
            return Err(runtime_error(py, c"too many hooks"));
        }
        let known = hooks.iter().find(|hook| {
            !hook.on.load(Relaxed)
                && hook.domain == domain
                && hook.inner.same(&inner)
        });
        let hook = known.copied().unwrap_or_else(|| {
            let hook: &Hook = Box::leak(Box::new(Hook {
                inner,
                domain,
                depth,
                new: AtomicUsize::new(0),
                resized: AtomicUsize::new(0),
                freed: AtomicUsize::new(0),
                bytes: AtomicUsize::new(0),
                on: AtomicBool::new(false),
                once: AtomicBool::new(false),
                left: AtomicUsize::new(0),
                thread: AtomicUsize::new(0),
            }));
            hooks.push(hook);
            hook
        });
        for count in [&hook.new, &hook.resized, &hook.freed, &hook.bytes] {
            count.store(0, Relaxed);
        }
        hook.left.store(0, Relaxed);
        hook.once.store(which == Which::Outermost, Relaxed);
        hook.on.store(true, Relaxed);
        Ok(hook)
    }

    pub(crate) fn ctx(&self) -> Pointer {
        ptr::from_ref(self).cast_mut().cast()
    }
}

// ANCHOR: install
/// Puts a hook in front of the domain's allocator.
pub(crate) fn install(
    py: Python<'_>,
    domain: Domain,
    which: Which,
) -> PyResult<&'static Hook> {
    let mut hooks = hooks();
    let inner = get_allocator(py, domain)?;
    let hook = Hook::around(py, &mut hooks, domain, inner, which)?;
    // SAFETY: the hook passes everything on to `inner`; it needs no thread, no
    // lock and no Python, and is never freed.
    unsafe { set_allocator(py, domain, &hook.as_allocator()) };
    Ok(hook)
}
// ANCHOR_END: install

// ANCHOR: uninstall
/// Takes the hook away, if it stands in front; raises nothing if it does not.
pub(crate) fn uninstall(
    attached: Python<'_>,
    hook: &'static Hook,
) -> Option<Counts> {
    let _alone = hooks();
    hook.refuse(0);
    if current_ctx(hook.domain) != hook.ctx() {
        return None;
    }
    // SAFETY: what was in front when we came, and nothing else changed since.
    unsafe { set_allocator(attached, hook.domain, &hook.inner) };
    hook.on.store(false, Relaxed);
    Some(hook.counts())
}
// ANCHOR_END: uninstall

/// The answer to who wants to take away a hook that is not in front.
pub(crate) fn not_in_front(py: Python<'_>) -> PyErr {
    runtime_error(py, c"this hook is not in front")
}

/// A hook that somebody installed, and must uninstall.
#[pyclass(frozen)]
pub(crate) struct Installed {
    pub(crate) hook: &'static Hook,
    /// What it had seen when it was uninstalled: then another may use the hook.
    pub(crate) ended: Mutex<Option<Counts>>,
}

impl Installed {
    pub(crate) fn new(
        py: Python<'_>,
        domain: Domain,
        which: Which,
    ) -> PyResult<Installed> {
        let hook = install(py, domain, which)?;
        Ok(Installed { hook, ended: Mutex::new(None) })
    }

    pub(crate) fn counts(&self) -> Counts {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.unwrap_or_else(|| self.hook.counts())
    }

    pub(crate) fn is_on(&self) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.is_none()
    }

    /// `None` where it is not in front, or was taken away before.
    pub(crate) fn uninstall(&self, py: Python<'_>) -> Option<Counts> {
        let mut ended =
            self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        if ended.is_none() {
            *ended = uninstall(py, self.hook);
            return *ended;
        }
        None
    }

    pub(crate) fn uninstall_or_raise(
        &self,
        py: Python<'_>,
    ) -> PyResult<Counts> {
        if !self.is_on() {
            return Err(runtime_error(py, c"not installed"));
        }
        self.uninstall(py).ok_or_else(|| not_in_front(py))
    }
}

/// Puts a hook in front of a domain's allocator.
#[pyfunction]
#[pyo3(name = "install")]
pub(crate) fn install_by_name(
    py: Python<'_>,
    domain: &str,
) -> PyResult<Py<Installed>> {
    let installed = Installed::new(py, Domain::find(py, domain)?, Which::All)?;
    let hook = installed.hook;
    // No memory for the object: then nobody could take the hook away.
    Py::new(py, installed).inspect_err(|_| {
        uninstall(py, hook);
    })
}

/// What the hook has seen so far.
#[pyfunction]
pub(crate) fn counts(hook: &Bound<'_, Installed>) -> Counts {
    hook.get().counts()
}

/// Takes the hook away, if it stands in front of its domain's allocator.
#[pyfunction]
#[pyo3(name = "uninstall")]
pub(crate) fn uninstall_installed(
    hook: &Bound<'_, Installed>,
) -> PyResult<Counts> {
    hook.get().uninstall_or_raise(hook.py())
}

// ANCHOR: count
/// What arrives at a domain during `callable(*args)`, before its result dies.
#[pyfunction]
#[pyo3(signature = (callable, /, *args, domain="object"))]
pub(crate) fn count(
    callable: &Bound<'_, PyAny>,
    args: &Bound<'_, PyTuple>,
    domain: &str,
) -> PyResult<Counts> {
    let py = callable.py();
    let hook = install(py, Domain::find(py, domain)?, Which::All)?;
    // SAFETY: attached, both alive, `args` is a tuple; a new reference that we
    // own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let counts = uninstall(py, hook);
    // SAFETY: attached; NULL with an exception set, or a reference that we own.
    drop(unsafe { Bound::from_owned_ptr_or_err(py, result) }?);
    counts.ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: count

/// The right to count each request once: two at a time would share the depths.
pub(crate) struct Turn(());

static TAKEN: AtomicBool = AtomicBool::new(false);

impl Turn {
    pub(crate) fn take(py: Python<'_>) -> PyResult<Turn> {
        if TAKEN.swap(true, Acquire) {
            return Err(runtime_error(py, c"already counting"));
        }
        Ok(Turn(()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        TAKEN.store(false, Release);
    }
}

/// Puts a hook in front of each domain.
pub(crate) fn install_all(
    py: Python<'_>,
    which: Which,
) -> PyResult<Vec<&'static Hook>> {
    let mut all = Vec::with_capacity(3);
    for domain in Domain::ALL {
        match install(py, domain, which) {
            Ok(hook) => all.push(hook),
            Err(error) => {
                uninstall_all(py, &all);
                return Err(error);
            }
        }
    }
    Ok(all)
}

/// Takes each of them away, and adds up what they have seen.
pub(crate) fn uninstall_all(
    py: Python<'_>,
    all: &[&'static Hook],
) -> Option<Counts> {
    let each = all.iter().map(|hook| uninstall(py, hook));
    each.reduce(|sum, counts| Some(sum? + counts?)).flatten()
}

// ANCHOR: count_all
/// What CPython asks for in all domains during `callable(*args)`.
#[pyfunction]
#[pyo3(signature = (callable, /, *args))]
pub(crate) fn count_all(
    callable: &Bound<'_, PyAny>,
    args: &Bound<'_, PyTuple>,
) -> PyResult<Counts> {
    let py = callable.py();
    let _turn = Turn::take(py)?;
    let hooks = install_all(py, Which::Outermost)?;
    // SAFETY: attached, both alive, `args` is a tuple; a new reference that we
    // own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let counts = uninstall_all(py, &hooks);
    // SAFETY: attached; NULL with an exception set, or a reference that we own.
    drop(unsafe { Bound::from_owned_ptr_or_err(py, result) }?);
    counts.ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: count_all

// ANCHOR: fail_nth
/// `callable(*args)` while a domain refuses this thread's `n`-th request.
#[pyfunction]
#[pyo3(signature = (n, callable, /, *args, domain="object"))]
pub(crate) fn fail_nth<'py>(
    n: NonZeroUsize,
    callable: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    domain: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = callable.py();
    let hook = install(py, Domain::find(py, domain)?, Which::All)?;
    hook.refuse(n.get());
    // SAFETY: attached, both alive, `args` is a tuple; a new reference that we
    // own, or NULL with an exception set.
    let result =
        unsafe { ffi::PyObject_CallObject(callable.as_ptr(), args.as_ptr()) };
    let removed = uninstall(py, hook);
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    let result = unsafe { Bound::from_owned_ptr_or_err(py, result) }?;
    removed.map(|_| result).ok_or_else(|| not_in_front(py))
}
// ANCHOR_END: fail_nth

/// `PyBytes_FromStringAndSize`: a new reference, or NULL with an exception set.
pub(crate) fn new_bytes(_py: Python<'_>, data: &[u8]) -> *mut ffi::PyObject {
    let (start, size) = (data.as_ptr().cast(), data.len() as ffi::Py_ssize_t);
    // SAFETY: attached; copies `size` bytes; a new reference that we hand
    // over, or NULL with an exception set.
    unsafe { ffi::PyBytes_FromStringAndSize(start, size) }
}

// ANCHOR: swap_halves
/// The second half of `data`, then the first.
#[pyfunction]
pub(crate) fn swap_halves<'py>(
    py: Python<'py>,
    data: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let (left, right) = data.split_at(data.len() / 2);
    let left = new_bytes(py, left);
    if left.is_null() {
        return Err(PyErr::fetch(py));
    }
    let right = new_bytes(py, right);
    if right.is_null() {
        // SAFETY: attached; `left` is ours, and ends here.
        unsafe { ffi::Py_DECREF(left) };
        return Err(PyErr::fetch(py));
    }
    // SAFETY: attached, both alive; a new reference that we own, or NULL with
    // an exception set.
    let swapped = unsafe { ffi::PySequence_Concat(right, left) };
    // SAFETY: attached; `left` is ours, and ends here.
    unsafe { ffi::Py_DECREF(left) };
    // SAFETY: attached; `right` is ours, and ends here.
    unsafe { ffi::Py_DECREF(right) };
    // SAFETY: attached; NULL with an exception set, or alive, and we hand over
    // the reference we own.
    unsafe { Bound::from_owned_ptr_or_err(py, swapped) }
}
// ANCHOR_END: swap_halves

/// Asks for a block of `size` bytes while detached, and frees it.
#[pyfunction]
pub(crate) fn ask_detached(py: Python<'_>, size: usize) -> PyResult<()> {
    let given = py.detach(|| {
        // SAFETY: needs no attached thread; a block that we own, or NULL.
        let block = unsafe { ffi::PyMem_RawMalloc(size) };
        // SAFETY: needs no attached thread; ours or NULL; it ends here.
        unsafe { ffi::PyMem_RawFree(block) };
        !block.is_null()
    });
    if !given {
        // SAFETY: attached; sets a MemoryError and always returns NULL.
        unsafe { ffi::PyErr_NoMemory() };
        return Err(PyErr::fetch(py));
    }
    Ok(())
}
