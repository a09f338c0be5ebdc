//! Where a build put what it made: extensions, libraries, a program, the module for Pyodide.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::cargo::{Message, Output, Target};

/// The extension of each module.
pub(super) fn extensions(said: &Output) -> BTreeMap<String, PathBuf> {
    let extensions = all(said)
        .filter(|(target, file)| target.is("cdylib") && ends(file, &["so", "dylib", "dll"]));
    by_name(extensions)
}

/// The library of each crate, against which rustc may link.
pub(super) fn libraries(said: &Output) -> BTreeMap<String, PathBuf> {
    by_name(all(said).filter(|(_, file)| ends(file, &["rlib"])))
}

/// The folders in which all of it lies.
pub(super) fn folders(said: &Output) -> BTreeSet<PathBuf> {
    all(said).filter_map(|(_, file)| Some(file.parent()?.to_owned())).collect()
}

/// The file that a program, or a module for Pyodide, starts with.
pub(super) fn of_target<'a>(said: &'a Output, name: &str, kind: &str) -> Option<&'a Path> {
    let made = said.messages.iter().rev().find_map(|message| match message {
        Message::CompilerArtifact { target, filenames } => {
            Some(filenames).filter(|_| target.name == name && target.is(kind))
        }
        _ => None,
    });
    made?.first().map(PathBuf::as_path)
}

fn all(said: &Output) -> impl Iterator<Item = (&Target, &Path)> {
    let made = said.messages.iter().filter_map(|message| match message {
        Message::CompilerArtifact { target, filenames } => Some((target, filenames)),
        _ => None,
    });
    made.flat_map(|(target, files)| files.iter().map(move |file| (target, file.as_path())))
}

/// Each file by the name that Rust and Python give what is in it.
fn by_name<'a>(files: impl Iterator<Item = (&'a Target, &'a Path)>) -> BTreeMap<String, PathBuf> {
    files.map(|(target, file)| (target.name.replace('-', "_"), file.to_owned())).collect()
}

fn ends(file: &Path, extensions: &[&str]) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said() -> Output {
        let made = |name: &str, kind: &[&str], files: &[&str]| {
            json!({"reason": "compiler-artifact", "filenames": files,
                   "target": {"name": name, "kind": kind}})
        };
        let lesson = ["/t/deps/liblesson_tuple.so", "/t/deps/liblesson_tuple.rlib"];
        Output::of(json!([
            made("lesson_tuple", &["cdylib", "rlib"], &lesson),
            made("serde-derive", &["proc-macro"], &["/t/deps/libserde_derive.so"]),
            made("either-or", &["lib"], &["/e/libeither_or.rlib", "/e/libeither_or.rmeta"]),
            made("lessons", &["cdylib"], &["/w/lessons.wasm"]),
            made("lessons", &["bin"], &["/w/lessons"]),
            json!({"reason": "build-finished"}),
        ]))
    }

    #[test]
    fn extensions_and_libraries_are_told_apart() {
        let files = |found: BTreeMap<String, PathBuf>| {
            found.into_iter().map(|(name, file)| format!("{name} {}", file.display())).collect()
        };
        let extensions: Vec<String> = files(extensions(&said()));
        assert_eq!(extensions, ["lesson_tuple /t/deps/liblesson_tuple.so"]);
        let libraries: Vec<String> = files(libraries(&said()));
        let (either, lesson) = ("either_or /e/libeither_or.rlib", "/t/deps/liblesson_tuple.rlib");
        assert_eq!(libraries, [either.to_owned(), format!("lesson_tuple {lesson}")]);
        assert!(folders(&said()).iter().eq(["/e", "/t/deps", "/w"].map(Path::new)));
    }

    #[test]
    fn a_target_is_known_by_its_name_and_its_kind() {
        let said = said();
        let of = |name: &str, kind: &str| of_target(&said, name, kind).map(Path::display);
        assert_eq!(of("lessons", "cdylib").unwrap().to_string(), "/w/lessons.wasm");
        assert_eq!(of("lessons", "bin").unwrap().to_string(), "/w/lessons");
        assert!(of("lessons", "staticlib").is_none() && of("lesson", "bin").is_none());
    }
}
