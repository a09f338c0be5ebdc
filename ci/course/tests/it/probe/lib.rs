//! Lesson `probe`: the least that a session can import.

use pyo3::prelude::*;

mod raw;

#[pymodule]
pub mod lesson_probe {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::count;
    }
}
