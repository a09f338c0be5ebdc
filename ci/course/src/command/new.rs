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
const BUNDLE: &str = "ci/bundle/Cargo.toml";
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
    let mut lists = vec![(SUMMARY, with_chapter(&raw(root, SUMMARY).map_err(one)?, topic))];
    if text::is_there(root, Path::new(BUNDLE)).map_err(one)? {
        let manifest = raw(root, BUNDLE).map_err(one)?;
        lists.push((BUNDLE, with_lesson(&manifest, topic)));
    }
    let workspace = raw(root, WORKSPACE).map_err(one)?;
    if !workspace.contains("\"lessons/*\"") {
        lists.push((WORKSPACE, with_member(&workspace, topic)));
    }
    let problems: Problems =
        lists.iter().filter_map(|(path, text)| not_listed(path, text, topic)).collect();
    if problems.is_empty() { Ok(lists) } else { Err(problems) }
}

/// A list as it is, its byte order mark and line ends included: only a line is added.
fn raw(root: &Path, path: &str) -> Result<String, Problem> {
    text::read(root, Path::new(path))?;
    std::fs::read_to_string(root.join(path))
        .map_err(|error| Problem::at(Place::file(path), error.to_string()))
}

/// What is wrong with a list if it does not have the lesson after all: its form is another one.
fn not_listed(path: &str, text: &str, topic: &str) -> Option<Problem> {
    let text = text.trim_start_matches('\u{feff}');
    let table = || text.parse::<toml::Table>().ok();
    let listed = match path {
        SUMMARY => parse_summary(text).is_ok() && text.contains(&format!("({topic}.md)")),
        BUNDLE => table().is_some_and(|table| {
            let lessons = table.get("dependencies").and_then(toml::Value::as_table);
            lessons.is_some_and(|lessons| lessons.contains_key(&format!("lesson-{topic}")))
        }),
        _ => table().is_some_and(|table| {
            let workspace = table.get("workspace").and_then(toml::Value::as_table);
            let members =
                workspace.and_then(|workspace| workspace.get("default-members")?.as_array());
            let name = toml::Value::from(format!("lessons/{topic}"));
            members.is_some_and(|members| members.contains(&name))
        }),
    };
    (!listed).then(|| message::cannot_list(Place::file(path), topic))
}

/// `summary` with the chapter after its last numbered one.
fn with_chapter(summary: &str, topic: &str) -> String {
    let is_chapter =
        |line: &str| ["- [", "* ["].iter().any(|bullet| line.trim_start().starts_with(bullet));
    with_line(summary, &format!("- [{topic}]({topic}.md)"), &is_chapter, false)
}

/// The bundle's `manifest` with a line for the lesson, A to Z.
fn with_lesson(manifest: &str, topic: &str) -> String {
    let line = format!("lesson-{topic}.path = \"../../lessons/{topic}\"");
    with_line(manifest, &line, &|line| line.starts_with("lesson-"), true)
}

/// The workspace's `manifest` with the lesson among those that `cargo test` tests, A to Z.
fn with_member(manifest: &str, topic: &str) -> String {
    let line = format!("    \"lessons/{topic}\",");
    with_line(manifest, &line, &|line| line.trim_start().starts_with("\"lessons/"), true)
}

/// `text` with `line` behind its last one of that `kind`, or of those that come before it in the
/// order A to Z; the line ends as those around it do.
fn with_line(text: &str, line: &str, kind: &dyn Fn(&str) -> bool, sorted: bool) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let comes_before = |known: &String| kind(known) && (!sorted || known.trim_end() < line);
    let after = lines.iter().rposition(comes_before);
    let first = lines.iter().position(|known| kind(known));
    let at = after.map(|last| last + 1).or(first).unwrap_or(lines.len());
    if let Some(before) = at.checked_sub(1).map(|before| &mut lines[before])
        && !before.ends_with('\n')
    {
        before.push_str(end);
    }
    lines.insert(at, format!("{line}{end}"));
    lines.concat()
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
    }

    #[test]
    fn a_new_chapter_comes_after_the_last_numbered_one() {
        let summary = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n\n[Glossary](c.md)\n";
        let expected = "# Summary\n\n[Introduction](a.md)\n\n- [b](b.md)\n- [set](set.md)\n\n[Glossary](c.md)\n";
        assert_eq!(with_chapter(summary, "set"), expected);
        let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(with_chapter(&windows(summary), "set"), windows(expected));
        assert_eq!(with_chapter("- [b](b.md)", "set"), "- [b](b.md)\n- [set](set.md)\n");
    }

    #[test]
    fn a_list_of_another_form_is_named_and_not_guessed_at() {
        let listed = |path, text: &str| not_listed(path, text, "set").is_none();
        assert!(listed(BUNDLE, "[dependencies]\nlesson-set.path = \"x\"\n"));
        assert!(!listed(BUNDLE, "[dependencies]\n\n[lints]\nlesson-set.path = \"x\"\n"));
        assert!(listed(WORKSPACE, "[workspace]\ndefault-members = [\"lessons/set\"]\n"));
        assert!(!listed(WORKSPACE, "[workspace]\nmembers = []\n    \"lessons/set\",\n"));
        assert!(!listed(SUMMARY, "[suffix](a.md)\n\n---\n\n# b\n\n[c](d.md)\n"));
    }
}
