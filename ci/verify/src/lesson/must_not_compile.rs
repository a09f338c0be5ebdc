//! Code that the compiler must refuse: `lessons/<topic>/must_not_compile/<name>.rs`.

use std::path::{Path, PathBuf};

use super::read::Lesson;
use crate::hash;
use crate::message;
use crate::problem::{Place, Problem};
use crate::text;

/// One program that must not compile, and the error it must end in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The file's stem.
    pub name: String,
    /// The file, relative to the course's folder.
    pub path: PathBuf,
    /// The code without its first line.
    pub source: String,
    /// The error's code, `E0382`, where the compiler gives one.
    pub code: Option<String>,
    /// A piece of its message.
    pub piece: String,
    /// A digest of the file, by which recorded words are known to be about it.
    pub digest: String,
}

/// The cases of `lesson`, A to Z.
///
/// # Errors
///
/// A file cannot be read, or its first line is not `//~ error[E0382]: a piece`.
pub fn cases(lesson: &Lesson) -> Result<Vec<Case>, Problem> {
    let folder = lesson.folder().join("must_not_compile");
    let names = text::names_if_there(&lesson.root, &folder)?.into_iter();
    let paths = names.map(|name| folder.join(name));
    let cases = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    cases.map(|path| parse(&path, &text::read(&lesson.root, &path)?)).collect()
}

fn parse(path: &Path, text: &str) -> Result<Case, Problem> {
    let (first, source) = text.split_once('\n').unwrap_or((text, ""));
    let wrong = || message::no_expected_error(Place::line(path, 1));
    let rest = first.trim_end().strip_prefix("//~ error").ok_or_else(wrong)?;
    let (code, piece) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (code, piece) = rest.split_once("]:").ok_or_else(wrong)?;
            (Some(code.to_owned()), piece)
        }
        None => (None, rest.strip_prefix(':').ok_or_else(wrong)?),
    };
    if piece.trim().is_empty() {
        return Err(wrong());
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(message::bad_case_name(Place::file(path)));
    }
    Ok(Case {
        name,
        path: path.to_owned(),
        digest: hash::of_text(text),
        source: source.to_owned(),
        code,
        piece: piece.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_says_which_error() {
        let case =
            parse(Path::new("a/moved.rs"), "//~ error[E0382]: use of moved value\nfn f() {}\n");
        let case = case.unwrap();
        assert_eq!((case.name.as_str(), case.code.as_deref()), ("moved", Some("E0382")));
        assert_eq!(
            (case.piece.as_str(), case.source.as_str()),
            ("use of moved value", "fn f() {}\n")
        );
        assert_eq!(parse(Path::new("a.rs"), "//~ error: lifetime\n").unwrap().code, None);
        for text in ["fn f() {}\n", "//~ error[E0382] x\n", "//~ error[E0382]:\n", ""] {
            assert!(
                parse(Path::new("a.rs"), text).unwrap_err().to_string().starts_with("a.rs:1: ")
            );
        }
    }
}
