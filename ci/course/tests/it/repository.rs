//! This repository, as the tests take it for their own courses.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// This repository.
pub(crate) static REPOSITORY: LazyLock<PathBuf> = LazyLock::new(|| {
    fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("it is there")
});

/// Every file of a course with its bytes.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// This repository's workspace, with the lessons of the scratch course as its members.
pub(crate) fn workspace() -> String {
    let text = fs::read_to_string(REPOSITORY.join("Cargo.toml")).expect("it is there");
    let mut manifest: toml::Table = text.parse().expect("cargo reads it, too");
    let workspace = manifest["workspace"].as_table_mut().expect("a table");
    workspace.remove("default-members");
    workspace.insert("members".to_owned(), vec!["lessons/*"].into());
    let dependencies = workspace["dependencies"].as_table_mut().expect("a table");
    for (_, dependency) in dependencies {
        if let Some(path) = dependency.get_mut("path") {
            let whole = REPOSITORY.join(path.as_str().expect("a path is a string"));
            *path = whole.display().to_string().into();
        }
    }
    manifest.to_string()
}

/// Its lock file: a scratch course needs no crate that is not there already.
pub(crate) fn lock() -> String {
    fs::read_to_string(REPOSITORY.join("Cargo.lock")).expect("it is there")
}

/// Every file below `folder`, by its path from there, but what was built.
pub(crate) fn files_below(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(folder.join(&path)).into_iter().flatten().flatten() {
            let path = path.join(entry.file_name());
            if entry.path().is_dir() {
                if path != Path::new("target") {
                    waiting.push(path);
                }
            } else if entry.path().is_file() {
                files.extend(fs::read(entry.path()).ok().map(|bytes| (path, bytes)));
            } else {
                // A link to nowhere, or to a device, which has no end.
                files.insert(path, Vec::new());
            }
        }
    }
    files
}
