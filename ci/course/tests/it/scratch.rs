//! A course in a folder of its own, and the command run there as a person runs it.
//!
//! Cargo knows a crate by its path, so a lesson in a fresh folder is compiled anew. The folders
//! are kept therefore, one for each thread of tests, and a file is only written where its text
//! differs. All of them build into one target folder, where extensions of one name replace each
//! other: a test that wants other Rust than `probe`'s gives its lesson another topic.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::{LazyLock, Mutex, PoisonError};

use snapbox::cmd::{Command, OutputAssert};
use snapbox::{Assert, IntoData, Redactions};
use verify::interpreter::Interpreter;
use verify::interpreter::discover;

use crate::repository::{Files, REPOSITORY, files_below, lock, workspace};

/// The one interpreter that tests use which are not about several.
pub(crate) static PYTHON: LazyLock<Interpreter> =
    LazyLock::new(|| discover::as_pyo3_does().unwrap_or_else(|problem| panic!("{problem}")));

static FOLDERS: Mutex<Vec<bool>> = Mutex::new(Vec::new());

/// A course with one lesson, `probe`, until a test makes it something else.
pub(crate) struct Scratch {
    pub(crate) root: PathBuf,
    folder: Option<usize>,
}

impl Scratch {
    /// A course whose session prints one line, with nothing recorded.
    pub(crate) fn new() -> Scratch {
        let folder = take_folder();
        let root = temporary().join("courses").join(folder.to_string());
        let course = Scratch { root, folder: Some(folder) };
        let template = |name: &str| name.replace("TOPIC", "probe");
        course.become_only(BTreeMap::from([
            ("Cargo.toml", workspace()),
            ("Cargo.lock", lock()),
            ("book.toml", book_toml()),
            ("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n".to_owned()),
            ("book/probe.md", "# Probe\n\n{{#cell probe:one}}\n".to_owned()),
            (
                "lessons/probe/Cargo.toml",
                template(include_str!("../../src/template/Cargo.toml.in")),
            ),
            ("lessons/probe/build.rs", template(include_str!("../../src/template/build.rs.in"))),
            ("lessons/probe/src/lib.rs", include_str!("probe/lib.rs").to_owned()),
            ("lessons/probe/src/raw.rs", include_str!("probe/raw.rs").to_owned()),
            ("lessons/probe/session.py", "# %% one\nprint('hello')\n".to_owned()),
        ]));
        course
    }

    /// A copy of this repository's lessons and chapters. One test at a time may hold it.
    pub(crate) fn of_the_lessons() -> Scratch {
        let course = Scratch { root: temporary().join("courses/lessons"), folder: None };
        let mut files = BTreeMap::new();
        for top in ["lessons", "book"] {
            for (path, bytes) in files_below(&REPOSITORY.join(top)) {
                let path = Path::new(top).join(path).display().to_string();
                // Pictures are of no account here.
                files.extend(String::from_utf8(bytes).ok().map(|text| (path, text)));
            }
        }
        files.insert("Cargo.toml".to_owned(), workspace());
        files.insert("Cargo.lock".to_owned(), lock());
        files.insert("book.toml".to_owned(), book_toml());
        course
            .become_only(files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect());
        course
    }

    fn become_only(&self, files: BTreeMap<&str, String>) {
        for path in self.files().keys() {
            if !files.contains_key(path.to_str().expect("the tests' own names are UTF-8")) {
                fs::remove_file(self.root.join(path)).expect("the folder is the tests' own");
                // To cargo an empty folder in `lessons` is a lesson without a manifest.
                let parents = path.ancestors().skip(1).map(|parent| self.root.join(parent));
                parents.take_while(|parent| fs::remove_dir(parent).is_ok()).for_each(drop);
            }
        }
        let _ = fs::remove_dir_all(self.root.join("target"));
        for (path, text) in files {
            self.write(path, &text);
        }
    }

