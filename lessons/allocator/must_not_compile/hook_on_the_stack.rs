//~ error[E0597]: `hook` does not live long enough
use std::sync::atomic::AtomicUsize;

#[derive(Default)]
pub struct Hook {
    new: AtomicUsize,
}

pub fn install(_hook: &'static Hook) {
    // What else there is to do is left out.
}

pub fn install_for_a_moment() {
    let hook = Hook::default();
    install(&hook);
}
