//! Brings packages from the index, into a folder below the target folder and nowhere else.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use super::folder::folder;
use crate::cpython::Tag;
use crate::environment;
use crate::hash;
use crate::interpreter::Interpreter;
use crate::lesson::{Lesson, Package, Wheel};
use crate::message;
use crate::process::{self, Ended, Limits};

/// By its name, the folder from which each package can be imported, or why it cannot be had.
pub type Brought = BTreeMap<String, Result<PathBuf, String>>;

/// A slow line needs a while; nothing at all for so long is no line.
const LIMITS: Limits = Limits { time: Duration::from_secs(300), output: 1 << 20 };

/// Brings every package that a cell of `lessons` imports on `interpreter`, unless it is there.
pub fn bring(root: &Path, lessons: &[Lesson], interpreter: &Interpreter) -> Brought {
    let cells = lessons.iter().flat_map(|lesson| &lesson.session.cells);
    let cells = cells.filter(|cell| cell.runs_on(interpreter.tag));
    let packages: BTreeMap<&str, &Package> =
        cells.flat_map(|cell| &cell.packages).map(|it| (it.name.as_str(), &**it)).collect();
    let each = packages.into_iter().filter_map(|(name, package)| {
        let wheel = package.wheels.get(&interpreter.tag)?;
        Some((name.to_owned(), brought(root, name, wheel, interpreter)))
    });
    each.collect()
}

fn brought(
    root: &Path,
    name: &str,
    wheel: &Wheel,
    interpreter: &Interpreter,
) -> Result<PathBuf, String> {
    let platform = wheel.platform().ok_or_else(|| message::no_wheel_here(name))?;
    let pinned = format!("{name}=={} --hash=sha256:{}\n", wheel.version, wheel.sha256[platform]);
    let folder = self::folder(root, interpreter.tag).map_err(|problem| problem.what)?;
    let folder = folder.join("packages");
    let place = folder.join(format!("{name}-{}-{}", wheel.version, hash::of_text(&pinned)));
    if place.is_dir() {
        return Ok(place);
    }
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let work = TempDir::new_in(&folder).map_err(failed)?;
    let (requirements, fresh) = (work.path().join("requirements.txt"), work.path().join("fresh"));
    fs::write(&requirements, pinned).map_err(failed)?;
    let mut said = Vec::new();
    for mut installer in installers(interpreter, platform) {
        installer.arg("--target").arg(&fresh).arg("--requirement").arg(&requirements);
        match run(installer, work.path()) {
            Ok(()) => {
                compile(interpreter, &fresh, work.path());
                // Another process may have been as quick.
                return match fs::rename(&fresh, &place) {
                    Err(error) if !place.is_dir() => Err(failed(error)),
                    _ => Ok(place),
                };
            }
            Err(why) => said.push(why),
        }
        let _ = fs::remove_dir_all(&fresh);
    }
    Err(message::not_installed(&said))
}

/// The programs of this machine that can install for `interpreter`, and the best first: its own
/// pip, uv, and the pip of another Python, which is told what to look for.
fn installers(interpreter: &Interpreter, platform: &str) -> Vec<Command> {
    let own = &interpreter.executable;
    let uv = process::find("uv").map(|uv| {
        let mut uv = Command::new(uv);
        uv.args(["pip", "install", "--quiet", "--python"]).arg(own);
        uv
    });
    let others = ["python3", "python"].into_iter().filter_map(process::find);
    let pip = |python: PathBuf| pip(&python, interpreter.tag, platform);
    let all = [pip(own.clone())].into_iter().chain(uv).chain(others.map(pip));
    let mut all: Vec<Command> = all.collect();
    for command in &mut all {
        // What is pinned, and nothing that it asks for: a build of an index's source least of all.
        command.args(["--no-deps", "--only-binary", ":all:", "--require-hashes"]);
        environment::of_python(command);
    }
    all
}

/// The pip of `python`, about to install for CPythons of `tag`, whatever its own is.
fn pip(python: &Path, tag: Tag, platform: &str) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
    pip.args(["--no-compile", "--implementation", "cp", "--platform", platform]);
    pip.args(["--python-version", &format!("3.{}", tag.minor), "--abi", &abi(tag)]);
    // It would compare what a wheel asks for with the Python that it runs in.
    pip.arg("--ignore-requires-python");
    pip
}

/// What a wheel's name calls the binary interface of this CPython.
fn abi(tag: Tag) -> String {
    format!("cp3{}{}", tag.minor, tag.build.suffix())
}

/// Runs `command`; if it fails, the last line that it says.
fn run(mut command: Command, work: &Path) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let (printed, errors) = (work.join("printed"), work.join("errors"));
    command.current_dir(work);
    let finished = process::watch_split(command, &printed, &errors, LIMITS);
    match finished.map(|finished| finished.ended) {
        Ok(Ended::Itself(status)) if status.success() => Ok(()),
        Ok(Ended::Itself(_)) => {
            let said = fs::read_to_string(errors).unwrap_or_default();
            let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
            Err(format!("{program}: {}", last.trim()))
        }
        Ok(_) => Err(format!("{program}: it was stopped")),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

/// Compiles the package's Python, as an installation does: sessions, which write no bytecode, would
/// each do it again. What does not compile is none of ours.
fn compile(interpreter: &Interpreter, folder: &Path, work: &Path) {
    let mut command = Command::new(&interpreter.executable);
    command.args(["-s", "-X", "utf8", "-m", "compileall", "-q", "-x", "[/\\\\]tests[/\\\\]"]);
    command.arg(folder);
    environment::of_python(&mut command);
    let _ = run(command, work);
}
