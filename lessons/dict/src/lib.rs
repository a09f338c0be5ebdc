//! Lesson `dict`: a borrowed reference is valid while its container is left alone.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_dict {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{
            add_dict_item, del_item, for_each, get_both, get_item,
            get_item_with_error, make_dict,
        };
        #[cfg(Py_3_13)]
        #[pymodule_export]
        use crate::raw::{get_item_ref, pop, set_default};
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            add_dict_item, del_item, for_each, get_both, get_item, locked,
            make_dict, pop, set_default,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            add_dict_item_ignores_status, for_each_ignores_changes,
            get_both_borrows_too_long,
        };
    }
}
