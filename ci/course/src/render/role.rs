//! The role that a piece of code plays: one word and one look, the same on every page.

use std::path::Path;

/// A role, known from the file that the code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The C API, each duty done by hand.
    Raw,
    /// The same in PyO3.
    Safe,
    /// A mistake made on purpose.
    Wrong,
    /// What the compiler does not let through.
    Refused,
    /// What calls the others, and what a reader runs.
    Python,
    /// Rust that takes no side: a lesson's `lib.rs`.
    Rust,
    /// Anything else.
    File,
}

impl Role {
    /// The role of what stands at `path`, which lies in a lesson's folder.
    pub(super) fn of(path: &Path) -> Role {
        let inside: Vec<&str> =
            path.iter().skip(2).map(|part| part.to_str().unwrap_or_default()).collect();
        let extension = path.extension().and_then(|extension| extension.to_str());
        match (&inside[..], extension) {
            (["src", "raw.rs"] | ["src", "raw", ..], _) => Role::Raw,
            (["src", "safe.rs"] | ["src", "safe", ..], _) => Role::Safe,
            (["src", "wrong.rs"] | ["src", "wrong", ..], _) => Role::Wrong,
            (["must_not_compile", ..], _) => Role::Refused,
            (_, Some("py")) => Role::Python,
            (_, Some("rs")) => Role::Rust,
            _ => Role::File,
        }
    }

    /// The word that a page has for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Role::Raw => "raw",
            Role::Safe => "safe",
            Role::Wrong => "wrong",
            Role::Refused => "refused",
            Role::Python => "Python",
            Role::Rust => "Rust",
            Role::File => "file",
        }
    }

    /// The word, marked as styles know it.
    pub(super) fn mark(self) -> String {
        format!("<span class=\"role {}\">{}</span>", self.class(), self.word())
    }

    /// What styles call it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Role::Python => "py",
            Role::Rust | Role::File => "plain",
            Role::Raw | Role::Safe | Role::Wrong | Role::Refused => self.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_from_the_file_alone() {
        for (path, role) in [
            ("src/raw.rs", Role::Raw),
            ("src/raw/hook.rs", Role::Raw),
            ("src/safe.rs", Role::Safe),
            ("src/safe/guard.rs", Role::Safe),
            ("src/wrong.rs", Role::Wrong),
            ("must_not_compile/moved.rs", Role::Refused),
            ("session.py", Role::Python),
            ("src/lib.rs", Role::Rust),
            ("src/rawer.rs", Role::Rust),
            ("Cargo.toml", Role::File),
        ] {
            assert_eq!(Role::of(&Path::new("lessons/raw").join(path)), role, "{path}");
        }
    }

    #[test]
    fn no_two_sides_share_a_word_or_a_look() {
        let sides = [Role::Raw, Role::Safe, Role::Wrong, Role::Refused, Role::Python];
        let words: std::collections::HashSet<_> = sides.iter().map(|side| side.word()).collect();
        let looks: std::collections::HashSet<_> = sides.iter().map(|side| side.class()).collect();
        assert_eq!((words.len(), looks.len()), (sides.len(), sides.len()));
    }
}
