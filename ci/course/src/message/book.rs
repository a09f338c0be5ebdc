//! Sentences about `book.toml`, `SUMMARY.md` and the names in them.

use std::path::Path;

use verify::{Place, Problem};

pub(crate) fn bad_config(place: Place, error: &anyhow::Error) -> Problem {
    let why = error.root_cause().to_string();
    let said = why.lines().rfind(|line| !line.trim().is_empty());
    Problem::at(place, format!("expected what mdBook reads, found: {}", said.unwrap_or_default()))
        .help("mdBook's guide says what stands in book.toml")
}

pub(crate) fn another_book(place: Place) -> Problem {
    Problem::at(place, "expected the table [preprocessor.course], found none: no course's book")
        .help("run `cargo course` in the folder of a course; `mdbook build` builds other books")
}

pub(crate) fn bad_summary(place: Place, error: &anyhow::Error) -> Problem {
    let why = error.root_cause();
    Problem::at(place, format!("expected a table of contents, found: {why}"))
        .help("a chapter's line is `- [Title](file.md)`, and names a file of its own")
}

pub(crate) fn no_chapter(place: Place, file: &Path, left_out: &[String]) -> Problem {
    let problem =
        Problem::at(place, format!("expected the chapter {}, found none", file.display()));
    let problem = match left_out {
        [] => problem,
        names => problem.note(format!("chapters that no line names: {}", names.join(", "))),
    };
    problem.help("name the file as it is called now, or take the line out")
}

pub(crate) fn chapter_outside(place: Place, path: &Path) -> Problem {
    Problem::at(place, format!("expected a file beside SUMMARY.md, found `{}`", path.display()))
        .help("put the chapter into the book's folder, and name it from there")
}

pub(crate) fn mdbook_fails(error: &anyhow::Error) -> Problem {
    Problem::new(format!("mdBook cannot load the book: {error:#}"))
}

pub(crate) fn bad_page_name(place: Place, name: &str, why: &str) -> Problem {
    Problem::at(place, format!("`{name}` cannot name a page: {why}")).help("rename the chapter")
}

pub(crate) fn twin_pages(place: Place, twins: &[&str]) -> Problem {
    Problem::at(place, format!("expected pages of different names, found {}", twins.join(" and ")))
        .note("a file system without capitals takes them for one")
        .help("rename one of them")
}

pub(crate) fn no_member(place: Place, list: &str, topic: &str) -> Problem {
    Problem::at(
        place,
        format!("expected lesson `{topic}` among the {list} of the workspace, found none"),
    )
    .help(format!("add \"lessons/{topic}\" to `{list}`"))
}

pub(crate) fn bad_lesson_name(place: Place, topic: &str, why: &str) -> Problem {
    Problem::at(place, format!("`{topic}` cannot name a lesson: {why}"))
        .help("rename the folder, and the lesson in its files; `cargo course new` writes one")
}

pub(crate) fn twin_lessons(place: Place, twins: &[&str]) -> Problem {
    Problem::at(
        place,
        format!("expected lessons of different names, found {}", twins.join(" and ")),
    )
    .note("a module, or a file system without capitals, takes them for one")
    .help("rename one of them")
}
