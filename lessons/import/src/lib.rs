//! Lesson `import`: importing is a dictionary look-up that may run code.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_import {
    use super::*;

    #[pymodule]
    mod raw {
        #[cfg(Py_3_14)]
        #[pymodule_export]
        use crate::raw::import_module_attr;
        #[cfg(Py_3_15)]
        #[pymodule_export]
        use crate::raw::sys_get_attr;
        #[pymodule_export]
        use crate::raw::{
            add_module, add_object, get_module, get_module_dict, get_modules,
            import_by_object, import_module, load_limit, sys_attr,
        };
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            add_module, add_object, get_module, get_modules, import_module,
            import_module_attr, load_limit, sys_attr,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            add_object_leaks_on_failure, get_module_dict_releases,
            get_modules_trusts, sys_attr_borrowed,
        };
    }
}
