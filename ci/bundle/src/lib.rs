//! All lessons in one extension module.
//!
//! Each lesson exports its `PyInit_lesson_<topic>`. CPython looks in an extension's file for the
//! function of the name that it imports, so this one file is every lesson: it has to be found,
//! or loaded, under the lesson's name.

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// The file under its own name, by which an installed lesson finds it; there is nothing in it.
#[pyo3::pymodule]
mod _lessons {}
