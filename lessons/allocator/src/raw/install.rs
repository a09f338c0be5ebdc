//! A hook comes, and goes.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::MutexExt;

use super::hook::{HOOKS, Place};
use super::{
    Allocator, Counts, Domain, Hook, Which, get_allocator, runtime_error,
    set_allocator,
};

/// So many of our hooks may stand one behind the other: each is a call deeper.
const DEEPEST: usize = 16;

/// Who has it is the only one that puts hooks of ours in front, or takes them
/// away. Who waits for it detaches, so that nobody waits for him.
pub(crate) fn alone(py: Python<'_>) -> MutexGuard<'static, ()> {
    static CHANGES: Mutex<()> = Mutex::new(());
    CHANGES.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
}

/// A hook around `inner` that is not in use.
fn around(
    py: Python<'_>,
    domain: Domain,
    inner: Allocator,
) -> PyResult<&'static Hook> {
    let behind = HOOKS.iter().find(|hook| hook.is_behind(inner.free));
    let depth = behind.map_or(0, |hook| hook.place().depth + 1);
    let found = HOOKS.iter().enumerate().find(|(number, hook)| {
        let place = Place { number: *number, domain, inner, depth };
        depth < DEEPEST
            && hook.settle(place).fits(domain, &inner)
            && !hook.on.load(Relaxed)
    });
    let (_, hook) =
        found.ok_or_else(|| runtime_error(py, c"too many hooks"))?;
    Ok(hook)
}

// ANCHOR: install
/// Puts a hook in front of the domain's allocator.
pub(crate) fn install(
    py: Python<'_>,
    domain: Domain,
    which: Which,
) -> PyResult<&'static Hook> {
    let _alone = alone(py);
    let inner = get_allocator(py, domain)?;
    let hook = around(py, domain, inner)?;
    hook.begin(which);
    // SAFETY: the hook passes everything on to `inner`, with the `ctx` that it
    // was given; it needs no thread, no lock and no Python, and lives for
    // ever.
    unsafe { set_allocator(py, domain, &hook.as_allocator()) };
    Ok(hook)
}
// ANCHOR_END: install

// ANCHOR: uninstall
/// Takes the hook away, if it stands in front; raises nothing if it does not.
pub(crate) fn uninstall(py: Python<'_>, hook: &Hook) -> Option<Counts> {
    let _alone = alone(py);
    hook.refuse(0);
    if !hook.is_in_front() {
        return None;
    }
    let Place { domain, inner, .. } = hook.place();
    // SAFETY: the hook in front passes on to `inner`, with the same `ctx`.
    unsafe { set_allocator(py, *domain, inner) };
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
) -> PyResult<[&'static Hook; 3]> {
    let [raw, mem, object] = Domain::ALL;
    let raw = install(py, raw, which)?;
    let mem = install(py, mem, which).inspect_err(|_| {
        uninstall(py, raw);
    })?;
    let object = install(py, object, which).inspect_err(|_| {
        uninstall(py, mem);
        uninstall(py, raw);
    })?;
    Ok([raw, mem, object])
}

/// Takes each of them away, and adds up what they have seen.
pub(crate) fn uninstall_all(
    py: Python<'_>,
    all: &[&'static Hook],
) -> Option<Counts> {
    let each = all.iter().map(|hook| uninstall(py, hook));
    each.reduce(|sum, counts| Some(sum? + counts?)).flatten()
}
