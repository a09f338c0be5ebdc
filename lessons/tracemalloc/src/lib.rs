//! Lesson `tracemalloc`: who asked for the memory that is still there.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_tracemalloc {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{
            Buffer, allocates_elsewhere, get_allocator, profile, track,
            untrack, while_tracked,
        };

        #[pymodule_export]
        const DOMAIN: u32 = crate::raw::DOMAIN.get();
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            Buffer, allocates_elsewhere, forget, profile, while_tracked,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            while_tracked_for_python, while_tracked_leaves_a_ghost,
            while_tracked_untracks_twice,
        };
    }
}
