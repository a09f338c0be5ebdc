//! Writes what there is for each lesson, from the dependencies in Cargo.toml: the line that
//! links it, and for the wheel the module `lesson_<topic>.py` by which it is imported.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=Cargo.toml");
    println!("cargo:rerun-if-changed=stub.py");
    pyo3_build_config::add_extension_module_link_args();
    let manifest = fs::read_to_string("Cargo.toml")?;
    let topics = bundle_manifest::topics(&manifest).expect("cargo reads it, too");
    let folder = env::var_os("OUT_DIR").expect("cargo sets it");
    let folder = Path::new(&folder);
    let mut linked = String::new();
    for topic in topics {
        linked += &format!("extern crate lesson_{topic} as _;\n");
        fs::copy("stub.py", folder.join(format!("lesson_{topic}.py")))?;
    }
    fs::write(folder.join("lessons.rs"), linked)
}
