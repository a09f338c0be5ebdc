//! How much a chapter asks a reader to read at one go.

use verify::{Place, Problem};

use crate::message;
use crate::read::words::words;

/// The most words that the main text of a chapter may have: about half an hour.
pub(crate) const MOST_WORDS: usize = 3500;

/// What is wrong with the length of the chapter at `place`, whose directives are replaced in
/// `page`.
pub(crate) fn check(place: Place, page: &str) -> Option<Problem> {
    let words = words(page);
    (words > MOST_WORDS).then(|| message::too_long(place, words, MOST_WORDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_that_is_too_long_is_named_with_its_words_and_the_limit() {
        let place = || Place::file("book/a.md");
        assert_eq!(check(place(), &"word ".repeat(MOST_WORDS)), None);
        let said = check(place(), &"word ".repeat(MOST_WORDS + 1)).unwrap().to_string();
        assert!(said.starts_with("book/a.md: expected at most 3500 words"), "{said}");
        assert!(said.contains("found 3501"), "{said}");
    }
}
