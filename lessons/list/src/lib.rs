//! Lesson `list`: append shares, set-item consumes; an end and an error look alike.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_list {
    use super::*;

    #[pymodule]
    mod raw {
        #[cfg(Py_3_13)]
        #[pymodule_export]
        use crate::raw::get_item_ref;
        #[cfg(Py_3_14)]
        #[pymodule_export]
        use crate::raw::next_item;
        #[pymodule_export]
        use crate::raw::{
            append, fill, get_item, make_list_from_iterator, next, set_item,
        };
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            append, fill, fill_or_panic, get_item, make_list_from_iterator,
            next, remove_all, set_item,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            fill_ignores_null, fill_leaves_a_hole,
            make_list_from_iterator_ignores_null,
            make_list_from_iterator_leaks_items,
            make_list_from_iterator_takes_error_for_end,
            set_item_releases_item,
        };
    }
}
