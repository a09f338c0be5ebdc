//! What a program that we start inherits of this machine.

use std::process::Command;

/// Variables that would make a Python, or PyO3's build, something else than it is.
const MISLEADING: [&str; 11] = [
    "CONDA_PREFIX",
    "PYO3_CONFIG_FILE",
    "PYO3_CROSS",
    "PYO3_NO_PYTHON",
    "PYO3_PYTHON",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONMALLOC",
    "PYTHONPATH",
    "PYTHON_GIL",
    "VIRTUAL_ENV",
];

/// Removes what would mislead a Python or a build from the environment of `command`.
pub(crate) fn clean(command: &mut Command) {
    for name in MISLEADING {
        command.env_remove(name);
    }
}
