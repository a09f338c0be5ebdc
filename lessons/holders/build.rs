//! Tells the lesson which CPython it is built for, `cfg(Py_3_15)`, `cfg(Py_GIL_DISABLED)`, and the
//! linker of macOS that Python's own functions are found when the extension is loaded.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    pyo3_build_config::use_pyo3_cfgs();
    pyo3_build_config::add_extension_module_link_args();
}
