//! Lesson `exception`: everything owned here is released on every exit.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_exception {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{chain, function_with_exception, pick, replace};
    }

    #[pymodule]
    mod safe {
        use pyo3::panic::PanicException;

        use super::*;

        #[pymodule_export]
        use crate::safe::{
            chain, function_with_exception, list_what_comes, pick, replace,
        };

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            let class = module.py().get_type::<PanicException>();
            module.add("PanicException", class)
        }
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            function_with_exception_hides_the_error,
            function_with_exception_leaks_on_error, pick_leaks_on_panic,
        };
    }
}
