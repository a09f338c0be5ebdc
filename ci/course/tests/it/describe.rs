//! What other programs read of the course.

use std::process::Command;

use serde_json::{Value, json};

use crate::scratch::{PYTHON, Scratch};

fn described(course: &Scratch, more: &[&str]) -> Value {
    let mut process = course.process(&[&["describe", "--json"], more].concat());
    let output = process.env("PYO3_PYTHON", &PYTHON.executable).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_description_has_cells_their_keys_where_they_run_and_what_is_recorded() {
    let course = Scratch::new();
    course.session(
        "# %% one\nprint('hello')\n\n\
         # %% two needs=\"no-such-program\" until=\"3.9\" on=\"gil\"\n\nprint(2)\n",
    );
    course.recorded();
    let course = described(&course, &[]);
    assert_eq!(course["version"], 1);
    assert_eq!(course["built"], Value::Null);
    assert_eq!(course["launch"]["environment"]["PYTHONHASHSEED"], "0");
    assert!(course["driver"].as_str().unwrap().contains("\nMODE = "));
    let tag = PYTHON.tag.to_string();
    let chosen = |one: &&Value| one["tag"] == tag.as_str() && one["chosen"] == true;
    let interpreter = course["interpreters"].as_array().unwrap().iter().find(chosen).unwrap();
    assert_eq!(interpreter["version"], PYTHON.version.as_str());
    let lesson = &course["lessons"][0];
    assert_eq!(lesson["module"], "lesson_probe");
    assert_eq!(lesson["tags"], json!([tag]));
    let files: Vec<&str> =
        lesson["files"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(files.contains(&"src/raw.rs") && files.contains(&"session.py"), "{files:?}");
    let [one, two] = lesson["cells"].as_array().unwrap().as_slice() else { panic!("{lesson}") };
    assert_eq!((&one["name"], &one["line"]), (&json!("one"), &json!(1)));
    assert_eq!((&one["source"], &one["missing"]), (&json!("print('hello')\n"), &Value::Null));
    assert_eq!(one["printed"], json!([{ "tags": [tag], "text": "hello\n" }]));
    assert_eq!(one["runs"], course["tags"]);
    let keys = json!({ "needs": "no-such-program", "until": "3.9", "on": "gil" });
    assert_eq!((&two["line"], &two["keys"]), (&json!(4), &keys));
    assert_eq!(two["missing"], "no-such-program");
    assert!(two["runs"].as_array().unwrap().iter().all(|tag| tag == "3.9"), "{two}");
}

#[test]
fn what_is_built_for_a_description_can_be_imported_and_what_is_not_is_told() {
    let course = Scratch::new();
    let built = &described(&course, &["--build", PYTHON.executable.to_str().unwrap()])["built"];
    assert_eq!(built["tag"], PYTHON.tag.to_string());
    assert_eq!(built["jobs"]["probe"]["cells"][0]["source"], "print('hello')\n");
    let mut python = Command::new(built["executable"].as_str().unwrap());
    python.args(["-c", "import lesson_probe; print(lesson_probe.__file__)"]);
    let folder = built["extensions"]["probe"].as_str().unwrap();
    let output = python.env("PYTHONPATH", folder).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with(folder), "{output:?}");

    course.write("lessons/broken/Cargo.toml", &course.read("lessons/probe/Cargo.toml"));
    course.edit("lessons/broken/Cargo.toml", "lesson-probe", "lesson-broken");
    course.write("lessons/broken/build.rs", &course.read("lessons/probe/build.rs"));
    course.write("lessons/broken/session.py", "# %% one\nprint(1)\n");
    course.write("lessons/broken/src/lib.rs", "this is no Rust\n");
    let built = &described(&course, &["--build", PYTHON.executable.to_str().unwrap()])["built"];
    let failed = built["failed"]["broken"].as_str().unwrap();
    assert!(failed.starts_with("lessons/broken: expected code that builds"), "{failed}");
    assert!(built["extensions"]["broken"].is_null() && built["failed"]["probe"].is_null());
    assert_eq!(built["extensions"]["probe"], folder);
}

#[test]
fn each_part_of_a_description_is_explained_by_its_help() {
    let course = Scratch::new();
    let help = course.process(&["describe", "--help"]).output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    let course = described(&course, &["--build", PYTHON.executable.to_str().unwrap()]);
    let lesson = &course["lessons"][0];
    let parts = [
        &course,
        &course["launch"],
        &course["mask"][0],
        &course["interpreters"][0],
        lesson,
        &lesson["cells"][0],
        &course["built"],
    ];
    for name in parts.iter().flat_map(|part| part.as_object().unwrap().keys()) {
        let explained = help.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it == name);
        assert!(explained, "`{name}` is not in\n{help}");
    }
}
