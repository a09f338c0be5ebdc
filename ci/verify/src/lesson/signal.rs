//! The signals in which a cell may end.

/// Those that `crashes` may name, with their numbers on Linux and macOS where they agree.
pub const SIGNALS: [(&str, i32); 4] =
    [("SIGILL", 4), ("SIGABRT", 6), ("SIGFPE", 8), ("SIGSEGV", 11)];

/// The number of the signal that `crashes` names.
pub(crate) fn signal_number(name: &str) -> Option<i32> {
    SIGNALS.iter().find(|(known, _)| *known == name).map(|(_, number)| *number)
}

/// A signal as a person knows it: `SIGSEGV`, or its number.
pub(crate) fn signal_name(number: i32) -> String {
    match SIGNALS.iter().find(|(_, known)| *known == number) {
        Some((name, _)) => (*name).to_owned(),
        None => format!("signal {number}"),
    }
}
