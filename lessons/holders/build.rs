//! Tells the lesson which CPython it is built for: `cfg(Py_3_15)`, `cfg(Py_GIL_DISABLED)`.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    pyo3_build_config::use_pyo3_cfgs();
}
