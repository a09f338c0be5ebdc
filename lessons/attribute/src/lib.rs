//! Lesson `attribute`: an attribute is the answer of code, so the answer is yours, and may be
//! any exception.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_attribute {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{
            attach_attr, attach_attr_by_string, attr_or_default, copy_attr,
            del_attr, has_attr, retrieve_attr, retrieve_attr_by_string,
            retrieve_name,
        };
        #[cfg(Py_3_13)]
        #[pymodule_export]
        use crate::raw::{get_optional_attr, has_attr_with_error};
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            attach_attr, attach_attr_by_string, attr_or_default,
            attr_or_default_always, copy_attr, del_attr, get_optional_attr,
            has_attr, retrieve_attr, retrieve_attr_by_string, retrieve_name,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            attach_attr_by_string_cuts_at_nul, attach_attr_ignores_status,
            attr_or_default_clears_any, copy_attr_ignores_null,
            retrieve_attr_ignores_null, retrieve_attr_leaks,
        };
    }
}
