//! A bound expression in the text.

use verify::cpython::{self, tag};
use verify::record::Stale;
use verify::record::{OutputGroup, text_for};
use verify::{Place, Problem, Tag};

use super::escape::inline;
use crate::message;
use crate::read::lessons::LessonData;

const WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// The value on tag `on`, or on the newest release, with those of other tags in brackets.
///
/// # Errors
///
/// `on` is a tag for which nothing is recorded.
pub(crate) fn value(
    data: &LessonData,
    expression: &str,
    on: Option<Tag>,
    as_word: bool,
    place: &Place,
) -> Result<String, Problem> {
    let (topic, recorded) = (&data.lesson.topic, data.record.value(expression));
    let was = recorded.map_or(&[][..], |recorded| &recorded.was);
    let tags: Vec<Tag> = was.iter().flat_map(|shared| shared.tags.iter().copied()).collect();
    let Some(newest) = Tag::newest(&tags) else {
        return Ok(missing("not recorded", topic));
    };
    let shown = on.unwrap_or(newest);
    let text = text_for(was, shown)
        .ok_or_else(|| message::no_value_on(place.clone(), topic, expression, shown, &tags))?;
    let word = |text: &str| if as_word { in_words(text) } else { text.to_owned() };
    let write = |text: &str| inline(&word(text));
    let differ = on.is_none() && was.len() > 1;
    let was = by_newest(was, newest);
    let switch =
        if differ { format!(" data-was=\"{}\"", switch(&was, word)) } else { String::new() };
    let mut html = format!("<span class=\"value\"{switch}>{}</span>", write(text));
    if differ {
        let all = data.record.tags();
        let others: Vec<String> = was[1..]
            .iter()
            .map(|shared| format!("{} on {}", write(&shared.text), tag::ranges(&shared.tags, &all)))
            .collect();
        html.push_str(&format!(" <span class=\"value-others\">({})</span>", others.join("; ")));
    }
    let mut stale = data.stale_tags(&Stale::Value(expression.to_owned()));
    stale.retain(|tag| on.is_none_or(|on| on == *tag));
    if !stale.is_empty() {
        let what = format!("out of date on {}", tag::ranges(&stale, &cpython::possible()));
        html.push_str(&format!(" {}", missing(&what, topic)));
    }
    Ok(html)
}

/// What the value was, that of the newest release first.
fn by_newest(was: &[OutputGroup], newest: Tag) -> Vec<&OutputGroup> {
    let mut was: Vec<&OutputGroup> = was.iter().collect();
    was.sort_by_key(|shared| !shared.tags.contains(&newest));
    was
}

/// What the value was on each tag, for the page's script.
fn switch(was: &[&OutputGroup], word: impl Fn(&str) -> String) -> String {
    let texts = was.iter().map(|shared| [tag::list(&shared.tags), word(&shared.text)]);
    inline(&serde_json::json!(texts.collect::<Vec<_>>()).to_string())
}

/// What is wrong with a value, and the command that mends it.
fn missing(what: &str, topic: &str) -> String {
    format!(
        "<span class=\"value missing\">({what}: <code>cargo course regen {topic}</code>)</span>"
    )
}

/// A small number as a word; anything else as it is.
fn in_words(text: &str) -> String {
    let number = text.parse().ok().and_then(|number: usize| WORDS.get(number));
    number.map_or_else(|| text.to_owned(), |word| (*word).to_owned())
}
