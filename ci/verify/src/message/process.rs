//! How a program came to its end, each after its name, and what it may have lacked.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

use crate::problem::Problem;

pub(crate) fn cannot_be_started(error: &io::Error) -> String {
    format!("cannot be started: {error}")
}

pub(crate) fn ends_with(status: ExitStatus) -> String {
    format!("ends with {status}")
}

pub(crate) fn does_not_end(time: Duration) -> String {
    format!("does not end within {} s", time.as_secs_f64())
}

pub(crate) fn prints_too_much(bytes: u64) -> String {
    format!("prints more than {bytes} bytes")
}

pub(crate) fn is_stopped() -> String {
    "was stopped".to_owned()
}

/// The last lines of what a program printed: enough to see whose words they are.
pub(crate) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

/// `problem` with the limits that may be its reason, if any is `tight`; else as it was.
pub(crate) fn limited(problem: Problem, tight: &[String]) -> Result<Problem, Problem> {
    if tight.is_empty() {
        return Err(problem);
    }
    let raised = |limit: &String| {
        let option = limit.rsplit_once(' ').map_or(limit.as_str(), |(option, _)| option);
        // Of files and processes no shell gives any number.
        let enough =
            if option.ends_with(" -n") || option.ends_with(" -u") { "1024" } else { "unlimited" };
        format!("`{option} {enough}`")
    };
    let raised: Vec<String> = tight.iter().map(raised).collect();
    Ok(problem.note(format!("this shell allows little: {}", tight.join(", "))).help(format!(
        "raise the limit, with {}, and run the same command again",
        raised.join(", ")
    )))
}
