//! Lesson `holders`: a count is a list of holders.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_holders {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{appended, count, hold};
        #[cfg(Py_3_14)]
        #[pymodule_export]
        use crate::raw::{is_unique_temporary, is_uniquely_referenced};
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{Holder, append, appended, hold};
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{appended_trusts_count, hold_borrows};
    }
}