    /// Writes a file, unless it has this text already.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Scratch {
        let path = self.root.join(path);
        // What a test has put in a file's place, and could not take away.
        if path.is_symlink() || path.is_dir() {
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        }
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            fs::create_dir_all(path.parent().expect("a path below the root")).expect("writable");
            fs::write(&path, text).expect("writable");
        }
        self
    }

    /// Replaces `old`, which must be there, in a file.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) -> &Scratch {
        let text = self.read(path);
        assert!(text.contains(old), "`{old}` is not in {path}:\n{text}");
        self.write(path, &text.replace(old, new))
    }

    /// A file's text.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Gives the lesson this session, and a chapter that shows each of its cells.
    pub(crate) fn session(&self, text: &str) -> &Scratch {
        let names = text.lines().filter_map(|line| line.strip_prefix("# %% ")?.split(' ').next());
        let shown: String = names.map(|name| format!("\n{{{{#cell probe:{name}}}}}\n")).collect();
        self.write("lessons/probe/session.py", text);
        self.write("book/probe.md", &format!("# Probe\n{shown}"))
    }

    /// Adds a paragraph to the chapter.
    pub(crate) fn say(&self, paragraph: &str) -> &Scratch {
        let chapter = self.read("book/probe.md");
        self.write("book/probe.md", &format!("{chapter}\n{paragraph}\n"))
    }

    /// Records the session in the one interpreter.
    pub(crate) fn recorded(&self) -> &Scratch {
        self.passes(&["regen"]);
        self
    }

    /// `course …` in this course. `check` and `regen` use the one interpreter, unless told.
    pub(crate) fn process(&self, arguments: &[&str]) -> Process {
        let mut process = self.at_home(Process::new(env!("CARGO_BIN_EXE_course")));
        process.args(arguments);
        if matches!(arguments[0], "check" | "regen" | "run") && !arguments.contains(&"--python") {
            process.arg("--python").arg(&PYTHON.executable);
        }
        process
    }

    /// `process` in this course's folder, with what it builds kept for the next test.
    pub(crate) fn at_home(&self, mut process: Process) -> Process {
        process.current_dir(&self.root);
        process.env("CARGO_TARGET_DIR", temporary().join("builds"));
        process.env("CARGO_NET_OFFLINE", "true");
        // Looking at every Python of this machine costs more than the test.
        for variable in ["PYENV_ROOT", "UV_PYTHON_INSTALL_DIR"] {
            process.env(variable, temporary().join("nowhere"));
        }
        for variable in ["COURSE_PYTHONS", "PYO3_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX"] {
            process.env_remove(variable);
        }
        process
    }

    /// The command does what it is asked.
    pub(crate) fn passes(&self, arguments: &[&str]) -> OutputAssert {
        self.assert(self.process(arguments)).success()
    }

    /// The same for a command that a test has changed.
    pub(crate) fn passes_as(&self, process: Process) -> OutputAssert {
        self.assert(process).success()
    }

    /// What the command, which a test has changed, prints when it is asked `question`.
    pub(crate) fn answers(&self, process: Process, question: &str) -> String {
        let output = Command::from_std(process).stdin(question).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("the tests print UTF-8")
    }

    /// The command says `errors` and nothing else on standard error, ends in exit status 1, and
    /// leaves every file as it was.
    pub(crate) fn fails(&self, arguments: &[&str], errors: impl IntoData) -> OutputAssert {
        self.fails_as(self.process(arguments), errors)
    }

    /// The same for a command that a test has changed.
    pub(crate) fn fails_as(&self, process: Process, errors: impl IntoData) -> OutputAssert {
        let before = self.files();
        let output = self.assert(process).code(1).stderr_eq(errors);
        self.is_as(&before);
        output
    }

    /// Runs `process`, whose words are compared without what is this machine's own.
    fn assert(&self, process: Process) -> OutputAssert {
        let mut redactions = Redactions::new();
        for (placeholder, value) in [
            ("[VERSION]", PYTHON.version.clone()),
            ("[TAG]", PYTHON.tag.to_string()),
            ("[PYTHON]", PYTHON.executable.display().to_string()),
            ("[ROOT]", self.root.display().to_string()),
        ] {
            redactions.insert(placeholder, value).expect("a placeholder is well formed");
        }
        let assert = Assert::new().action_env("SNAPSHOTS").redact_with(redactions);
        Command::from_std(process).with_assert(assert).assert()
    }

    /// Every file but the lock file, which is cargo's, and what was built.
    pub(crate) fn files(&self) -> Files {
        let mut files = files_below(&self.root);
        files.remove(Path::new("Cargo.lock"));
        files
    }

    /// Demands that the files are those of `before`.
    pub(crate) fn is_as(&self, before: &Files) {
        let after = self.files();
        assert!(after.keys().eq(before.keys()), "files came or went: {:?}", after.keys());
        for (path, bytes) in &after {
            assert!(bytes == &before[path], "{} was written", path.display());
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = self.folder {
            FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)[folder] = false;
        }
    }
}

/// The lowest number that no test uses.
fn take_folder() -> usize {
    let mut taken = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    let free = taken.iter().position(|taken| !taken).unwrap_or(taken.len());
    if free == taken.len() {
        taken.push(false);
    }
    taken[free] = true;
    free
}

/// What cargo keeps for integration tests below the target folder.
pub(crate) fn temporary() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

fn book_toml() -> String {
    include_str!("probe/book.toml").replace("COURSE", env!("CARGO_BIN_EXE_course"))
}
