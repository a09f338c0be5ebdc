//! What a program that we start inherits from whoever started us.
//!
//! A variable that makes a Python, a build or a Node.js something else than it is must not reach
//! it. Each of them has prefixes of its own, so what is kept is listed, and not what misleads: a
//! variable that comes with the next release is gone already.

use std::env;
use std::process::Command;

/// What a Python, PyO3's build, and whatever installs packages go by.
const OF_PYTHON: &[&str] = &[
    "CONDA",
    "PIP_",
    "PYO3_",
    "PYTHON",
    "UNSAFE_PYO3_",
    "UV_",
    "VIRTUAL_ENV",
    "_CE_",
    "_CONDA",
    "_PYTHON",
    "__PYVENV_LAUNCHER__",
];

/// Where packages come from, and how they are fetched: a matter of this machine.
const PACKAGES: &[&str] = &[
    "PIP_CACHE_DIR",
    "PIP_CERT",
    "PIP_CLIENT_CERT",
    "PIP_CONFIG_FILE",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_INDEX_URL",
    "PIP_KEYRING_PROVIDER",
    "PIP_NO_INDEX",
    "PIP_PROXY",
    "PIP_RETRIES",
    "PIP_TIMEOUT",
    "PIP_TRUSTED_HOST",
    "UV_CACHE_DIR",
    "UV_CONFIG_FILE",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_HTTP_",
    "UV_INDEX",
    "UV_INDEX_",
    "UV_INDEX_",
    "UV_NATIVE_TLS",
];

/// What cargo and rustc go by.
const OF_RUST: &[&str] = &["CARGO", "RUST"];

/// Which Rust there is, where crates come from, how they are fetched, and how fast.
const TOOLCHAIN: &[&str] = &[
    "CARGO_BUILD_INCREMENTAL",
    "CARGO_BUILD_JOBS",
    "CARGO_BUILD_RUSTC",
    "CARGO_CACHE_",
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_INCREMENTAL",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_SOURCE_",
    "RUSTC",
    "RUSTC_WRAPPER",
    "RUSTUP_",
    "RUST_MIN_STACK",
];

/// What Node.js goes by.
const OF_NODE: &[&str] = &["NODE_"];

/// Whom Node.js trusts.
const TRUST: &[&str] = &["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"];

/// Leaves a Python nothing that would make it another one.
pub fn of_python(command: &mut Command) {
    remove(command, misleads_python);
}

/// Leaves a cargo or a rustc, and the Python that PyO3 asks, nothing that would make the build
/// another one.
pub fn of_cargo(command: &mut Command) {
    remove(command, |name| misleads_cargo(name) || misleads_python(name));
}

/// Leaves a Node.js nothing that would make it another one.
pub fn of_node(command: &mut Command) {
    remove(command, misleads_node);
}

fn remove(command: &mut Command, misleads: impl Fn(&str) -> bool) {
    for (name, _) in env::vars_os().filter(|(name, _)| misleads(&name.to_string_lossy())) {
        command.env_remove(name);
    }
}

fn misleads_python(name: &str) -> bool {
    starts(name, OF_PYTHON) && !kept(name, PACKAGES)
}

fn misleads_cargo(name: &str) -> bool {
    // A linker that this machine needs is named by target.
    let linker = name.starts_with("CARGO_TARGET_") && name.ends_with("_LINKER");
    starts(name, OF_RUST) && !kept(name, TOOLCHAIN) && !linker
}

fn misleads_node(name: &str) -> bool {
    starts(name, OF_NODE) && !kept(name, TRUST)
}

fn starts(name: &str, prefixes: &[&str]) -> bool {
    // Windows does not tell small letters from large ones.
    let name = if cfg!(windows) { name.to_ascii_uppercase() } else { name.to_owned() };
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether `name` is one of `list`, where a name that ends in `_` stands for all that begin so.
fn kept(name: &str, list: &[&str]) -> bool {
    list.iter().any(|known| match known.strip_suffix('_') {
        Some(_) => name.starts_with(known),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_python_reads_is_gone_and_where_packages_come_from_is_kept() {
        for name in [
            "PYTHONHASHSEED",
            "PYTHONEXECUTABLE",
            "PYTHON_GIL",
            "PYTHON_OF_NEXT_YEAR",
            "_PYTHON_SYSCONFIGDATA_NAME",
            "__PYVENV_LAUNCHER__",
            "VIRTUAL_ENV",
            "VIRTUAL_ENV_PROMPT",
            "CONDA_PREFIX",
            "CONDA_PREFIX_1",
            "PYO3_PYTHON",
            "UNSAFE_PYO3_SKIP_VERSION_CHECK",
            "PIP_TARGET",
            "PIP_REQUIRE_VIRTUALENV",
            "UV_PYTHON",
        ] {
            assert!(misleads_python(name), "{name}");
        }
        for name in ["PATH", "PYENV_VERSION", "PIP_INDEX_URL", "UV_HTTP_TIMEOUT", "HTTPS_PROXY"] {
            assert!(!misleads_python(name), "{name}");
        }
    }

    #[test]
    fn whatever_changes_a_build_is_gone_and_what_it_is_made_with_is_kept() {
        for name in [
            "CARGO",
            "CARGO_BUILD_TARGET",
            "CARGO_BUILD_TARGET_DIR",
            "CARGO_BUILD_BUILD_DIR",
            "CARGO_BUILD_RUSTFLAGS",
            "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_PROFILE_DEV_PANIC",
            "CARGO_TARGET_DIR",
            "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
            "CARGO_TERM_VERBOSE",
            "CARGO_UNSTABLE_OF_NEXT_YEAR",
            "RUSTFLAGS",
            "RUSTC_BOOTSTRAP",
            "RUSTC_WORKSPACE_WRAPPER",
        ] {
            assert!(misleads_cargo(name), "{name}");
        }
        for name in [
            "CARGO_HOME",
            "CARGO_NET_OFFLINE",
            "CARGO_REGISTRIES_CRATES_IO_PROTOCOL",
            "CARGO_REGISTRIES_OURS_TOKEN",
            "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER",
            "RUSTUP_HOME",
            "RUSTUP_TOOLCHAIN",
            "RUSTC_WRAPPER",
            "HTTPS_PROXY",
        ] {
            assert!(!misleads_cargo(name), "{name}");
        }
    }

    #[test]
    fn node_is_told_nothing_but_whom_to_trust() {
        assert!(misleads_node("NODE_OPTIONS") && misleads_node("NODE_PATH"));
        assert!(!misleads_node("NODE_EXTRA_CA_CERTS") && !misleads_node("npm_config_registry"));
    }
}
