//! A whole run, as `.ci/run` and `ci/check.sh` do it: no part passes without having run.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::repository::REPOSITORY;

/// What the parts call. Here each does nothing, and fails if it is the one that shall.
const TOOLS: [&str; 10] = [
    "apt-get",
    "cargo",
    "chromium",
    "firefox-esr",
    "gdb",
    "node",
    "npm",
    "python3",
    "rustup",
    "valgrind",
];

/// The names that ci/parts.sh gives.
fn names(list: &str) -> Vec<String> {
    let text = fs::read_to_string(REPOSITORY.join("ci/parts.sh")).unwrap();
    let start = format!("{list}=(");
    let line = text.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix(')'));
    line.expect("a list of names on one line").split(' ').map(str::to_owned).collect()
}

/// Every part but `only`, as `COURSE_WITHOUT` wants them.
fn all_but(only: &str) -> String {
    let names = names("parts");
    let others: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != only).collect();
    others.join(",")
}

/// Runs `script` with tools that only pretend, of which `fails` ends in exit status 1.
fn run(script: &str, without: &str, fails: &str) -> Output {
    run_without(script, Some(without), fails)
}

/// As [`run`]; with `None` nobody has set `COURSE_WITHOUT`, as on the machine that runs CI.
fn run_without(script: &str, without: Option<&str>, fails: &str) -> Output {
    let tools = TempDir::new().unwrap();
    for tool in TOOLS {
        let file = tools.path().join(tool);
        fs::write(&file, format!("#!/bin/sh\nexit {}\n", i32::from(tool == fails))).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut path = OsString::from(tools.path());
    path.push(":");
    path.push(env::var_os("PATH").unwrap());
    let mut command = Command::new("bash");
    command.arg(Path::new(&*REPOSITORY).join(script));
    command.env("PATH", path).env_remove("COURSE_WITHOUT");
    command.envs(without.map(|names| ("COURSE_WITHOUT", names)));
    command.output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_part_whose_tool_fails_fails_the_run() {
    for part in names("parts") {
        // The two builds that must agree are found by path, so there `cargo` is what can fail.
        let tools = match part.as_str() {
            "tests" | "format" | "lints" | "platforms" | "lessons" | "builds" | "book" => {
                vec!["cargo"]
            }
            "browser" => vec!["npm", "node"],
            "wheel" | "kernel" | "bench" | "soak" => vec!["python3"],
            other => panic!("part `{other}` of ci/parts.sh: say here which tool it calls"),
        };
        for tool in tools {
            let output = run("ci/check.sh", &all_but(&part), tool);
            assert!(!output.status.success(), "{part} passes while {tool} fails");
        }
    }
}

#[test]
fn what_cannot_be_installed_fails_the_run() {
    for (part, tool) in
        [("browser", "npm"), ("browser", "rustup"), ("platforms", "rustup"), ("lessons", "npm")]
    {
        let output = run(".ci/run", &all_but(part), tool);
        assert!(!output.status.success(), "{part} is installed while {tool} fails");
    }
}

#[test]
fn where_nothing_is_left_out_every_part_and_every_tag_is_wanted() {
    // `cargo` fails, so the run must come as far as the first part and end there.
    let output = run_without(".ci/run", None, "cargo");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("== tests "), "{said}{}", errors(&output));
    assert_eq!((errors(&output), output.status.code()), (String::new(), Some(1)));

    let script = "set -euo pipefail; . ci/parts.sh; without_is_known; say_what_was_left_out
        required_tags; for part in \"${parts[@]}\"; do with \"$part\"; done";
    let mut bash = Command::new("bash");
    bash.args(["-c", script]).current_dir(&*REPOSITORY).env_remove("COURSE_WITHOUT");
    let output = bash.output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    let tags = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(tags.trim().split(',').count(), verify::cpython::supported().len(), "{tags}");
}

#[test]
fn a_part_is_left_out_by_its_name_and_the_last_line_says_so() {
    let without = format!("{},3.15", all_but("format"));
    let output = run("ci/check.sh", &without, "npm");
    assert!(output.status.success(), "{}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = format!("!!! LEFT OUT by COURSE_WITHOUT: {without} !!!");
    assert_eq!(said.lines().last(), Some(last.as_str()));
}

#[test]
fn a_name_that_no_part_has_is_refused_and_so_is_a_run_of_nothing() {
    for script in [".ci/run", "ci/check.sh"] {
        let output = run(script, "browser,kernal", "npm");
        assert!(!output.status.success());
        let said = errors(&output);
        assert!(
            said.contains("expected parts or tags, found `kernal`\nhelp: parts are "),
            "{said}"
        );
        let output = run(script, &all_but(""), "npm");
        assert!(!output.status.success());
        assert!(errors(&output).contains("expected a part to run"), "{}", errors(&output));
    }
}
