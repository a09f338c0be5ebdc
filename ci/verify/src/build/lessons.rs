//! Builds lessons for one interpreter, each tag in a target folder of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::artifact;
use super::cargo::{self, Message, Output, is_of};
use super::folder::folder;
use super::place::{file_name, place};
use super::wasm;
use crate::cpython::{Build, Tag};
use crate::interpreter::Interpreter;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::{Place, Problem};
use crate::ulimit;

/// How the folders begin that hold extensions for one command.
const IMPORTS: &str = "import-";

/// No command takes longer.
const FORGOTTEN: Duration = Duration::from_secs(24 * 3600);

/// The lessons, built for one interpreter.
#[derive(Debug)]
pub struct Built {
    /// Each topic's folder with the extension in it, or why there is none. The folders go
    /// when this value does.
    pub lessons: BTreeMap<String, Result<PathBuf, Problem>>,
    /// The libraries rustc may link against: crate name to its `.rlib`.
    pub libraries: BTreeMap<String, PathBuf>,
    /// The folders of every library that those need.
    pub deps: BTreeSet<PathBuf>,
    imports: TempDir,
}

impl Built {
    /// Nothing yet. Extensions are put below `folder`, in which programs were just built and
    /// run: from a folder for temporary files a machine may refuse to load them.
    fn below(folder: &Path) -> Result<Built, Problem> {
        let imports = tempfile::Builder::new().prefix(IMPORTS).tempdir_in(folder);
        let imports = imports.map_err(|error| message::cannot_write(folder, &error))?;
        remove_forgotten(folder);
        let (lessons, libraries) = (BTreeMap::new(), BTreeMap::new());
        Ok(Built { lessons, libraries, deps: BTreeSet::new(), imports })
    }
}

/// Builds `lessons` for `interpreter` in `target/tags/<tag>`.
///
/// # Errors
///
/// Cargo cannot be run or its folder cannot be written. What one lesson's own code has wrong
/// is that lesson's result, not an error.
pub fn build(root: &Path, lessons: &[Lesson], interpreter: &Interpreter) -> Result<Built, Problem> {
    if !interpreter.tag.build.is_native() {
        let module = wasm::build(root)?;
        return of_bundle(&folder(root, interpreter.tag)?, &module, &wasm::bundled(root)?, lessons);
    }
    let folder = folder(root, interpreter.tag)?;
    // One lesson that does not compile must not take the others with it.
    let packages: Vec<String> = lessons.iter().map(Lesson::package).collect();
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    let arguments: Vec<&str> = ["--keep-going", "--lib"].into_iter().chain(packages).collect();
    let python = ("PYO3_PYTHON", interpreter.executable.as_os_str());
    let output = cargo::build_here(root, &folder, &arguments, &[python])?;
    let mut built = Built::below(&folder)?;
    built.libraries = artifact::libraries(&output);
    built.deps = artifact::folders(&output);
    let extensions = artifact::extensions(&output);
    let built_for = tag_of(&output);
    if !extensions.is_empty() && !same_abi(built_for, interpreter.tag) {
        return Err(message::built_for_another(
            &interpreter.executable,
            interpreter.tag,
            built_for,
        ));
    }
    for lesson in lessons {
        let result = match extensions.get(&lesson.module()) {
            Some(file) => place(file, &built.imports.path().join(&lesson.topic), &lesson.module()),
            None => Err(not_built(&output, lesson, interpreter.tag)),
        };
        built.lessons.insert(lesson.topic.clone(), result);
    }
    Ok(built)
}

/// Every lesson from the one module that holds them all, which holds those on the topics `bundled`.
fn of_bundle(
    folder: &Path,
    module: &Path,
    bundled: &[String],
    lessons: &[Lesson],
) -> Result<Built, Problem> {
    let mut built = Built::below(folder)?;
    for lesson in lessons {
        let folder = built.imports.path().join(&lesson.topic);
        let result = match bundled.contains(&lesson.topic) {
            true => place(module, &folder, &lesson.module()),
            false => Err(message::not_bundled(&lesson.package(), &lesson.topic)),
        };
        built.lessons.insert(lesson.topic.clone(), result);
    }
    Ok(built)
}

/// Every lesson as it is installed, with a wheel for instance: an empty folder for each, and no
/// libraries.
///
/// # Errors
///
/// The temporary folder cannot be written.
pub fn installed(lessons: &[Lesson]) -> Result<Built, Problem> {
    let mut built = Built::below(&env::temp_dir())?;
    for lesson in lessons {
        let folder = built.imports.path().join(&lesson.topic);
        fs::create_dir(&folder).map_err(|error| message::cannot_write(&folder, &error))?;
        built.lessons.insert(lesson.topic.clone(), Ok(folder));
    }
    Ok(built)
}

/// Puts the extension of `lesson` where it stays when `built` and this process have gone:
/// in `target/tags/<tag>/import/<topic>`.
///
/// # Errors
///
/// The lesson does not build, or the folder cannot be written.
pub fn keep(root: &Path, built: &Built, lesson: &Lesson, tag: Tag) -> Result<PathBuf, Problem> {
    let fresh = built.lessons[&lesson.topic].as_ref().map_err(Clone::clone)?;
    let kept = folder(root, tag)?.join("import").join(&lesson.topic);
    place(&fresh.join(file_name(&lesson.module())), &kept, &lesson.module())
}

/// Why there is no extension of `lesson`: by its own code, or by anything else.
fn not_built(output: &Output, lesson: &Lesson, tag: Tag) -> Problem {
    match output.errors_in(&lesson.package()) {
        own if !own.is_empty() => message::does_not_build(Place::file(lesson.folder()), tag, &own),
        _ => message::cannot_build(tag, &output.all_errors(), &ulimit::tight()),
    }
}

/// Removes what a build left that was killed.
fn remove_forgotten(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(IMPORTS);
        let age =
            entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if ours && age.is_some_and(|age| age > FORGOTTEN) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The tag that PyO3's build script built for, by the `cfg`s it set.
fn tag_of(said: &Output) -> Option<Tag> {
    let cfgs = said.messages.iter().rev().find_map(|message| match message {
        Message::BuildScriptExecuted { package_id, cfgs } => {
            Some(cfgs).filter(|_| is_of(package_id, "pyo3-ffi"))
        }
        _ => None,
    })?;
    let minors = cfgs.iter().filter_map(|cfg| cfg.strip_prefix("Py_3_")?.parse().ok());
    let minor = minors.max()?;
    let set = |name: &str| cfgs.iter().any(|cfg| cfg == name);
    let build = Build::native(false, set("Py_GIL_DISABLED"))?;
    Some(Tag { minor, build })
}

/// Whether an extension built for `built` is one for `tag`.
fn same_abi(built: Option<Tag>, tag: Tag) -> bool {
    built == Some(Tag { build: tag.build.abi(), ..tag })
}
