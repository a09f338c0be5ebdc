//! The extension of a lesson's own checkout, for its test.
//!
//! To cargo a lesson is the same in every checkout, and so is its extension: where two of them build
//! into one folder, each is given what the other has built. What lies in a checkout's own folder
//! is its own; elsewhere the test builds as `check` does.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::folder::is_own;
use super::lessons::{Built, build};
use super::place::place;
use crate::interpreter::Interpreter;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::Problem;

/// A folder from which the extension can be imported, as long as this value lives.
pub(crate) struct Own {
    pub(crate) folder: PathBuf,
    _holds: Holds,
}

enum Holds {
    Placed(#[expect(dead_code, reason = "it removes its folder when it goes")] TempDir),
    Built(#[expect(dead_code, reason = "it removes its folders when it goes")] Built),
}

impl Own {
    /// The one that cargo built for this very test, or one that is built now.
    ///
    /// # Errors
    ///
    /// There is none, and none can be built.
    pub(crate) fn of(lesson: &Lesson, interpreter: &Interpreter) -> Result<Own, Problem> {
        let module = lesson.module();
        let test = env::current_exe()
            .map_err(|error| message::no_extension(&module, &error.to_string()))?;
        let here = test.parent().unwrap_or(Path::new("."));
        if is_own(here, &lesson.root) {
            let file = newest(here, &module)?;
            // Programs run from here: from a folder for temporary files a machine may load none.
            let imports =
                tempfile::tempdir_in(here).map_err(|error| message::cannot_write(here, &error))?;
            let folder = place(&file, &imports.path().join("import"), &module)?;
            return Ok(Own { folder, _holds: Holds::Placed(imports) });
        }
        let built = build(&lesson.root, std::slice::from_ref(lesson), interpreter)?;
        let folder = built.lessons[&lesson.topic].clone()?;
        Ok(Own { folder, _holds: Holds::Built(built) })
    }
}

/// The extension that cargo built last for a test in the folder `here`: beside it, or in the folder
/// that each build of the package has.
fn newest(here: &Path, module: &str) -> Result<PathBuf, Problem> {
    let name = format!("{}{module}{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let builds = here.ancestors().nth(2).into_iter().flat_map(fs::read_dir).flatten().flatten();
    let folders = builds.map(|build| build.path().join("out")).chain([here.to_owned()]);
    let files = folders.map(|folder| folder.join(&name));
    let dated = |file: PathBuf| Some((Reverse(fs::metadata(&file).ok()?.modified().ok()?), file));
    let newest = files.filter_map(dated).min().map(|(_, file)| file);
    newest.ok_or_else(|| message::no_extension(module, &here.join(&name).display().to_string()))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn an_extension_is_found_in_both_of_cargos_layouts() {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("{}probe{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
        let built = |path: &str, seconds: u64| {
            let file = folder.path().join(path).join(&name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let age = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            fs::File::create(&file).unwrap().set_modified(age).unwrap();
            file
        };
        let beside = built("debug/deps", 1);
        assert_eq!(newest(&folder.path().join("debug/deps"), "probe").unwrap(), beside);
        built("debug/build/lesson-probe/a/out", 2);
        let last = built("debug/build/lesson-probe/b/out", 3);
        let test = folder.path().join("debug/build/lesson-probe/c/out");
        assert_eq!(newest(&test, "probe").unwrap(), last);
        assert!(newest(&test, "other").unwrap_err().to_string().contains("the extension `other`"));
    }
}
