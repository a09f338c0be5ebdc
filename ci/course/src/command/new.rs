//! `new`: a lesson and a chapter that pass once they are recorded.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use mdbook_summary::parse_summary;
use verify::{Place, Problem, Problems, lesson, text};

use super::common::failed;
use super::transaction::Transaction;
use crate::check::names;
use crate::message;
use crate::read::summary::Summary;

/// Each file of a lesson: its path in the lesson, and its text with `TOPIC` in it.
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

const CHAPTER: &str = include_str!("../template/chapter.md.in");

const SUMMARY: &str = "book/SUMMARY.md";
const BUNDLE: &str = bundle_manifest::PATH;
const WORKSPACE: &str = "Cargo.toml";

/// Writes the files of a new lesson and its line in each list of lessons: all of it or nothing.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn new(root: &Path, topic: &str) -> Result<ExitCode> {
    // Between two files nothing ends this process.
    let _ = ctrlc::set_handler(verify::process::stop);
    let lists = lists(root, topic).map_err(failed)?;
    let one = |problem| failed(vec![problem]);
    let text = |text: &str| text.replace("TOPIC", topic);
    let files: Vec<(String, String)> =
        FILES.iter().map(|(name, template)| ((*name).to_owned(), text(template))).collect();
    let folder = format!("lessons/{topic}");
    let mut changes = Transaction::new(root).map_err(one)?;
    changes.create(&folder, &files).map_err(one)?;
    let chapter = format!("book/{topic}.md");
    changes.create(&chapter, &[(String::new(), text(CHAPTER))]).map_err(one)?;
    for (path, text) in &lists {
        changes.replace(path, text).map_err(one)?;
    }
    changes.commit(&verify::process::stopped).map_err(one)?;
    files.iter().for_each(|(name, _)| println!("wrote {folder}/{name}"));
    println!("wrote {chapter}");
    for (path, _) in lists.iter().filter(|(path, _)| *path != SUMMARY) {
        println!("wrote {path}");
    }
    println!("wrote {SUMMARY}: move the new line to where it belongs");
    println!("help: `cargo course regen {topic}`, then `cargo course serve`");
    Ok(ExitCode::SUCCESS)
}

/// Each list of lessons with the new one in it, once it is known that nothing has its name.
fn lists(root: &Path, topic: &str) -> Result<Vec<(&'static str, String)>, Problems> {
    let one = |problem| vec![problem];
    if let Some(why) = names::of_a_new_lesson(topic) {
        return Err(one(message::bad_topic(topic, why)));
    }
    // Whoever stands in the way of all commands is told of first.
    lesson::topics(root).map_err(one)?;
    for folder in ["lessons", "book"] {
        for name in text::names(root, Path::new(folder)).map_err(one)? {
            let stem = name.split('.').next().unwrap_or_default();
            if names::folded(stem) == names::folded(topic) {
                return Err(one(message::there_already(&format!("{folder}/{name}"))));
            }
        }
    }
    let chapters = Summary::load(root, Path::new("book")).map_err(one)?;
    let taken = |name: &Path| {
        let stem = name.file_stem().unwrap_or_default().to_string_lossy();
        names::folded(&stem) == names::folded(topic)
    };
    if let Some(entry) = chapters.entries.iter().find(|it| it.path.as_deref().is_some_and(taken)) {
        return Err(one(message::line_there_already(chapters.place(entry), topic)));
    }
    let mut lists = Vec::new();
    if text::is_there(root, Path::new(BUNDLE)).map_err(one)? {
        lists.push((BUNDLE, edited(root, BUNDLE, topic, with_lesson).map_err(one)?));
    }
    let globbed = text::read(root, Path::new(WORKSPACE)).map_err(one)?.contains("\"lessons/*\"");
    if !globbed {
        lists.push((WORKSPACE, edited(root, WORKSPACE, topic, with_member).map_err(one)?));
    }
    lists.push((SUMMARY, edited(root, SUMMARY, topic, with_chapter).map_err(one)?));
    Ok(lists)
}

