//! Whatever bytes a file holds: what reads it says what is wrong with it, and never panics.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use verify::lesson::{Pins, Session};
use verify::{Place, Record, text};

use super::code::{self, Language};
use super::diff::{Function, diff};
use super::picture::figure;
use super::seed::Seed;
use super::table::with_tables;
use crate::check;
use crate::read::chapter::Chapter;
use crate::read::questions::Questions;
use crate::read::routes::Routes;
use crate::read::{anchor, dot, summary, toml_rows};

/// What is put into a file: bytes that are no text, text that no reader sees, and the marks of
/// every language that these files are written in.
const PIECES: [&[u8]; 40] = [
    b"\0",
    b"\r",
    b"\r\n",
    b"\n",
    b"\t",
    b"\x0c",
    b"\x1b",
    b"\x7f",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    "\u{85}".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{202e}".as_bytes(),
    "é".as_bytes(),
    "\u{1f600}".as_bytes(),
    "½".as_bytes(),
    b"{{#",
    b"}}",
    b"{{#value a: b}}",
    b"{{#cell :}}",
    b"<!-- typed: -->",
    b"<!--",
    b"-->",
    b"```",
    b"`",
    b"|",
    b"[",
    b"](",
    b"# %% ",
    b"\"",
    b"\"\"\"",
    b"'''",
    b"[[",
    b"]]",
    b" = ",
    b"// ANCHOR: a",
    b"// ANCHOR_END: a",
    b"->",
    b"\\",
];

/// `bytes` with one to three pieces put in, or cut out.
fn altered(bytes: &[u8], seed: &mut Seed) -> Vec<u8> {
    let mut altered = bytes.to_vec();
    for _ in 0..=seed.below(3) {
        let at = seed.below(altered.len() + 1);
        if seed.below(4) == 0 {
            let end = (at + seed.below(20)).min(altered.len());
            altered.drain(at..end);
        } else {
            let piece = PIECES[seed.below(PIECES.len())];
            altered.splice(at..at, piece.iter().copied());
        }
    }
    altered
}

/// Reads `bytes` as whatever reads a file of this name does.
fn read(path: &Path, bytes: &[u8]) {
    let Ok(text) = text::normal(path, bytes) else { return };
    let extension = path.extension().and_then(|extension| extension.to_str());
    match (path.file_name().and_then(|name| name.to_str()), extension) {
        (Some("SUMMARY.md"), _) => drop(summary::entries(&text)),
        (Some("session.py"), _) => drop(Session::parse(path, &text, &Pins::default())),
        (Some("record.toml"), _) => drop(Record::parse(path, "tuple", &text)),
        (Some("questions.toml"), _) => drop(Questions::parse(path.to_owned(), &text)),
        (Some("routes.toml"), _) => drop(Routes::parse(path.to_owned(), &text)),
        (_, Some("toml")) => drop(toml_rows::read::<toml::Table>(path, &text, "")),
        (_, Some("rs")) => {
            drop(anchor::parts(path, &text));
            drop(code::code(Language::Rust, &text));
            let function = Function { name: "reverse_tuple", source: &text };
            drop(diff("tuple", path, function, Function { name: "reverse", source: "" }));
        }
        (_, Some("dot")) => {
            let record = Record::default();
            drop(dot::read(path, &text).map(|read| figure(&read, &record, "")));
        }
        _ => {
            drop(check::length::check(Place::file(path), &text));
            drop(with_tables(&text));
            let root = Path::new("no course");
            let (chapter, _) = Chapter::read(path.to_owned(), text, root);
            drop(check::chapter::check(&chapter, root));
        }
    }
}

/// One file of each kind, as this repository has it.
fn files() -> Vec<PathBuf> {
    let names = [
        "book/tuple.md",
        "book/routes.toml",
        "book/SUMMARY.md",
        "book/tuple.dot",
        "book/notebook.toml",
        "book.toml",
        "lessons/tuple/session.py",
        "lessons/tuple/record.toml",
        "lessons/tuple/clinic.toml",
        "lessons/tuple/questions.toml",
        "lessons/tuple/src/raw.rs",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    names.into_iter().map(|name| root.join(name)).collect()
}

#[test]
fn whatever_a_file_holds_nothing_panics() {
    let rounds = std::env::var("COURSE_FUZZ").map_or(60, |rounds| rounds.parse().unwrap());
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let mut seed = Seed(0x9e37_79b9_7f4a_7c15);
        for round in 0..rounds {
            let altered = altered(&bytes, &mut seed);
            let done = catch_unwind(AssertUnwindSafe(|| read(&path, &altered)));
            assert!(
                done.is_ok(),
                "{}, round {round}: {:?}",
                path.display(),
                String::from_utf8_lossy(&altered)
            );
        }
    }
}
