//! How many minutes a reader needs.
//!
//! What is assumed of the reader: Rust and Python are known and the C API is not, so prose is
//! read slowly, because each sentence carries something. A listing is read line by line. A cell is read and
//! held against what it printed; a question is thought about before. What is folded, and what
//! is there to look things up in, takes no time of a first reading. All of it is an estimate,
//! so a page shows it in steps of five minutes.

use super::kind::Kind;

/// Words of prose that are read in a minute.
const WORDS: usize = 140;

/// The step in which a page shows minutes.
const STEP: usize = 5;

/// The minutes for `words` of prose with what `kinds` ask for between them.
pub(crate) fn minutes<'a>(words: usize, kinds: impl Iterator<Item = &'a Kind>) -> usize {
    let seconds: usize = kinds.map(seconds).sum();
    (words * 60 + seconds * WORDS).div_ceil(60 * WORDS)
}

/// `minutes` as a page shows them.
pub(crate) fn in_steps(minutes: usize) -> usize {
    ((minutes + STEP / 2) / STEP * STEP).max(STEP)
}

/// The seconds that a reader spends on what a directive asks for.
fn seconds(kind: &Kind) -> usize {
    match kind {
        Kind::Pair { .. } => 75,
        Kind::Listing { .. } | Kind::Picture { .. } => 45,
        Kind::Cell { .. } | Kind::Diff { .. } | Kind::Refused { .. } => 30,
        Kind::Predict { .. } | Kind::Again { .. } => 60,
        Kind::Answered
        | Kind::Questions
        | Kind::Edges { .. }
        | Kind::Value { .. }
        | Kind::Clinic { .. }
        | Kind::Notebook { .. }
        | Kind::Tally { .. }
        | Kind::Facts
        | Kind::Routes
        | Kind::Map
        | Kind::Rest => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_those_of_the_words_and_of_what_stands_between_them() {
        let named = |kind: fn(String, String) -> Kind| kind("tuple".into(), "a".into());
        let cell = named(|topic, name| Kind::Cell { topic, name });
        let question = named(|topic, name| Kind::Predict { topic, name });
        assert_eq!(minutes(0, [].iter()), 0);
        assert_eq!(minutes(1400, [].iter()), 10);
        assert_eq!(minutes(1401, [].iter()), 11);
        assert_eq!(minutes(1400, [cell.clone(), cell.clone(), cell.clone()].iter()), 12);
        let two = |kind: Kind| minutes(0, [kind.clone(), kind].iter());
        assert!(two(question) > two(cell));
        assert_eq!(minutes(0, [Kind::Edges { topic: "tuple".into() }].iter()), 0);
    }

    #[test]
    fn minutes_are_shown_in_steps() {
        for (minutes, shown) in [(0, 5), (1, 5), (7, 5), (8, 10), (12, 10), (13, 15), (32, 30)] {
            assert_eq!(in_steps(minutes), shown, "{minutes}");
        }
    }
}
