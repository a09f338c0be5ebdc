//! Lesson `cache`: who shares an object with you is not for your code to decide.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_cache {
    use super::*;

    #[pymodule]
    mod raw {
        #[cfg(Py_3_14)]
        #[pymodule_export]
        use crate::raw::is_immortal;
        #[pymodule_export]
        use crate::raw::{
            counts, echo, equal, from_double, from_long, from_string,
            intern_from_string, intern_in_place, ref_count, rise,
        };
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            counts, echo, equal, from_double, from_long, from_string,
            intern_from_string, intern_in_place, key, rise,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            echo_leaks, equal_compares_pointers, intern_in_place_borrows,
            intern_in_place_leaks, rise_takes_any_specimen,
        };
    }
}
