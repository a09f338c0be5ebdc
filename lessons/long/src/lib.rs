//! Lesson `long`: a call returns a value or sets an exception, never both.

use pyo3::prelude::*;

mod by_hand;
mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_long {
    use super::*;

    // ANCHOR: raw
    #[pymodule]
    mod raw {
        use super::*;

        #[cfg(Py_3_14)]
        #[pymodule_export]
        use crate::raw::as_int64;
        #[pymodule_export]
        use crate::raw::{as_long, attach_number, from_long};

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            crate::raw::attach_integer_value(module)?;
            crate::by_hand::add_function(
                module,
                c"as_long_by_hand",
                crate::raw::as_long_by_hand,
            )
        }
    }
    // ANCHOR_END: raw

    #[pymodule]
    mod safe {
        use super::*;

        #[pymodule_export]
        use crate::safe::{
            as_i128, as_long, as_long_or_minus_one, attach_number, from_long,
        };

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            crate::safe::attach_integer_value(module)
        }
    }

    #[pymodule]
    mod wrong {
        use super::*;

        #[pymodule_export]
        use crate::wrong::{
            as_long_ignores_the_exception, attach_number_unchecked,
        };

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            crate::by_hand::add_function(
                module,
                c"as_long_by_hand_trusts_minus_one",
                crate::wrong::as_long_by_hand_trusts_minus_one,
            )
        }
    }
}
