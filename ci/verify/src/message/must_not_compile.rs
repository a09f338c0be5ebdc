//! Sentences about code that must not compile.

use super::process::{last_lines, limited};
use crate::problem::{Place, Problem};

pub(crate) fn no_expected_error(place: Place) -> Problem {
    Problem::at(place, "expected the error that this code ends in, found another first line").help(
        "write `//~ error[E0382]: a piece of its message`, or `//~ error: …` for one without code",
    )
}

/// `how` rustc ended without a word about the code.
pub(crate) fn rustc_failed(how: &str, said: &str, tight: &[String]) -> Problem {
    let problem =
        Problem::new(format!("expected an error of the compiler, found that rustc {how}"));
    limited(problem.note(last_lines(said)), tight)
        .unwrap_or_else(|problem| problem.help(SEE_DOCTOR))
}

/// `said` is what rustc says of libraries that it cannot use.
pub(crate) fn libraries_unread(said: &str, tight: &[String]) -> Problem {
    let problem = Problem::new("expected the lesson's libraries, found what rustc cannot use");
    limited(problem.note(said), tight).unwrap_or_else(|problem| problem.help(SEE_DOCTOR))
}

const SEE_DOCTOR: &str =
    "no code in must_not_compile is at fault; `cargo course doctor` shows the compiler";

pub(crate) fn bad_case_name(place: Place) -> Problem {
    Problem::at(place, "expected a name of letters, digits and _, found another")
        .help("rename the file")
}

pub(crate) fn compiles(place: Place) -> Problem {
    Problem::at(place, "expected an error of the compiler, found that it compiles")
        .help("make the mistake in it again, or remove it")
}

pub(crate) fn refused_otherwise(place: Place, rendered: &str) -> Problem {
    Problem::at(place, "expected the error that the first line names, found another")
        .note(rendered)
        .help("say this error on its first line, or leave the other mistake alone in it")
}

pub(crate) fn refused_twice(place: Place, count: usize, rendered: &str) -> Problem {
    Problem::at(place, format!("expected one error, found {count}"))
        .note(rendered)
        .help("leave one mistake in it")
}
