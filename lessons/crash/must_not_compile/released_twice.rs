//~ error[E0382]: use of moved value: `entry`
use pyo3::prelude::*;
use pyo3::types::PyList;

pub fn append_repr(log: &Bound<'_, PyList>, object: &Bound<'_, PyAny>) -> PyResult<()> {
    let entry = object.repr()?;
    log.append(&entry)?;
    drop(entry);
    drop(entry);
    Ok(())
}
