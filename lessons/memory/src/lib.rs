//! Lesson `memory`: free a block with the family that gave it.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_memory {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{
            calloc, distinct, duplicate, is_palindrome_detached, realloc,
            while_held,
        };
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            calloc, distinct, duplicate, is_palindrome_detached, leak, realloc,
            while_held,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            calloc_aborts, calloc_without_zeros,
            duplicate_frees_by_wrong_family, duplicate_overruns,
            duplicate_reads_after_free, is_palindrome_detached_uses_mem,
            realloc_leaks_on_failure,
        };
    }
}
