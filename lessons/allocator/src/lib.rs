//! Lesson `allocator`: wrap CPython's allocator, and ask nothing of Python inside.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_allocator {
    use super::*;

    // What `raw` and `safe` return: classes that are ready before any call.
    #[pymodule_export]
    use crate::raw::{Counts, Installed};

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{
            ask_detached, count, count_all, counts, fail_nth, install_by_name,
            swap_halves, uninstall_installed,
        };
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            Hook, ask_detached, copy, count, count_all, fail_nth, swap_halves,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            count_all_counts_twice, count_by_malloc_that_calls_python,
            swap_halves_leaks_when_memory_ends,
            uninstall_installed_out_of_order,
        };
    }
}
