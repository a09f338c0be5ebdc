//! Lesson `call`: the callee borrows your arguments, and its exception is yours to pass on.

use pyo3::prelude::*;

mod raw;
mod safe;
mod wrong;

#[pymodule]
pub mod lesson_call {
    use super::*;

    #[pymodule]
    mod raw {
        #[pymodule_export]
        use crate::raw::{
            call_method_one_arg, call_no_args, call_object, call_one_arg,
            forward, function_call, get_and_call, make_last, pack_and_call,
            vectorcall, vectorcall_keyword,
        };
    }

    #[pymodule]
    mod safe {
        #[pymodule_export]
        use crate::safe::{
            call_method_one_arg, call_no_args, call_object, call_one_arg,
            call_or_none, forward, function_call, get_and_call, last,
            pack_and_call, vectorcall, vectorcall_keyword,
        };
    }

    #[pymodule]
    mod wrong {
        #[pymodule_export]
        use crate::wrong::{
            forward_drops_keywords, function_call_hides_the_error,
            make_last_lends, pack_and_call_leaks_tuple,
        };
    }
}
