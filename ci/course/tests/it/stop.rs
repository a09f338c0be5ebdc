//! A command that is stopped, or killed, while a session runs.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::scratch::Scratch;

/// A process of a session that says that it runs, so that a test can wait for it to be gone.
pub(crate) struct Running {
    folder: TempDir,
}

impl Running {
    pub(crate) fn new() -> Running {
        Running { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("pid")
    }

    /// Python, one line, with which the process says so.
    pub(crate) fn say_so(&self) -> String {
        let file = self.file();
        let file = file.display();
        format!(
            "import os; open('{file}.new', 'w').write(str(os.getpid())); os.rename('{file}.new', '{file}')"
        )
    }

    /// Python, for another process of the session: it goes on once that one has said so.
    pub(crate) fn wait_for_it(&self) -> String {
        let file = self.file();
        format!("import os, time\nwhile not os.path.exists('{}'): time.sleep(0.01)", file.display())
    }

    /// The process, once it has said that it runs.
    fn wait(&self) -> String {
        let mut pid = None;
        until("the session runs", || {
            pid = fs::read_to_string(self.file()).ok();
            pid.is_some()
        });
        pid.expect("it was just read")
    }

    /// Demands that the process ends.
    pub(crate) fn is_gone(&self) {
        let pid = self.wait();
        until("the session's process is gone", || !is_alive(&pid));
    }
}

/// Whether a process is there, and more than an entry that nobody has waited for.
fn is_alive(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let ended = stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
    !ended && send("-0", pid)
}

fn send(signal: &str, pid: &str) -> bool {
    let mut kill = Command::new("sh");
    kill.args(["-c", "kill \"$0\" \"$1\"", signal, pid]).stderr(Stdio::null());
    kill.status().expect("every Unix has sh").success()
}

/// Waits; a minute is no measure of anything, only an end for a test that has failed.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..6000 {
        if holds() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("a minute went by, and not yet: {what}");
}

/// A recorded course, whose session now never ends.
fn endless(running: &Running) -> Scratch {
    let course = Scratch::new();
    course.recorded();
    course.session(&format!("# %% one\n{}\nwhile True: pass\n", running.say_so()));
    course
}

#[test]
fn ctrl_c_ends_a_check_and_what_it_started() {
    let running = Running::new();
    let course = endless(&running);
    let before = course.files();
    let mut process = course.process(&["check"]);
    process.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = process.spawn().unwrap();
    running.wait();
    assert!(send("-INT", &child.id().to_string()));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "error: stopped\n");
    running.is_gone();
    course.is_as(&before);
}

#[test]
fn a_regen_that_is_killed_leaves_the_old_record_whole() {
    let running = Running::new();
    let course = endless(&running);
    let before = course.files();
    let mut child = course.process(&["regen"]).stderr(Stdio::null()).spawn().unwrap();
    let session = running.wait();
    child.kill().unwrap();
    child.wait().unwrap();
    // Nobody is left who could end the session, which has a group of its own.
    assert!(send("-KILL", &session));
    course.is_as(&before);
}

#[test]
fn a_session_that_nobody_watches_any_more_ends_by_itself() {
    let running = Running::new();
    let course = endless(&running);
    let mut process = course.process(&["check", "--timeout", "1"]);
    let mut child = process.stderr(Stdio::null()).spawn().unwrap();
    running.wait();
    child.kill().unwrap();
    child.wait().unwrap();
    running.is_gone();
}
