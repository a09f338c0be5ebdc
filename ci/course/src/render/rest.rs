//! A good place to stop.

use super::duration::duration;
use super::sentence::linkless;
use crate::read::minutes::in_steps;
use crate::read::pieces::Piece;

/// The resting place between `before`, all that was read, and the pieces after it.
pub(super) fn rest(before: &[Piece], after: &[Piece]) -> String {
    let minutes = |pieces: &[Piece]| in_steps(pieces.iter().map(|piece| piece.minutes).sum());
    let next = after.first().map(|next| {
        let section = next.section.as_deref().map(|title| format!("<b>{}</b>, ", linkless(title)));
        let time = duration(in_steps(next.minutes));
        format!("<p class=\"next-up\">Next: {}about {time}.</p>", section.unwrap_or_default())
    });
    format!(
        "<aside class=\"rest\" aria-label=\"Resting place {} of {}\"><p><b>A good place to stop.</b> \
         About {} are behind you, and {} are left.</p>{}</aside>\n",
        before.len(),
        before.len() + after.len() - 1,
        duration(minutes(before)),
        duration(minutes(after)),
        next.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_says_how_far_one_is_and_how_far_it_is_to_the_next() {
        let piece = |minutes, section: &str| {
            let section = Some(section.to_owned());
            Piece { line: 1, section, minutes }
        };
        let html = rest(&[piece(9, ""), piece(8, "")], &[piece(11, "`a` <b>"), piece(12, "")]);
        assert!(html.contains("About 15 min are behind you, and 25 min are left."), "{html}");
        assert!(html.contains("Next: <b><code>a</code></b>, about 10 min."), "{html}");
        assert!(html.contains("aria-label=\"Resting place 2 of 3\""), "{html}");
        assert_eq!(html.lines().count(), 1);
    }
}
