//! Changes of several files that are all made or none.
//!
//! All texts are written into a folder of their own first, where most of what can fail does. What
//! is left is to move them to their places, and to move back what was moved when that fails, or
//! when somebody asks to stop.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use verify::Problem;

/// Changes below a folder, written but not yet made.
pub(super) struct Transaction {
    root: PathBuf,
    staged: TempDir,
    steps: Vec<Step>,
}

/// What moves to its place.
struct Step {
    staged: PathBuf,
    path: PathBuf,
    /// What was there before, put aside.
    old: Option<PathBuf>,
}

impl Transaction {
    /// No changes yet, of files below `root`.
    ///
    /// # Errors
    ///
    /// `root` cannot be written.
    pub(super) fn new(root: &Path) -> Result<Transaction, Problem> {
        // A file moves in one piece only where it stays on its file system.
        let staged = tempfile::Builder::new().prefix(".new-").tempdir_in(root);
        let staged = staged.map_err(|error| verify::message::cannot_write(root, &error))?;
        Ok(Transaction { root: root.to_owned(), staged, steps: Vec::new() })
    }

    /// Makes the file `path`, or the folder `path` of files with these names, in which nothing is.
    pub(super) fn create(&mut self, path: &str, files: &[(String, String)]) -> Result<(), Problem> {
        let staged = self.room();
        for (name, text) in files {
            let file = if name.is_empty() { staged.clone() } else { staged.join(name) };
            let folder = file.parent().unwrap_or(&staged);
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
            written.map_err(|error| self.cannot_write(path, name, &error))?;
        }
        self.steps.push(Step { staged, path: self.root.join(path), old: None });
        Ok(())
    }

    /// Gives the file `path`, which is there, another text.
    pub(super) fn replace(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        let (staged, old) = (self.room(), self.room().with_extension("old"));
        // What a link leads to is written, and the link stays.
        let write = || -> io::Result<PathBuf> {
            let file = fs::canonicalize(self.root.join(path))?;
            fs::copy(&file, &old)?;
            fs::copy(&file, &staged)?;
            fs::write(&staged, text)?;
            Ok(file)
        };
        let file = write().map_err(|error| self.cannot_write(path, "", &error))?;
        self.steps.push(Step { staged, path: file, old: Some(old) });
        Ok(())
    }

    /// Makes all changes, or none: `stopped` is asked before each.
    ///
    /// # Errors
    ///
    /// One cannot be made, or somebody asked to stop; all is as it was.
    pub(super) fn commit(self, stopped: &dyn Fn() -> bool) -> Result<(), Problem> {
        for (index, step) in self.steps.iter().enumerate() {
            let made = if stopped() { Err(verify::message::stopped()) } else { step.make() };
            if let Err(problem) = made {
                self.steps[..index].iter().rev().for_each(Step::undo);
                return Err(problem);
            }
        }
        Ok(())
    }

    fn room(&self) -> PathBuf {
        self.staged.path().join(self.steps.len().to_string())
    }

    fn cannot_write(&self, path: &str, name: &str, error: &io::Error) -> Problem {
        let path = self.root.join(path);
        verify::message::cannot_write(&if name.is_empty() { path } else { path.join(name) }, error)
    }
}

impl Step {
    fn make(&self) -> Result<(), Problem> {
        let free = || match self.old.is_none() && fs::symlink_metadata(&self.path).is_ok() {
            true => Err(io::Error::from(io::ErrorKind::AlreadyExists)),
            false => Ok(()),
        };
        let moved = free().and_then(|()| fs::rename(&self.staged, &self.path));
        moved.map_err(|error| verify::message::cannot_write(&self.path, &error))
    }

    /// What was moved a moment ago can be moved back; where not even that can be done, the folder
    /// that holds it tells more than a message could.
    fn undo(&self) {
        let _ = match &self.old {
            Some(old) => fs::rename(old, &self.path),
            None => fs::rename(&self.path, &self.staged),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeMap;

    use super::*;

    fn files(root: &Path) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![root.to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => waiting.push(path),
                    false => drop(files.insert(path.clone(), fs::read_to_string(path).unwrap())),
                }
            }
        }
        files
    }

    fn root() -> TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("book")).unwrap();
        fs::write(root.path().join("book/list"), "old\n").unwrap();
        root
    }

    fn transaction(root: &Path) -> Transaction {
        let text = |name: &str| (name.to_owned(), "new\n".to_owned());
        let mut changes = Transaction::new(root).unwrap();
        changes.create("folder", &[text("a"), text("b/c")]).unwrap();
        changes.create("book/file", &[text("")]).unwrap();
        changes.replace("book/list", "new\n").unwrap();
        changes
    }

    #[test]
    fn all_changes_are_made() {
        let root = root();
        transaction(root.path()).commit(&|| false).unwrap();
        let texts: Vec<String> = files(root.path()).into_values().collect();
        assert_eq!(texts, ["new\n"; 4]);
    }

    #[test]
    fn whichever_change_fails_all_is_as_it_was() {
        for failing in 0..3 {
            let root = root();
            let before = files(root.path());
            let mut changes = transaction(root.path());
            // What was staged is gone, so that it cannot be moved.
            changes.steps[failing].staged = root.path().join("gone");
            assert!(changes.commit(&|| false).is_err());
            assert_eq!(files(root.path()), before, "step {failing}");
            assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "step {failing}");
        }
    }

    #[test]
    fn whenever_somebody_stops_it_all_is_as_it_was() {
        for asked in 0..3 {
            let root = root();
            let before = files(root.path());
            let left = Cell::new(asked);
            let stopped = || left.replace(left.get() - 1) == 0;
            assert!(transaction(root.path()).commit(&stopped).is_err());
            assert_eq!(files(root.path()), before, "at step {asked}");
            assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "at step {asked}");
        }
    }

    #[test]
    fn what_came_in_between_is_not_written_over() {
        let root = root();
        let changes = transaction(root.path());
        fs::write(root.path().join("book/file"), "somebody's\n").unwrap();
        let before = files(&root.path().join("book"));
        assert!(changes.commit(&|| false).is_err());
        assert_eq!(files(&root.path().join("book")), before);
    }
}
