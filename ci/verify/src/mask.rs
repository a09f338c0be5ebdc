//! Hides what differs between two runs, or two builds of one version, and nothing else.
//!
//! What differs between versions is never hidden: that is the lesson.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::Regex;

/// The steps, in order: a name, what it finds, what it writes instead.
const STEPS: [(&str, &str, &str); 5] = [
    ("address", r"\bat 0x[0-9a-fA-F]+", "at 0x…"),
    (
        "C file and line",
        r"(?:[^\s:]*/)?\b((?:Modules|Objects|Parser|Python)/[\w/]+\.[ch]):\d+",
        "$1:…",
    ),
    ("place in Rust's library", r"/rustc/[0-9a-f]+/(library/[^\s:]+):\d+:\d+", "$1:…"),
    ("place of a crate", r"\S*/registry/src/[^/\s]+/(\S+\.rs:\d+:\d+)", "$1"),
    ("panicking thread", r"thread '([^']*)' \(\d+\) panicked", "thread '$1' panicked"),
];

static COMPILED: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let compile = |(_, find, write)| (Regex::new(find).expect("a step compiles"), write);
    STEPS.into_iter().map(compile).collect()
});

/// Before a crate's own folder: where cargo unpacked it. Before `library/`: the standard library.
static FOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let folder = r"(--> )(?:\S*/registry/src/[^/\s]+/|/rustc/[0-9a-f]+/|\S*/lib/rustlib/src/rust/)";
    Regex::new(folder).expect("compiles")
});

static INTEGER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+").expect("compiles"));

/// Each step: what it finds, and what it writes instead. A page compares by the same steps.
pub fn steps() -> impl Iterator<Item = (&'static str, &'static str)> {
    STEPS.into_iter().map(|(_, find, write)| (find, write))
}

/// `text` with every step applied.
pub(crate) fn mask(text: &str) -> String {
    COMPILED
        .iter()
        .fold(text.to_owned(), |text, (find, write)| find.replace_all(&text, *write).into_owned())
}

/// What a compiler said, without the folders in which this machine keeps other crates.
pub(crate) fn compiler(text: &str) -> String {
    FOLDER.replace_all(text, "$1").into_owned()
}

/// `text` as a cell with `varies="integers"` is compared: every integer alike.
pub(crate) fn integers(text: &str) -> Cow<'_, str> {
    INTEGER.replace_all(text, "…")
}

/// Whether two outputs of a cell count as the same.
pub fn alike(varies: bool, one: &str, other: &str) -> bool {
    one == other || (varies && integers(one) == integers(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_hidden_and_a_number_is_not() {
        assert_eq!(mask("<object object at 0x7f00Ab> 0x10 12"), "<object object at 0x…> 0x10 12");
    }

    #[test]
    fn the_place_in_cpython_is_hidden_and_its_file_is_not() {
        let said = |at| mask(&format!("SystemError: {at}: bad argument to internal function"));
        for at in [
            "Objects/tupleobject.c:101",
            "../Objects/tupleobject.c:7",
            "/build/Objects/tupleobject.c:7",
        ] {
            assert_eq!(
                said(at),
                "SystemError: Objects/tupleobject.c:…: bad argument to internal function"
            );
        }
        assert_eq!(mask("session.py:12: warning"), "session.py:12: warning");
    }

    #[test]
    fn a_panicking_thread_has_no_number() {
        let masked = "thread '<unnamed>' panicked at lessons/x/src/safe.rs:3:5:";
        assert_eq!(
            mask("thread '<unnamed>' (4711) panicked at lessons/x/src/safe.rs:3:5:"),
            masked
        );
        assert_eq!(mask(masked), masked);
        let inside = "panicked at /rustc/59807616e1/library/core/src/ops/function.rs:250:5:";
        assert_eq!(mask(inside), "panicked at library/core/src/ops/function.rs:…:");
        let inside =
            "panicked at /home/x/.cargo/registry/src/index-1a2b/pyo3-0.30.1/src/err.rs:7:5:";
        assert_eq!(mask(inside), "panicked at pyo3-0.30.1/src/err.rs:7:5:");
    }

    #[test]
    fn a_crate_lies_nowhere() {
        let said =
            "  --> /home/x/.cargo/registry/src/index-1a2b/pyo3-0.30.1/src/instance.rs:864:21";
        assert_eq!(compiler(said), "  --> pyo3-0.30.1/src/instance.rs:864:21");
        assert_eq!(compiler("--> lessons/a/b.rs:1:2"), "--> lessons/a/b.rs:1:2");
    }

    #[test]
    fn integers_are_alike_whatever_their_length() {
        assert_eq!(integers("took 12 of 3.5"), "took … of ….…");
    }
}
