//! As many solid arrows lead into a box of a picture as a run has counted.

use verify::lesson::Session;
use verify::record::text_for;
use verify::{Problems, Record, Tag};

use super::{number, typed_numbers};
use crate::message;
use crate::read::picture::Picture;

/// The numbers in its words that nothing holds to a run. One that stands in the `session` is held
/// by that, and one that counts a box's owners by [`miscounted`].
pub(crate) fn typed(picture: &Picture, session: &Session) -> Problems {
    let owners: Vec<usize> = picture.counted().map(|(node, _)| picture.owners(node)).collect();
    let is_bound = |number: &str| {
        let owns = number::value(number).is_some_and(|number| owners.contains(&number));
        owns || session.mentions(number)
    };
    let sentences = picture.sentences.iter();
    sentences.flat_map(|it| typed_numbers::sentence(&picture.path, it, &is_bound)).collect()
}

/// The boxes into which more or fewer solid arrows lead than were counted. What is not
/// recorded yet is not judged: it is stale.
pub(crate) fn miscounted(picture: &Picture, record: &Record) -> Problems {
    let mut problems = Problems::new();
    for (node, expression) in picture.counted() {
        let drawn = picture.owners(node);
        let was = record.value(expression).map_or(&[][..], |value| &value.was);
        let tags: Vec<Tag> = was.iter().flat_map(|shared| shared.tags.clone()).collect();
        if let Some(on) = node.on.filter(|on| !tags.is_empty() && !tags.contains(on)) {
            let place = picture.place(node);
            problems.push(message::picture_not_recorded(place, expression, on));
        }
        for tag in tags.into_iter().filter(|tag| node.on.is_none_or(|on| on == *tag)) {
            let counted = text_for(was, tag).unwrap_or_default();
            if counted.trim().parse() != Ok(drawn) {
                let problem = message::miscounted(
                    picture.place(node),
                    &node.name,
                    drawn,
                    expression,
                    counted,
                );
                problems.push(problem.on(tag));
            }
        }
    }
    problems
}
