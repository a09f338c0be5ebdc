//! Packages that cells import: brought from an index, here a folder with one wheel in it.

use std::process::Command;

use snapbox::str;
use tempfile::TempDir;

use crate::scratch::{PYTHON, Scratch};

/// Writes a wheel of the package `fruit` for this Python, and prints its platform and SHA-256.
const MAKE: &str = r#"
import hashlib, os, pathlib, sys, sysconfig, zipfile
kind = sysconfig.get_platform().replace("-", "_").replace(".", "_")
platform = kind.replace("linux", "manylinux_2_17") if kind.startswith("linux") else kind
abi = "cp3%d%s" % (sys.version_info[1], "t" * bool(sysconfig.get_config_var("Py_GIL_DISABLED")))
tag = "cp3%d-%s-%s" % (sys.version_info[1], abi, platform)
path = pathlib.Path(sys.argv[1]) / ("fruit-1.0-%s.whl" % tag)
info = "fruit-1.0.dist-info/"
with zipfile.ZipFile(path, "w") as wheel:
    # Never twice the same, or an earlier test's would be there already.
    wheel.writestr("fruit/__init__.py", "name = 'plum'\nstone = '%s'\n" % os.urandom(16).hex())
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: fruit\nVersion: 1.0\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: %s\n" % tag)
    wheel.writestr(info + "RECORD", "")
print(platform, hashlib.sha256(path.read_bytes()).hexdigest())
"#;

const SESSION: &str =
    "# %% one\nprint('hello')\n\n# %% two packages=\"fruit\"\nimport fruit\n\nprint(fruit.name)\n";

/// A course whose second cell imports `fruit`, which the folder has.
fn with_fruit() -> (Scratch, TempDir) {
    let course = Scratch::new();
    let folder = TempDir::new().unwrap();
    let made = Command::new(&PYTHON.executable).args(["-c", MAKE]).arg(folder.path()).output();
    let made = String::from_utf8(made.unwrap().stdout).unwrap();
    let (platform, sha256) = made.trim().split_once(' ').unwrap();
    course.write("lessons/packages.toml", &pins(&PYTHON.tag.to_string(), platform, sha256));
    course.session(SESSION);
    (course, folder)
}

fn pins(tag: &str, platform: &str, sha256: &str) -> String {
    format!("[fruit.\"{tag}\"]\nversion = \"1.0\"\nsha256.{platform} = \"{sha256}\"\n")
}

/// `course …`, whose index is `folder`, or empty.
fn process(course: &Scratch, folder: Option<&TempDir>, arguments: &[&str]) -> Command {
    let mut process = course.process(arguments);
    process.env("PIP_NO_INDEX", "1").env_remove("PIP_FIND_LINKS");
    process.envs(folder.map(|folder| ("PIP_FIND_LINKS", folder.path())));
    process
}

fn output(mut process: Command) -> (bool, String) {
    let output = process.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn a_package_is_brought_once_and_not_into_the_users_python() {
    let (course, folder) = with_fruit();
    let tag = PYTHON.tag.to_string();
    // Without an index the cell does not run, which is said, and an error where it is required.
    let (passed, said) = output(process(&course, None, &["regen"]));
    assert!(
        passed
            && said.contains(
                "not checked: cell `two` of probe, because the package fruit cannot be had ("
            ),
        "{said}"
    );
    let (passed, said) = output(process(&course, None, &["check", "--require", &tag]));
    let expected =
        "error: lessons/probe/session.py:4: cell `two` imports fruit, which cannot be had";
    assert!(!passed && said.contains(expected), "{said}");
    // Another file than the pinned one is not installed.
    let pinned = course.read("lessons/packages.toml");
    let (start, _) = pinned.trim_end().trim_end_matches('"').rsplit_once('"').unwrap();
    course.write("lessons/packages.toml", &format!("{start}\"{}\"\n", "0".repeat(64)));
    let (passed, said) = output(process(&course, Some(&folder), &["check", "--require", &tag]));
    assert!(!passed && said.contains("which cannot be had"), "{said}");
    course.write("lessons/packages.toml", &pinned);

    let (passed, said) = output(process(&course, Some(&folder), &["regen"]));
    assert!(passed, "{said}");
    assert!(course.read("lessons/probe/record.toml").contains("plum"));
    let (passed, said) = output(process(&course, None, &["check", "--require", &tag]));
    assert!(passed, "it is there by now: {said}");
    let mut python = Command::new(&PYTHON.executable);
    let there = python.args(["-c", "import fruit"]).output().unwrap();
    assert!(!there.status.success(), "{there:?}");

    // Another version makes the column stale for who cannot run it.
    let digest = || {
        let lesson = verify::Lesson::load(&course.root, "probe").unwrap();
        verify::record::digest(&lesson).unwrap()
    };
    let before = digest();
    course.edit("lessons/packages.toml", "1.0", "1.1");
    assert_ne!(digest(), before);
}

#[test]
fn a_cell_does_not_run_where_there_is_no_wheel_and_its_page_says_so() {
    let course = Scratch::new();
    let other = if PYTHON.tag.minor == 9 { "3.10" } else { "3.9" };
    course.write("lessons/packages.toml", &pins(other, "win_amd64", "00"));
    course.session(SESSION);
    course.recorded();
    course.passes(&["check"]);
    course.passes(&["build"]);
    let page = course.read("target/book/probe.html");
    assert!(page.contains("with fruit, which has no build for CPython "), "{page}");
    assert!(page.contains(" and the browser"), "{page}");
}

#[test]
fn a_package_must_be_pinned_and_named_by_each_cell_that_imports_it() {
    let course = Scratch::new();
    course.session(SESSION);
    course.fails(
        &["check"],
        str![[r#"
error: lessons/probe/session.py:4: key `packages`: expected the names of packages that lessons/packages.toml pins (none), found "fruit"

"#]],
    );
    course.write("lessons/packages.toml", &pins("3.9", "win_amd64", "00"));
    course.session("# %% one\nif True:\n    from fruit.tree import leaf\n");
    course.fails(
        &["check"],
        str![[r#"
error: lessons/probe/session.py:3: cell `one` imports the package fruit, and does not say so
help: say so on its marker: packages="fruit"

"#]],
    );
    course.session("# %% one\nimport fruits.of_the_forest\n");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:2: cell `one` imports `fruits`, and there is no such module on CPython [TAG]
    ModuleNotFoundError: No module named 'fruits'
help: if `fruits` is a package of the index, pin it in lessons/packages.toml and say packages="fruits" on the marker


"#]],
    );
    course.write("lessons/packages.toml", "[fruit.\"3.9\"]\nversion = 1\n");
    course.fails(
        &["check"],
        str![[r#"
error: lessons/packages.toml:2: [..]
...
"#]],
    );
}
