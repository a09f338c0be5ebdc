//~ error[E0382]: borrow of moved value: `old`
use pyo3::prelude::*;

pub fn chain(py: Python<'_>, new: &PyErr, old: PyErr) {
    new.set_cause(py, Some(old));
    old.print(py);
}
