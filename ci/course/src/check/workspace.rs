//! Every lesson is one that cargo knows, and that `cargo test` tests.

use std::path::Path;

use toml::{Table, Value};
use verify::{Lesson, Place, Problem, Problems, text};

use crate::message;
use crate::read::toml_rows;

const WORKSPACE: &str = "Cargo.toml";
const BUNDLE: &str = "ci/bundle/Cargo.toml";

/// The `lessons` of the course in `root` that its workspace leaves out.
pub(crate) fn check<'a>(root: &Path, lessons: impl Iterator<Item = &'a Lesson>) -> Problems {
    let (workspace, bundle) = match (table(root, WORKSPACE), table(root, BUNDLE)) {
        (Ok(workspace), Ok(bundle)) => (workspace, bundle),
        (workspace, bundle) => return workspace.err().into_iter().chain(bundle.err()).collect(),
    };
    let list = |key: &str| workspace.get("workspace")?.get(key)?.as_array();
    let has = |key, lesson: &Lesson| list(key).map(|list| takes(list, lesson));
    // What a member depends on by a path is a member.
    let bundled = |lesson: &Lesson| {
        let packages = bundle.get("dependencies").and_then(Value::as_table);
        packages.is_some_and(|packages| packages.contains_key(&lesson.package()))
    };
    let mut problems = Problems::new();
    for lesson in lessons {
        if has("members", lesson) != Some(true) && !bundled(lesson) {
            problems.push(message::no_member(Place::file(WORKSPACE), "members", &lesson.topic));
        }
        if has("default-members", lesson) == Some(false) {
            let place = Place::file(WORKSPACE);
            problems.push(message::no_member(place, "default-members", &lesson.topic));
        }
    }
    problems
}

/// The TOML in `path`, or nothing where there is no such file.
fn table(root: &Path, path: &str) -> Result<Table, Problem> {
    let text = text::read_if_there(root, Path::new(path))?.unwrap_or_default();
    toml_rows::read(Path::new(path), &text, "cargo's book says what stands there")
}

fn takes(list: &[Value], lesson: &Lesson) -> bool {
    let names = [format!("lessons/{}", lesson.topic), "lessons/*".to_owned()];
    list.iter().filter_map(Value::as_str).any(|name| names.iter().any(|known| known == name))
}
