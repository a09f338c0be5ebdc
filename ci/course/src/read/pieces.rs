//! A chapter in the pieces between its resting places.

use std::ops::Range;

use super::directive::Directive;
use super::kind::Kind;
use super::markdown::line_of;
use super::minutes::minutes;
use super::words::words;

/// What is read at one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The line where it begins, counted from 1.
    pub(crate) line: usize,
    /// The heading of its first section, in Markdown.
    pub(crate) section: Option<String>,
    /// How long it takes.
    pub(crate) minutes: usize,
}

/// The pieces of the chapter `text`, whose directives stand in its order.
pub(crate) fn pieces(text: &str, directives: &[Directive]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = directives;
    let mut start = 0;
    loop {
        let count = rest.iter().take_while(|it| it.kind != Kind::Rest).count();
        let (inside, after) = rest.split_at(count);
        let end = after.first().map_or(text.len(), |it| it.range.start);
        let line = line_of(text, start);
        let prose = prose(text, start..end, inside);
        let minutes = minutes(words(&prose), inside.iter().map(|it| &it.kind));
        let section = prose.lines().find_map(|line| line.strip_prefix("## ").map(str::to_owned));
        pieces.push(Piece { line, section, minutes });
        let Some((place, after)) = after.split_first() else { return pieces };
        (start, rest) = (place.range.end, after);
    }
}

/// What stands in `range` of `text` beside its directives; a bound value is a word.
fn prose(text: &str, range: Range<usize>, directives: &[Directive]) -> String {
    let mut prose = String::new();
    let mut start = range.start;
    for directive in directives {
        prose.push_str(&text[start..directive.range.start]);
        prose.push_str(if directive.kind.is_inline() { "value" } else { "" });
        start = directive.range.end;
    }
    prose + &text[start..range.end]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{directive, markdown};
    use super::*;

    fn of(text: &str) -> Vec<(usize, usize)> {
        let (directives, problems) =
            directive::find(Path::new("a.md"), text, &markdown::parts(text));
        assert_eq!(problems, []);
        pieces(text, &directives).into_iter().map(|it| (it.line, it.minutes)).collect()
    }

    #[test]
    fn a_chapter_without_a_resting_place_is_one_piece() {
        assert_eq!(of("# A\n"), [(1, 1)]);
        assert_eq!(of(""), [(1, 0)]);
    }

    #[test]
    fn a_resting_place_ends_a_piece_and_begins_the_next() {
        let long = "word ".repeat(1400);
        let text = format!("# A\n\n{long}\n\n{{{{#rest}}}}\n\nIt is {{{{#value a: b}}}}.\n");
        assert_eq!(of(&text), [(1, 11), (5, 1)]);
        assert_eq!(of(&format!("{text}\n{{{{#rest}}}}\n{long}")), [(1, 11), (5, 1), (9, 10)]);
    }

    #[test]
    fn a_piece_is_known_by_its_first_section() {
        let text = "# A\n\n{{#rest}}\n\n## B `c`\n\n## D\n\n{{#rest}}\n\nno more\n";
        let found =
            pieces(text, &directive::find(Path::new("a.md"), text, &markdown::parts(text)).0);
        let sections: Vec<Option<&str>> = found.iter().map(|it| it.section.as_deref()).collect();
        assert_eq!(sections, [None, Some("B `c`"), None]);
    }

    #[test]
    fn a_directive_is_no_word() {
        let cells = "{{#edges word_word_word}}\n\n".repeat(500);
        assert_eq!(of(&cells), [(1, 0)]);
    }
}
