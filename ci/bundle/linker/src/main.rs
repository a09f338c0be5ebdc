//! Stands in for `emcc` when rustc links a `cdylib` for `wasm32-unknown-emscripten`.
//!
//! rustc calls `emcc` with some thirty arguments. What they ask for is a *side module*: WebAssembly
//! whose memory, table and C library are those of the main module that loads it. The
//! `rust-lld` that comes with rustup makes one; the rest of Emscripten (libraries, JavaScript
//! around a main module) has no part in it. [`arguments`] turns the one command line into the other.
//! Every symbol that is not defined becomes an import, so whoever builds compares the imports
//! with what the main module exports.

use std::env;
use std::fs;
use std::process::{Command, ExitCode};

mod arguments;

fn main() -> ExitCode {
    match link() {
        Ok(code) => code,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn link() -> Result<ExitCode, String> {
    let given = arguments::expand(env::args().skip(1), |path| {
        fs::read_to_string(path).map_err(|error| format!("cannot read `{path}`: {error}"))
    })?;
    // rustc puts the folder of its own tools on PATH for its linker.
    let status = Command::new("rust-lld").args(arguments::for_lld(&given)?).status();
    let status = status.map_err(|error| {
        format!("cannot run rust-lld: {error}\nhelp: it comes with rustup's toolchains, and rustc finds it there: https://rustup.rs")
    })?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
