//! Lesson `crash`: the crash is far from the bug.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_crash {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{append_repr, repr_length, reverse_bytes};
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            append_repr, append_size, forget, repr_length, reverse_bytes,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            append_repr_releases_twice, repr_length_uses_after_release,
            reverse_bytes_frees_with_wrong_family,
        };
    }
}
