//! A digest of what a column ran, so that a machine without its interpreter can tell
//! whether the column still speaks of the lesson as it is.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::hash;
use crate::layout::LESSONS;
use crate::lesson::{Lesson, below};
use crate::message;
use crate::problem::{Place, Problem};
use crate::run::driver;
use crate::text;

/// The packages whose locked version a count can depend on.
const PACKAGES: [&str; 2] = ["pyo3", "pyo3-ffi"];

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
}

/// The digest of `lesson`: 16 hexadecimal digits over `src/**`, `build.rs`, `Cargo.toml` and
/// `session.py` as [`text::normal`] has them, the last as it runs; the locked PyO3, the versions of the packages that the
/// session imports, and the driver's MODE.
///
/// # Errors
///
/// One of the files cannot be read.
pub fn digest(lesson: &Lesson) -> Result<String, Problem> {
    with_mode(lesson, driver::mode())
}

fn with_mode(lesson: &Lesson, mode: &str) -> Result<String, Problem> {
    let mut hasher = Sha256::new();
    let mut add = |name: &str, content: &[u8]| {
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name);
        hasher.update((content.len() as u64).to_le_bytes());
        hasher.update(content);
    };
    let root = &lesson.root;
    let mut files = vec![lesson.folder().join("Cargo.toml"), lesson.session_path()];
    let build = lesson.folder().join("build.rs");
    if text::is_there(root, &build)? {
        files.push(build);
    }
    files.extend(below(root, &lesson.folder().join("src"))?);
    files.sort();
    let session = lesson.session_path();
    for path in files {
        let name = path.strip_prefix(LESSONS).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let content = match path == session {
            true => lesson.session.as_it_runs().into_bytes(),
            false => content(root, &path)?,
        };
        add(&name, &content);
    }
    for (name, version) in locked(root)? {
        add(&name, version.as_bytes());
    }
    let packages: BTreeMap<&str, String> = lesson
        .session
        .cells
        .iter()
        .flat_map(|cell| &cell.packages)
        .map(|package| (package.name.as_str(), package.versions()))
        .collect();
    for (name, versions) in packages {
        add(name, versions.as_bytes());
    }
    add("MODE", mode.as_bytes());
    Ok(hash::short(&hasher.finalize()))
}

fn locked(root: &Path) -> Result<Vec<(String, String)>, Problem> {
    let path = Path::new("Cargo.lock");
    let text = text::read(root, path)?;
    let lock: Lock = toml::from_str(&text)
        .map_err(|error| message::not_toml(Place::file(path), error.message()))?;
    let ours = lock.package.into_iter().filter(|package| PACKAGES.contains(&package.name.as_str()));
    Ok(ours.map(|package| (package.name, package.version)).collect())
}

/// What of a file can matter: its text, or its bytes where a lesson includes something else.
fn content(root: &Path, path: &Path) -> Result<Vec<u8>, Problem> {
    let bytes = text::bytes(root, path)?;
    let is_code = path
        .extension()
        .is_some_and(|extension| ["rs", "py", "toml"].iter().any(|it| extension == *it));
    match text::normal(path, &bytes) {
        Ok(text) => Ok(text.into_bytes()),
        Err(problem) if is_code => Err(problem),
        Err(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"pyo3\"
version = \"0.30.1\"

[[package]]
name = \"pyo3-ffi\"
version = \"0.30.1\"

[[package]]
name = \"libc\"
version = \"0.2.1\"
";

    /// The digest of a lesson with these files in its folder, and of what stands beside it.
    fn of(files: &[(&str, &[u8])], mode: &str) -> Result<String, Problem> {
        let root = tempfile::tempdir().unwrap();
        let usual: [(&str, &[u8]); 4] = [
            ("Cargo.lock", LOCK.as_bytes()),
            ("lessons/set/Cargo.toml", b"[package]\n"),
            ("lessons/set/session.py", b"# %% one\nprint()\n"),
            ("lessons/set/src/lib.rs", b"mod raw;\n"),
        ];
        for (path, bytes) in usual.iter().chain(files) {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        with_mode(&Lesson::load(root.path(), "set").unwrap(), mode)
    }

    #[test]
    fn a_digest_is_another_where_another_thing_would_run() {
        let usual = of(&[], "1").unwrap();
        assert_eq!(of(&[], "1").unwrap(), usual);
        assert_ne!(of(&[], "2").unwrap(), usual, "the driver's MODE");
        let lock = |package: &str, version: &str| {
            let name = format!("name = \"{package}\"\nversion = ");
            let at = LOCK.find(&name).unwrap() + name.len();
            let end = at + LOCK[at..].find('\n').unwrap();
            format!("{}\"{version}\"{}", &LOCK[..at], &LOCK[end..])
        };
        for package in PACKAGES {
            let lock = lock(package, "0.30.2");
            assert_ne!(of(&[("Cargo.lock", lock.as_bytes())], "1").unwrap(), usual, "{package}");
        }
        let other = lock("libc", "0.2.2");
        assert_eq!(of(&[("Cargo.lock", other.as_bytes())], "1").unwrap(), usual);
        for path in ["Cargo.toml", "session.py", "src/lib.rs", "src/raw/deep.rs", "build.rs"] {
            let path = format!("lessons/set/{path}");
            assert_ne!(of(&[(&path, b"# %% two\n")], "1").unwrap(), usual, "{path}");
        }
    }

    #[test]
    fn a_digest_is_the_same_where_nobody_could_see_a_difference() {
        let usual = of(&[], "1").unwrap();
        for (path, text) in [
            ("lessons/set/session.py", "# %% one\nprint()\n"),
            ("lessons/set/src/lib.rs", "mod raw;\n"),
            ("lessons/set/Cargo.toml", "[package]\n"),
        ] {
            let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert_eq!(of(&[(path, other.as_bytes())], "1").unwrap(), usual, "{path}");
        }
        for path in ["src/.lib.rs.swp", "src/lib.rs~", "tests/calls.py", "record.toml"] {
            let path = format!("lessons/set/{path}");
            assert_eq!(of(&[(&path, b"x")], "1").unwrap(), usual, "{path}");
        }
    }

    #[test]
    fn why_a_page_does_not_run_a_cell_is_nothing_to_who_runs_it() {
        let session = |text: &str| of(&[("lessons/set/session.py", text.as_bytes())], "1").unwrap();
        let usual = session("# %% one not_on=\"wasm\" varies=\"integers\"\nprint(' why=\"a\"')\n");
        let why = "# %% one not_on=\"wasm\" why=\"needs threads\" varies=\"integers\"\nprint(' why=\"a\"')\n";
        assert_eq!(session(why), usual);
        assert_ne!(session(&why.replace("integers\"\n", "integers\" kind=\"edge\"\n")), usual);
        assert_ne!(session(&why.replace("\"a\"", "\"b\"")), usual, "what is printed");
    }

    #[test]
    fn code_that_is_no_text_is_refused_and_other_files_count_by_their_bytes() {
        let said = of(&[("lessons/set/src/a.rs", b"a\n\0")], "1").unwrap_err().to_string();
        assert!(said.starts_with("lessons/set/src/a.rs:2: expected text, found NUL"), "{said}");
        let with = |bytes: &[u8]| of(&[("lessons/set/src/a.bin", bytes)], "1").unwrap();
        assert_ne!(with(b"\0\r\n"), with(b"\0\n"));
    }
}
