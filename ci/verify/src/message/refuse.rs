//! Sentences about code that must not compile.

use super::process::{last_lines, limited};
use crate::problem::{Place, Problem};

pub(crate) fn no_expected_error(place: Place) -> Problem {
    Problem::at(place, "the first line must say which error this code ends in").help(
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
    let problem = Problem::new("rustc cannot use the libraries that code is compiled against");
    limited(problem.note(said), tight).unwrap_or_else(|problem| problem.help(SEE_DOCTOR))
}

const SEE_DOCTOR: &str =
    "no code in must_not_compile is at fault; `cargo course doctor` shows the compiler";

pub(crate) fn bad_case_name(place: Place) -> Problem {
    Problem::at(place, "a case's name is letters, digits and _").help("rename the file")
}

pub(crate) fn compiles(place: Place) -> Problem {
    Problem::at(place, "must not compile, and compiles")
        .help("make the mistake in it again, or remove it")
}

pub(crate) fn refused_otherwise(place: Place, rendered: &str) -> Problem {
    Problem::at(place, "does not compile for another reason than its first line says")
        .note(rendered)
        .help("say this error on its first line, or leave the other mistake alone in it")
}

pub(crate) fn refused_twice(place: Place, count: usize, rendered: &str) -> Problem {
    Problem::at(place, format!("must end in one error, and ends in {count}"))
        .note(rendered)
        .help("leave one mistake in it")
}
