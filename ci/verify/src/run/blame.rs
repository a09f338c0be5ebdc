//! Who is to blame for a session that did not end as its cells say: the lesson, the machine it runs
//! on, or the Python that runs it.

use super::job::Job;
use crate::interpreter;
use crate::message;
use crate::problem::Problem;
use crate::process::Ended;
use crate::ulimit;

/// Raised where a machine does not give what it is asked for.
const OF_MACHINES: [&str; 10] = [
    "BlockingIOError",
    "ChildProcessError",
    "ConnectionError",
    "FileNotFoundError",
    "ImportError",
    "MemoryError",
    "NotADirectoryError",
    "OSError",
    "PermissionError",
    "TimeoutError",
];

/// What Linux sends for want of memory, and at the end of a limit: of time, of a file's size.
const FROM_OUTSIDE: [i32; 3] = [9, 24, 25];

impl Job<'_> {
    /// The Python printed `text` before the first cell.
    pub(super) fn printed_before(&self, text: &[u8]) -> Problem {
        let (executable, tag) = (&self.interpreter.executable, self.interpreter.tag);
        let text = String::from_utf8_lossy(text);
        message::prints_before(executable, tag, &text, &self.at_start())
    }

    /// The Python ended before the first cell, and had `printed` something by then.
    pub(super) fn ended_before(&self, ended: &Ended, printed: &[u8]) -> Problem {
        let (executable, tag) = (&self.interpreter.executable, self.interpreter.tag);
        let (how, text) = (ended.how(self.limits), String::from_utf8_lossy(printed));
        let files = self.at_start();
        message::ends_before(executable, tag, &how, &text, &files, &ulimit::tight())
    }

    fn at_start(&self) -> Vec<String> {
        match self.interpreter.tag.build {
            build if !build.is_native() => Vec::new(),
            _ => interpreter::at_start(&self.interpreter.executable),
        }
    }
}

/// `problem` of a cell in which `class` was raised, with the words `text`.
pub(super) fn exception(problem: Problem, class: &str, text: &str) -> Problem {
    // A name that a module lacks, and a thread that cannot start, are told by their words alone.
    let lacks = OF_MACHINES.contains(&class) && !text.contains("cannot import name")
        || text.contains("can't start new thread");
    if lacks { message::lacks(problem, &ulimit::tight()) } else { problem }
}

/// `problem` of a session that the signal `number` ended.
pub(super) fn signal(problem: Problem, number: i32) -> Problem {
    if FROM_OUTSIDE.contains(&number) {
        return message::lacks(problem, &ulimit::tight());
    }
    exit(problem)
}

/// `problem` of a session that ended too soon: perhaps by a limit.
pub(super) fn exit(problem: Problem) -> Problem {
    message::limited(problem, &ulimit::tight()).unwrap_or_else(|problem| problem)
}
