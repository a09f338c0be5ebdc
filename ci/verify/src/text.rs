//! Text files of a course, read by every part of it in one way.
//!
//! What an editor or a checkout puts into a file and no reader sees, a byte order mark and the
//! line ends of Windows, makes no difference to anything: what is shown, compared and hashed is
//! the text without them. What looks like nothing and does make a difference is refused, with
//! its line.

use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::Path;

use crate::message;
use crate::problem::{Place, Problem};

/// Reads the text file at `path`, which is relative to `root`.
///
/// # Errors
///
/// It is not there, is no file, cannot be read, or is not [`normal`] text.
pub fn read(root: &Path, path: &Path) -> Result<String, Problem> {
    normal(path, &bytes(root, path)?)
}

/// The same for a file that need not be there.
///
/// # Errors
///
/// It is there, and [`read`] refuses it.
pub fn read_if_there(root: &Path, path: &Path) -> Result<Option<String>, Problem> {
    if is_there(root, path)? { read(root, path).map(Some) } else { Ok(None) }
}

/// The bytes of the file at `path`, which is relative to `root`.
pub(crate) fn bytes(root: &Path, path: &Path) -> Result<Vec<u8>, Problem> {
    let whole = root.join(path);
    let wrong = |error: io::Error| message::cannot_read(Place::file(path), &error);
    // A pipe would be waited for, and a device read for ever.
    let found = fs::metadata(&whole).map_err(wrong)?;
    if !found.is_file() {
        return Err(message::not_a_file(Place::file(path), kind(&found)));
    }
    fs::read(&whole).map_err(wrong)
}

/// Whether anything is at `path`: a link that leads nowhere is something, and wrong.
///
/// # Errors
///
/// Nobody can say: a folder above it cannot be entered.
pub fn is_there(root: &Path, path: &Path) -> Result<bool, Problem> {
    match fs::symlink_metadata(root.join(path)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(message::cannot_read(Place::file(path), &error)),
    }
}

/// The names in the folder at `path`, which is relative to `root`, A to Z.
///
/// # Errors
///
/// The folder cannot be listed, or a name in it is not UTF-8.
pub fn names(root: &Path, path: &Path) -> Result<Vec<String>, Problem> {
    let wrong = |error: io::Error| message::cannot_read(Place::file(path), &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(path)).map_err(wrong)? {
        let name = entry.map_err(wrong)?.file_name();
        names.push(name.into_string().map_err(|name| message::bad_file_name(path, &name))?);
    }
    names.sort();
    Ok(names)
}

/// The same for a folder that need not be there.
///
/// # Errors
///
/// It is there, and [`names`] refuses it.
pub fn names_if_there(root: &Path, path: &Path) -> Result<Vec<String>, Problem> {
    if is_there(root, path)? { names(root, path) } else { Ok(Vec::new()) }
}

/// The text in `bytes` with LF and without a byte order mark. `path` is only named in problems.
///
/// # Errors
///
/// It is not UTF-8, or holds a character that [`is_refused`].
pub fn normal(path: &Path, bytes: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        message::not_utf8(Place::line(path, line_of(&bytes[..at])), bytes, at)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    match text.char_indices().find(|(_, c)| is_refused(*c)) {
        Some((at, c)) => {
            Err(message::not_text(Place::line(path, line_of(&text.as_bytes()[..at])), c))
        }
        None => Ok(text),
    }
}

/// Whether no text file of a course may hold `c`: what no editor shows, and what one program
/// takes for the end of a line and another does not.
pub fn is_refused(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    let ends_a_line = matches!(c, '\u{2028}' | '\u{2029}');
    // What makes a line read otherwise than it is.
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_control || ends_a_line || turns || c == '\u{feff}'
}

fn line_of(before: &[u8]) -> usize {
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn kind(found: &Metadata) -> &'static str {
    let kind: FileType = found.file_type();
    if kind.is_dir() { "a folder" } else { "a pipe, a socket or a device" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        normal(Path::new("a.md"), bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_no_reader_sees_makes_no_difference() {
        let text = |bytes: &[u8]| normal(Path::new("a.md"), bytes).unwrap();
        assert_eq!(text(b"\xef\xbb\xbfa\r\n\r\n\tb\r\n"), "a\n\n\tb\n");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn what_looks_like_nothing_and_is_something_is_refused_at_its_line() {
        for c in ["\r", "\0", "\x0c", "\x0b", "\x1b", "\x7f", "\u{85}", "\u{2028}", "\u{2029}"] {
            let said = said(format!("a\r\nb\nc{c}d\n").as_bytes());
            assert!(said.starts_with("a.md:3: expected "), "{said}");
            assert!(said.contains(&format!("U+{:04X}", u32::from(c.chars().next().unwrap()))));
        }
        assert!(said("a\n\u{feff}b".as_bytes()).starts_with("a.md:2: "));
        assert!(said("a\n\u{202e}b".as_bytes()).starts_with("a.md:2: "));
    }

    #[test]
    fn other_encodings_are_refused_at_their_line() {
        let latin = said(b"a\n\nb\xe9c\n");
        assert!(latin.starts_with("a.md:3: expected UTF-8, found the byte 0xe9"), "{latin}");
        let wide = said(b"\xff\xfea\0");
        assert!(wide.starts_with("a.md:1: expected UTF-8, found UTF-16"), "{wide}");
    }

    #[test]
    fn what_is_no_file_is_named_for_what_it_is() {
        let root = tempfile::tempdir().unwrap();
        let said = |path: &str| read(root.path(), Path::new(path)).unwrap_err().to_string();
        assert!(said("gone").starts_with("gone: cannot be read: "));
        fs::create_dir(root.path().join("a")).unwrap();
        assert!(said("a").starts_with("a: expected a file, found a folder"), "{}", said("a"));
        assert_eq!(read_if_there(root.path(), Path::new("gone")), Ok(None));
        assert!(read_if_there(root.path(), Path::new("a")).is_err());
        assert_eq!(names_if_there(root.path(), Path::new("gone")), Ok(Vec::new()));
        assert_eq!(names(root.path(), Path::new("")).unwrap(), ["a"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nowhere_or_to_itself_is_there_and_cannot_be_read() {
        let root = tempfile::tempdir().unwrap();
        for target in ["gone", "link"] {
            let link = root.path().join("link");
            std::os::unix::fs::symlink(target, &link).unwrap();
            let said = read_if_there(root.path(), Path::new("link")).unwrap_err().to_string();
            assert!(said.starts_with("link: cannot be read: "), "{said}");
            fs::remove_file(link).unwrap();
        }
    }
}
