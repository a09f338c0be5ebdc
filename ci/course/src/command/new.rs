//! `new`: a lesson and a chapter that pass once they are recorded.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use verify::Place;
use verify::layout::{BOOK, LESSONS};

use super::common::failed;
use crate::message;

/// Each file of a lesson: its path in the lesson's folder, and its text with `TOPIC` in it.
const FILES: [(&str, &str); 9] = [
    ("Cargo.toml", include_str!("../template/Cargo.toml.in")),
    ("build.rs", include_str!("../template/build.rs.in")),
    ("src/lib.rs", include_str!("../template/lib.rs.in")),
    ("src/raw.rs", include_str!("../template/raw.rs.in")),
    ("src/safe.rs", include_str!("../template/safe.rs.in")),
    ("session.py", include_str!("../template/session.py.in")),
    ("tests/session.rs", include_str!("../template/session.rs.in")),
    ("tests/altered.toml", include_str!("../template/altered.toml.in")),
    ("tests/calls.py", include_str!("../template/calls.py.in")),
];

/// Its chapter.
const CHAPTER: &str = include_str!("../template/chapter.md.in");

/// Writes the files of a new lesson and one line of `book/SUMMARY.md`.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn new(root: &Path, topic: &str) -> Result<ExitCode> {
    let fits = topic.starts_with(|c: char| c.is_ascii_lowercase())
        && topic.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !fits {
        bail!(message::bad_topic(topic));
    }
    let files: Vec<(String, String)> = FILES
        .iter()
        .map(|(name, text)| (format!("{LESSONS}/{topic}/{name}"), *text))
        .chain([(format!("{BOOK}/{topic}.md"), CHAPTER)])
        .map(|(name, text)| (name, text.replace("TOPIC", topic)))
        .collect();
    if let Some((name, _)) = files.iter().find(|(name, _)| root.join(name).exists()) {
        bail!(message::there_already(name));
    }
    let write = |path: &Path, text: &str| {
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(path, text))
            .map_err(|error| failed(vec![verify::message::cannot_write(path, &error)]))
    };
    let summary = root.join(BOOK).join("SUMMARY.md");
    let chapters = fs::read_to_string(&summary)?;
    // A course that a test makes has no bundle.
    let bundle = fs::read_to_string(root.join(bundle_manifest::PATH)).ok();
    let bundle = bundle.map(|manifest| bundle_manifest::with_lesson(&manifest, topic)).transpose();
    let bundle = bundle.map_err(|error| {
        let place = Place::line(bundle_manifest::PATH, error.line);
        failed(vec![message::bad_manifest(place, &error.what)])
    })?;
    for (name, text) in &files {
        write(&root.join(name), text)?;
        println!("wrote {name}");
    }
    if let Some(manifest) = bundle {
        write(&root.join(bundle_manifest::PATH), &manifest)?;
        println!("wrote {}", bundle_manifest::PATH);
    }
    write(&summary, &with_chapter(&chapters, topic))?;
    println!("wrote {BOOK}/SUMMARY.md: move the new line to where it belongs");
    println!("help: `cargo course regen {topic}`, then `cargo course serve`");
    Ok(ExitCode::SUCCESS)
}

/// `summary` with the chapter after its last numbered one, unless it is there already.
fn with_chapter(summary: &str, topic: &str) -> String {
    if summary.contains(&format!("({topic}.md)")) {
        return summary.to_owned();
    }
    let line = format!("- [{topic}]({topic}.md)");
    let mut lines: Vec<&str> = summary.lines().collect();
    let last = lines.iter().rposition(|line| line.trim_start().starts_with("- ["));
    lines.insert(last.map_or(lines.len(), |last| last + 1), &line);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_chapter_comes_after_the_last_numbered_one() {
        let summary = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n\n[Glossary](c.md)\n";
        let expected = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n- [set](set.md)\n\n[Glossary](c.md)\n";
        assert_eq!(with_chapter(summary, "set"), expected);
        assert_eq!(with_chapter(expected, "set"), expected);
    }
}
