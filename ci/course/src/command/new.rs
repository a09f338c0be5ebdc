//! `new`: a lesson and a chapter that pass once they are recorded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::common::failed;
use crate::message;

/// Each file of a lesson: its path in the course, and its text with `TOPIC` in it.
const FILES: [(&str, &str); 10] = [
    ("lessons/TOPIC/Cargo.toml", include_str!("../template/Cargo.toml.in")),
    ("lessons/TOPIC/build.rs", include_str!("../template/build.rs.in")),
    ("lessons/TOPIC/src/lib.rs", include_str!("../template/lib.rs.in")),
    ("lessons/TOPIC/src/raw.rs", include_str!("../template/raw.rs.in")),
    ("lessons/TOPIC/src/safe.rs", include_str!("../template/safe.rs.in")),
    ("lessons/TOPIC/session.py", include_str!("../template/session.py.in")),
    ("lessons/TOPIC/tests/session.rs", include_str!("../template/session.rs.in")),
    ("lessons/TOPIC/tests/altered.toml", include_str!("../template/altered.toml.in")),
    ("lessons/TOPIC/tests/calls.py", include_str!("../template/calls.py.in")),
    ("book/TOPIC.md", include_str!("../template/chapter.md.in")),
];

/// Writes the files of a new lesson and one line of `book/SUMMARY.md`.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn new(root: &Path, topic: &str) -> Result<ExitCode> {
    let fits = topic.starts_with(|c: char| c.is_ascii_lowercase())
        && topic.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !fits {
        bail!(message::bad_topic(topic));
    }
    let path = |name: &str| -> PathBuf { root.join(name.replace("TOPIC", topic)) };
    if let Some((name, _)) = FILES.iter().find(|(name, _)| path(name).exists()) {
        bail!(message::there_already(&name.replace("TOPIC", topic)));
    }
    let write = |path: &Path, text: &str| {
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(path, text))
            .map_err(|error| failed(vec![verify::message::cannot_write(path, &error)]))
    };
    let summary = root.join("book/SUMMARY.md");
    let chapters = fs::read_to_string(&summary)?;
    for (name, text) in FILES {
        write(&path(name), &text.replace("TOPIC", topic))?;
        println!("wrote {}", name.replace("TOPIC", topic));
    }
    let bundle = root.join("ci/bundle/Cargo.toml");
    if let Ok(manifest) = fs::read_to_string(&bundle) {
        write(&bundle, &with_lesson(&manifest, topic))?;
        println!("wrote ci/bundle/Cargo.toml");
    }
    write(&summary, &with_chapter(&chapters, topic))?;
    println!("wrote book/SUMMARY.md: move the new line to where it belongs");
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

/// The bundle's `manifest` with a line for the lesson, A to Z, unless it is there already.
fn with_lesson(manifest: &str, topic: &str) -> String {
    let line = format!("lesson-{topic}.path = \"../../lessons/{topic}\"");
    let mut lines: Vec<&str> = manifest.lines().collect();
    let lesson = |known: &&str| known.starts_with("lesson-");
    if lines.contains(&line.as_str()) {
        return manifest.to_owned();
    }
    let after = lines.iter().rposition(|known| lesson(known) && *known < line.as_str());
    let before = lines.iter().position(lesson);
    lines.insert(after.map(|last| last + 1).or(before).unwrap_or(lines.len()), &line);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_lesson_has_its_line_of_the_bundle_in_order() {
        let bundle = |topics: &[&str]| {
            let line = |topic: &&str| format!("lesson-{topic}.path = \"../../lessons/{topic}\"\n");
            let lines: String = topics.iter().map(line).collect();
            format!("[dependencies]\n{lines}\n[lints]\n")
        };
        assert_eq!(
            with_lesson(&bundle(&["list", "tuple"]), "set"),
            bundle(&["list", "set", "tuple"])
        );
        assert_eq!(with_lesson(&bundle(&["list"]), "dict"), bundle(&["dict", "list"]));
        assert_eq!(with_lesson(&bundle(&["list"]), "list"), bundle(&["list"]));
    }

    #[test]
    fn a_new_chapter_comes_after_the_last_numbered_one() {
        let summary = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n\n[Glossary](c.md)\n";
        let expected = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n- [set](set.md)\n\n[Glossary](c.md)\n";
        assert_eq!(with_chapter(summary, "set"), expected);
        assert_eq!(with_chapter(expected, "set"), expected);
    }
}
