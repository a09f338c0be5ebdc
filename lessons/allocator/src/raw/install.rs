//! A hook comes and goes.

use std::ptr;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;

use super::allocator::current_ctx;
use super::{
    Allocator, Counts, Domain, Hook, Pointer, Which, get_allocator,
    runtime_error, set_allocator,
};

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
