//! Lesson `tuple`: a new tuple may be filled until Python code runs, and then it is immutable.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_tuple {
    use super::*;

    #[pymodule]
    mod raw {
        #[cfg(Py_3_15)]
        #[pymodule_export]
        use crate::raw::reverse_tuple_from_array;
        #[pymodule_export]
        use crate::raw::{get_item, reverse_tuple, set_item};
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            get_item, reverse_tuple, reverse_tuple_watched, set_item,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            reverse_tuple_keeps_order, reverse_tuple_leaks_result,
            set_item_releases_twice,
        };
    }
}
