//! Lesson `refcount`: a reference is a duty to release, not a pointer.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_refcount {
    use super::*;

    #[pymodule]
    mod raw {
        use super::*;

        #[cfg(Py_3_10)]
        #[pymodule_export]
        use crate::raw::new_ref;
        #[pymodule_export]
        use crate::raw::{
            object_type, show_ref_count_of_str, show_ref_count_with_handle,
            show_ref_count_with_object, show_string_value_ref_count,
            take_and_release, type_of,
        };

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            crate::raw::add_string(module)
        }
    }

    #[pymodule]
    mod safe {
        use super::*;

        #[pymodule_export]
        use crate::safe::{
            drop_detached, drop_in_thread, forget, new_ref, object_type,
            show_ref_count_of_str, show_ref_count_with_args,
            show_ref_count_with_clone, show_ref_count_with_handle,
            show_ref_count_with_object, show_ref_count_with_option,
            show_ref_count_with_py, show_string_value_ref_count,
            take_and_release,
        };

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            crate::safe::add_string(module)
        }
    }

    #[pymodule]
    mod wrong {
        use super::*;

        #[pymodule_export]
        use crate::wrong::{
            show_ref_count_with_handle_releases_borrowed,
            show_string_value_ref_count, take_and_release_leaks,
        };

        #[pymodule_init]
        fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
            crate::wrong::add_string_releases_own(module)
        }
    }
}
