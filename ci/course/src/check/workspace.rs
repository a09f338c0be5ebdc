//! Every lesson is one that cargo knows, and that `cargo test` tests.

use std::path::Path;

use toml::{Table, Value};
use verify::{Lesson, Place, Problem, Problems, text};

use crate::message;
use crate::read::toml_rows;

const WORKSPACE: &str = "Cargo.toml";

/// The `lessons` of the course in `root` that its workspace leaves out.
pub(crate) fn check<'a>(root: &Path, lessons: impl Iterator<Item = &'a Lesson>) -> Problems {
    let (workspace, bundled) = match (workspace(root), bundled(root)) {
        (Ok(workspace), Ok(bundled)) => (workspace, bundled),
        (workspace, bundled) => return workspace.err().into_iter().chain(bundled.err()).collect(),
    };
    let list = |key: &str| workspace.get("workspace")?.get(key)?.as_array();
    let has = |key, lesson: &Lesson| list(key).map(|list| takes(list, lesson));
    let mut problems = Problems::new();
    for lesson in lessons {
        if has("members", lesson) != Some(true) && !bundled.contains(&lesson.topic) {
            problems.push(message::no_member(Place::file(WORKSPACE), "members", &lesson.topic));
        }
        if has("default-members", lesson) == Some(false) {
            let place = Place::file(WORKSPACE);
            problems.push(message::no_member(place, "default-members", &lesson.topic));
        }
    }
    problems
}

fn workspace(root: &Path) -> Result<Table, Problem> {
    let path = Path::new(WORKSPACE);
    toml_rows::read(path, &text::read(root, path)?, "cargo's book says what stands there")
}

/// The topics that the bundle depends on: what a member needs by a path is a member.
fn bundled(root: &Path) -> Result<Vec<String>, Problem> {
    let path = bundle_manifest::PATH;
    let Some(text) = text::read_if_there(root, Path::new(path))? else { return Ok(Vec::new()) };
    bundle_manifest::topics(&text)
        .map_err(|error| message::bad_manifest(Place::line(path, error.line), &error.what))
}

fn takes(list: &[Value], lesson: &Lesson) -> bool {
    let names = [format!("lessons/{}", lesson.topic), "lessons/*".to_owned()];
    list.iter().filter_map(Value::as_str).any(|name| names.iter().any(|known| known == name))
}
