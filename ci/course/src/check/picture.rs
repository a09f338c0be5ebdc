//! As many solid arrows lead into a box of a picture as a run has counted, on every CPython.

use verify::cpython;
use verify::lesson::Session;
use verify::record::text_for;
use verify::{Problems, Record, Tag};

use super::{number, typed_numbers};
use crate::message;
use crate::read::picture::Picture;

/// The numbers in its words that nothing holds to a run. One that stands in the `session` is held
/// by that, and one that counts a box's owners on every CPython by [`miscounted`].
pub(crate) fn typed(picture: &Picture, session: &Session) -> Problems {
    let tags = cpython::supported();
    let owners: Vec<usize> = picture
        .counted()
        .filter_map(|(node, _)| {
            let mut everywhere = tags.iter().map(|tag| picture.owners(node, *tag));
            let owners = everywhere.next()?;
            everywhere.all(|other| other == owners).then_some(owners)
        })
        .collect();
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
        let was = record.value(expression).map_or(&[][..], |value| &value.was);
        let tags: Vec<Tag> = was.iter().flat_map(|shared| shared.tags.clone()).collect();
        let place = || picture.place(node);
        if !tags.is_empty() {
            let unknown = node.immortal.iter().filter(|tag| !tags.contains(tag));
            let problem = |tag| message::immortal_not_recorded(place(), expression, tag);
            problems.extend(unknown.copied().map(problem));
        }
        for tag in tags.into_iter().filter(|tag| node.selection.includes(*tag)) {
            let counted = text_for(was, tag).unwrap_or_default();
            let count: Option<usize> = counted.trim().parse().ok();
            let (drawn, name) = (picture.owners(node, tag), &node.name);
            let problem = match node.immortal.contains(&tag) {
                true if count.is_none_or(|count| count < IMMORTAL) => {
                    message::not_immortal(place(), name, expression, counted)
                }
                false if count != Some(drawn) => {
                    message::miscounted(place(), name, drawn, expression, counted)
                }
                _ => continue,
            };
            problems.push(problem.on(tag));
        }
    }
    problems
}

/// Every CPython gives immortals a count that is at least this, and no picture has as many arrows.
const IMMORTAL: usize = 1 << 29;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use verify::record::{OutputGroup, RecordedValue};

    use super::*;
    use crate::read::dot;

    /// What is wrong with a picture of two arrows, of which the second has `keys`, and of an object
    /// that has `more`. It has been counted: two owners up to 3.13, then one, and immortal on 3.14t.
    fn said(keys: &str, more: &str) -> Vec<String> {
        let text = format!(
            "digraph a {{\n a\n b\n item [shape=box, count=n{more}]\n a -> item\n \
             b -> item [{keys}]\n}}"
        );
        let picture = dot::read(Path::new("book/a.dot"), &text).unwrap();
        let was = |tags: &str, text: &str| OutputGroup {
            tags: tags.split(' ').map(|tag| tag.parse().unwrap()).collect(),
            text: text.to_owned(),
        };
        let was = vec![was("3.9 3.13", "2"), was("3.14 3.15", "1"), was("3.14t", "3221225472")];
        let value = RecordedValue { expression: "n".to_owned(), cells: Vec::new(), was };
        let record = Record { values: vec![value], ..Record::default() };
        miscounted(&picture, &record).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn arrows_are_counted_on_every_cpython() {
        assert_eq!(said("until=\"3.13\"", ", immortal=\"3.14t\""), [""; 0]);
        assert_eq!(said("on=gil, until=\"3.13\"", ", immortal=\"3.14t\""), [""; 0]);
        let all = said("", "");
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[0].starts_with(
            "book/a.dot:4: `item`: expected 1 solid arrows, as `n` says, found 2 on CPython 3.14"
        ));
        assert!(all[2].contains("expected 3221225472 solid arrows"), "{all:?}");
        assert_eq!(said("until=\"3.12\"", ", immortal=\"3.14t\"").len(), 1);
    }

    #[test]
    fn what_is_said_to_be_immortal_is() {
        let not = said("until=\"3.13\"", ", immortal=\"3.14t 3.15\"");
        assert!(not[0].contains("expected the count of an immortal, as `immortal` says, found 1"));
        let unknown = said("until=\"3.13\"", ", immortal=\"3.14t 3.12\"");
        assert!(unknown[0].contains("`n`: expected it recorded on CPython 3.12, found none"));
    }
}
