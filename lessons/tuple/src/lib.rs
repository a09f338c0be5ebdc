//! Lesson `tuple`: immutable means that you may fill it while you are its only owner.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_tuple {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::reverse_tuple;
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::reverse_tuple;
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::reverse_tuple_leaks_result;
    }
}
