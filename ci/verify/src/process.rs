//! Child processes in groups of their own, watched while they run and never left behind.
//!
//! A group is a process group on Unix and a job object on Windows: what ends it ends every process
//! in it.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(windows)]
use process_wrap::std::JobObject;
#[cfg(unix)]
use process_wrap::std::ProcessGroup;
use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::message;
use crate::problem::Problem;

/// Ignored by whoever does not ask for it, so that sending it only asks who is there.
/// The same number on Linux and macOS.
#[cfg(unix)]
const SIGWINCH: i32 = 28;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Ends every process that this library started, and refuses to start another.
pub fn stop() {
    STOPPED.store(true, Ordering::SeqCst);
}

/// Whether [`stop`] was called.
pub fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// What a process may not do.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest it may go without progress.
    pub time: Duration,
    /// The most it may print, in bytes.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { time: Duration::from_secs(60), output: 1 << 20 }
    }
}

/// How a watched process came to its end.
#[derive(Debug)]
pub(crate) enum Ended {
    /// By itself.
    Itself(ExitStatus),
    /// It made no progress for as long as the limit allows.
    TimeLimit,
    /// It printed more than the limit allows.
    OutputLimit,
    /// Somebody asked to stop.
    Stopped,
}

impl Ended {
    /// The same in words that follow a program's name. `limits` are those that it had.
    pub(crate) fn how(&self, limits: Limits) -> String {
        match self {
            Ended::Itself(status) => message::ends_with(*status),
            Ended::TimeLimit => message::does_not_end(limits.time),
            Ended::OutputLimit => message::prints_too_much(limits.output),
            Ended::Stopped => message::is_stopped(),
        }
    }
}

/// A finished process.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) ended: Ended,
    /// Whether its group still held a process after it ended. That process is gone now.
    pub(crate) left_behind: bool,
}

/// Runs `command`, both of whose output streams are appended to `printed`, with no input.
///
/// Growth of `progress` counts as progress.
pub(crate) fn watch(
    mut command: Command,
    printed: &Path,
    progress: &Path,
    limits: Limits,
) -> io::Result<Finished> {
    let output = File::options().create(true).append(true).open(printed)?;
    command.stdout(output.try_clone()?).stderr(output);
    supervise(command, printed, progress, limits)
}

/// Runs `command`, whose output goes to `printed` and whose errors go to `errors`, both made
/// here, with no input. Growth of `errors` counts as progress.
pub(crate) fn watch_split(
    mut command: Command,
    printed: &Path,
    errors: &Path,
    limits: Limits,
) -> io::Result<Finished> {
    command.stdout(File::create(printed)?).stderr(File::create(errors)?);
    supervise(command, printed, errors, limits)
}

fn supervise(
    mut command: Command,
    printed: &Path,
    progress: &Path,
    limits: Limits,
) -> io::Result<Finished> {
    command.stdin(Stdio::null());
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(JobObject);
    let mut child = command.spawn()?;
    let ended = wait(&mut *child, printed, progress, limits);
    // The leader is gone by itself, or goes now; whoever is left in its group goes with it.
    let left_behind = matches!(ended, Ok(Ended::Itself(_))) && group_lives_on(&mut *child);
    let _ = child.start_kill();
    let _ = child.wait();
    Ok(Finished { ended: ended?, left_behind })
}

fn wait(
    child: &mut dyn ChildWrapper,
    printed: &Path,
    progress: &Path,
    limits: Limits,
) -> io::Result<Ended> {
    let size = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let mut pause = Duration::from_millis(1);
    let mut last = (size(progress), Instant::now());
    loop {
        let status = child.try_wait()?;
        // Also of one that has ended: it may have printed all of it between two looks.
        if size(printed) > limits.output {
            return Ok(Ended::OutputLimit);
        }
        if let Some(status) = status {
            return Ok(Ended::Itself(status));
        }
        if stopped() {
            return Ok(Ended::Stopped);
        }
        let now = size(progress);
        if now != last.0 {
            last = (now, Instant::now());
        } else if last.1.elapsed() > limits.time {
            return Ok(Ended::TimeLimit);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(4));
    }
}

/// Whether the group outlives its leader. A child that is just ending is given a moment.
#[cfg(unix)]
fn group_lives_on(child: &mut dyn ChildWrapper) -> bool {
    for _ in 0..20 {
        if child.signal(SIGWINCH).is_err() {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// A job object does not tell who is in it. Whoever is left ends with it, unnamed.
#[cfg(not(unix))]
fn group_lives_on(_: &mut dyn ChildWrapper) -> bool {
    false
}

/// The program `name` on `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name.to_owned() + env::consts::EXE_SUFFIX))
        .find(|file| file.is_file())
}

/// Whether a process can be watched: what it prints goes to a temporary folder.
///
/// # Errors
///
/// There can be no such folder.
pub(crate) fn can_watch() -> Result<(), Problem> {
    let folder = tempfile::tempdir();
    folder.map(drop).map_err(|error| message::cannot_write(&env::temp_dir(), &error))
}

/// What a program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// What it printed on standard output: the answer itself.
    pub(crate) output: String,
    /// What it printed on standard error: whatever else it had to say.
    pub(crate) errors: String,
}

/// Why a program did not answer.
#[derive(Debug)]
pub(crate) struct NoAnswer {
    /// How it ended, as what follows its name: "ends with exit status: 1".
    pub(crate) how: String,
    /// What it printed until then, on either stream.
    pub(crate) said: String,
}

/// Runs `command` to its end and returns what it printed.
///
/// # Errors
///
/// It could not be started, printed too much, took too long, or failed.
pub(crate) fn ask(command: Command, limits: Limits) -> Result<Answer, NoAnswer> {
    let cannot = |error: io::Error| NoAnswer {
        how: message::cannot_be_started(&error),
        said: String::new(),
    };
    let folder = tempfile::tempdir().map_err(cannot)?;
    let (printed, errors) = (folder.path().join("printed"), folder.path().join("errors"));
    let finished = watch_split(command, &printed, &errors, limits).map_err(cannot)?;
    let read = |path| fs::read(path).map(|text| String::from_utf8_lossy(&text).into_owned());
    let answer = Answer {
        output: read(&printed).unwrap_or_default(),
        errors: read(&errors).unwrap_or_default(),
    };
    if matches!(finished.ended, Ended::Itself(status) if status.success()) {
        return Ok(answer);
    }
    Err(NoAnswer { how: finished.ended.how(limits), said: answer.output + &answer.errors })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask_sh(script: &str) -> Result<Answer, NoAnswer> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        ask(command, Limits { time: Duration::from_secs(20), output: 1000 })
    }

    #[test]
    fn an_answer_is_what_stands_on_standard_output_alone() {
        let answer = ask_sh("echo 'info: there is a newer one' >&2; echo 1.95.0").unwrap();
        assert_eq!(answer.output, "1.95.0\n");
        assert_eq!(answer.errors, "info: there is a newer one\n");
    }

    #[test]
    fn what_gives_no_answer_says_how_it_ended_and_what_it_printed() {
        let none = ask_sh("echo one; echo two >&2; exit 3").unwrap_err();
        assert_eq!(none.said, "one\ntwo\n");
        assert!(none.how.contains("exit status: 3"), "{}", none.how);
        let none = ask(Command::new("/nowhere/python"), Limits::default()).unwrap_err();
        assert!(none.how.contains("No such file"), "{}", none.how);
    }
}
