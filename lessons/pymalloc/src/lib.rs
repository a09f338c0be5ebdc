//! Lesson `pymalloc`: small blocks come from pools, and pools from arenas.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_pymalloc {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{arenas, gaps, keep_samples, while_cut, while_held};
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{gaps, keep_samples, while_cut, while_held};
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            arenas_of_256_kib, keep_samples_pins_arenas,
            while_cut_forgets_header,
        };
    }
}
