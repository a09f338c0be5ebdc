//~ error[E0382]: borrow of moved value: `arg`
use pyo3::prelude::*;

pub fn call<'py>(
    callable: &Bound<'py, PyAny>,
    arg: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    drop(arg);
    callable.call1((&arg,))
}