/// The text of the list `path` once `edit` has added the lesson: the byte order mark and the line
/// ends stay as they are.
fn edited(
    root: &Path,
    path: &str,
    topic: &str,
    edit: fn(&str, &str) -> Result<String, Problem>,
) -> Result<String, Problem> {
    let new = edit(&text::read(root, Path::new(path))?, topic)?;
    let old = std::fs::read_to_string(root.join(path));
    let old = old.map_err(|error| Problem::at(Place::file(path), error.to_string()))?;
    let mark = if old.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let new = if old.contains("\r\n") { new.replace('\n', "\r\n") } else { new };
    Ok(format!("{mark}{new}"))
}

/// `summary` with the chapter after its last numbered one.
fn with_chapter(summary: &str, topic: &str) -> Result<String, Problem> {
    let is_chapter =
        |line: &str| ["- [", "* ["].iter().any(|bullet| line.trim_start().starts_with(bullet));
    let new = with_line(summary, &format!("- [{topic}]({topic}.md)"), &is_chapter, false);
    // In a table of contents of another form the line could end up anywhere.
    match parse_summary(&new) {
        Ok(_) => Ok(new),
        Err(_) => Err(message::cannot_list(Place::file(SUMMARY), topic)),
    }
}

/// The bundle's `manifest` with the lesson.
fn with_lesson(manifest: &str, topic: &str) -> Result<String, Problem> {
    bundle_manifest::with_lesson(manifest, topic)
        .map_err(|error| message::bad_manifest(Place::line(BUNDLE, error.line), &error.what))
}

/// The workspace's `manifest` with the lesson among those that `cargo test` tests, A to Z.
fn with_member(manifest: &str, topic: &str) -> Result<String, Problem> {
    let member = format!("lessons/{topic}");
    let is_member = |line: &str| line.trim_start().starts_with("\"lessons/");
    let new = with_line(manifest, &format!("    \"{member}\","), &is_member, true);
    let table = new.parse::<toml::Table>().ok();
    let members =
        table.as_ref().and_then(|table| table.get("workspace")?.get("default-members")?.as_array());
    match members.is_some_and(|members| members.contains(&member.into())) {
        true => Ok(new),
        false => Err(message::cannot_list(Place::file(WORKSPACE), topic)),
    }
}

/// `text` with `line` behind its last one of that `kind`, or of those that come before it in the
/// order A to Z.
fn with_line(text: &str, line: &str, kind: &dyn Fn(&str) -> bool, sorted: bool) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let comes_before = |known: &&str| kind(known) && (!sorted || *known < line);
    let after = lines.iter().rposition(comes_before);
    let first = lines.iter().position(|known| kind(known));
    lines.insert(after.map(|last| last + 1).or(first).unwrap_or(lines.len()), line);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_chapter_comes_after_the_last_numbered_one() {
        let summary = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n\n[Glossary](c.md)\n";
        let expected = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n- [set](set.md)\n\n[Glossary](c.md)\n";
        assert_eq!(with_chapter(summary, "set").unwrap(), expected);
        assert_eq!(with_chapter("- [b](b.md)", "set").unwrap(), "- [b](b.md)\n- [set](set.md)\n");
        assert!(with_chapter("- [a](a.md)\n\n[suffix](b.md)\n\n- [c](c.md)\n", "set").is_err());
    }

    #[test]
    fn a_new_member_comes_in_order_and_a_list_of_another_form_is_not_guessed_at() {
        let members = |names: &[&str]| {
            let lines: String =
                names.iter().map(|name| format!("    \"lessons/{name}\",\n")).collect();
            format!("[workspace]\ndefault-members = [\n{lines}]\n")
        };
        let with = |names: &[&str]| with_member(&members(names), "set").unwrap();
        assert_eq!(with(&["list", "tuple"]), members(&["list", "set", "tuple"]));
        assert_eq!(with(&["tuple"]), members(&["set", "tuple"]));
        assert!(with_member("[workspace]\nmembers = []\n", "set").is_err());
        assert!(with_member("[workspace]\ndefault-members = [\"lessons/a\"]\n", "set").is_err());
    }
}
