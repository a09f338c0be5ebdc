//! Hides what differs between two runs, or two builds of one version, and nothing else.
//!
//! What differs between versions is never hidden: that is the lesson.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::Regex;
use serde::Serialize;

/// One step: what differs, and what stands in its place.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Step {
    /// A regular expression of what it finds within a line.
    find: &'static str,
    /// What it writes instead.
    write: &'static str,
    /// A line without any of these holds nothing to find: they are looked for first, because a
    /// browser's search for an expression may take long.
    among: &'static [&'static str],
}

/// The steps, in order.
pub const STEPS: [Step; 5] = [
    // An address.
    Step { find: r"\bat 0x[0-9a-fA-F]+", write: "at 0x…", among: &["at 0x"] },
    // A C file and a line.
    Step {
        find: r"(?:[^\s:]*/)?\b((?:Modules|Objects|Parser|Python)/[\w/]+\.[ch]):\d+",
        write: "$1:…",
        among: &[".c:", ".h:"],
    },
    // A place in Rust's library.
    Step {
        find: r"/rustc/[0-9a-f]+/(library/[^\s:]+):\d+:\d+",
        write: "$1:…",
        among: &["/rustc/"],
    },
    // A place in a crate.
    Step {
        find: r"\S*/registry/src/[^/\s]+/(\S+\.rs:\d+:\d+)",
        write: "$1",
        among: &["/registry/src/"],
    },
    // The number of a panicking thread.
    Step {
        find: r"thread '([^']*)' \(\d+\) panicked",
        write: "thread '$1' panicked",
        among: &[") panicked"],
    },
];

/// The most UTF-16 units that a line may have to be masked: a browser's search takes time that
/// grows with the square of what has no space in it.
pub const LONGEST: usize = 4096;

static COMPILED: LazyLock<Vec<(Step, Regex)>> = LazyLock::new(|| {
    let compile = |step: Step| (step, Regex::new(step.find).expect("a step compiles"));
    STEPS.into_iter().map(compile).collect()
});

/// Before a crate's own folder: where cargo unpacked it. Before `library/`: the standard library.
static FOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let folder = r"(--> )(?:\S*/registry/src/[^/\s]+/|/rustc/[0-9a-f]+/|\S*/lib/rustlib/src/rust/)";
    Regex::new(folder).expect("compiles")
});

static INTEGER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+").expect("compiles"));

/// `text` with every step applied to each of its lines. A page compares by the same steps.
pub(crate) fn mask(text: &str) -> String {
    text.split_inclusive('\n').map(mask_line).collect()
}

fn mask_line(line: &str) -> Cow<'_, str> {
    if line.len() > LONGEST && line.encode_utf16().count() > LONGEST {
        return line.into();
    }
    COMPILED.iter().fold(line.into(), |line, (step, find)| {
        match step.among.iter().any(|piece| line.contains(piece)) {
            true => find.replace_all(&line, step.write).into_owned().into(),
            false => line,
        }
    })
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
    fn a_line_that_no_person_reads_is_left_as_it_is() {
        let line = |length: usize| format!("{}at 0x7f\n", " ".repeat(length - 8));
        let text = line(LONGEST) + &line(LONGEST + 1);
        assert_eq!(mask(&text), line(LONGEST).replace("7f", "…") + &line(LONGEST + 1));
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
