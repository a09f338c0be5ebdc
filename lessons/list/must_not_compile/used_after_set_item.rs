//~ error[E0382]: use of moved value: `ours`
use pyo3::prelude::*;
use pyo3::types::PyList;

pub fn set_first(list: &Bound<'_, PyList>, ours: Bound<'_, PyAny>) -> PyResult<()> {
    list.set_item(0, ours)?;
    drop(ours);
    Ok(())
}
