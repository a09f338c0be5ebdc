//! What a directive can ask for, and how each is written.

use verify::{Place, Problem, Tag};

use super::clinic::Verdict;
use crate::message;

/// What a directive asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A part of a lesson's file: `tuple/src/raw.rs:reverse_tuple`; where it is long, the lines
    /// `around` these words stand and the others unfold.
    Listing { topic: String, file: String, anchor: Option<String>, around: Vec<String> },
    /// A function of both sides, `raw` beside `safe`; `around` is about `raw`.
    Pair { topic: String, name: String, around: Vec<String> },
    /// A cell and what it printed.
    Cell { topic: String, name: String },
    /// A question; what explains its answer follows, up to [`Kind::Answered`].
    Predict { topic: String, name: String },
    /// The end of what explains an answer.
    Answered,
    /// A question that an earlier chapter has asked.
    Again { topic: String, name: String },
    /// All questions by chapter, and what the reader made of them.
    Questions,
    /// All edge cases of a lesson, folded.
    Edges { topic: String },
    /// A bound expression, in the text.
    Value { topic: String, expression: String, on: Option<Tag>, as_word: bool },
    /// A wrong function as its difference from the right one.
    Diff { topic: String, function: String },
    /// What must not compile, and what the compiler said.
    Refused { topic: String, name: String },
    /// Who owns what: `tuple.dot` beside the chapter.
    Picture { topic: String },
    /// The bugs of all lessons, or those with this verdict.
    Clinic { verdict: Option<Verdict> },
    /// The lecture's cells and claims: `notebook.toml` beside the chapter.
    Notebook { claims: bool },
    /// What calls have left behind, by function: a bound expression in which `*` stands for each
    /// of some words.
    Tally { topic: String, expression: String, words: Vec<String> },
    /// How much there is in the book, and on what it was run.
    Facts,
    /// The ways through the book: `routes.toml`.
    Routes,
    /// All chapters, by part.
    Map,
    /// A good place to stop.
    Rest,
}

/// One kind of directive: its name, how it is written, and what reads the rest of it: `None`
/// where that is written otherwise, an error with what stands in `on=` and is no tag.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) examples: &'static str,
    pub(super) read: fn(&str) -> Result<Option<Kind>, String>,
}

/// The directives there are. A name without a reader cannot stand here.
pub(super) const FORMS: [Form; 19] = [
    Form {
        name: "listing",
        examples: "{{#listing tuple/src/raw.rs:reverse_tuple}}` or `{{#listing list/src/raw.rs:walk around=\"PyIter_Next, PyList_Append\"}}",
        read: listing,
    },
    Form {
        name: "pair",
        examples: "{{#pair tuple:reverse_tuple}}` or `{{#pair list:next around=\"PyIter_Next\"}}",
        read: pair,
    },
    Form {
        name: "cell",
        examples: "{{#cell tuple:reverse}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Cell { topic, name })),
    },
    Form {
        name: "edges",
        examples: "{{#edges tuple}}",
        read: |rest| Ok(word(rest).map(|topic| Kind::Edges { topic })),
    },
    Form { name: "value", examples: "{{#value tuple: after - before}}", read: value },
    Form {
        name: "predict",
        examples: "{{#predict tuple:item_of_both}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Predict { topic, name })),
    },
    Form {
        name: "answered",
        examples: "{{#answered}}",
        read: |rest| Ok(alone(rest, Kind::Answered)),
    },
    Form {
        name: "again",
        examples: "{{#again tuple:item_of_both}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Again { topic, name })),
    },
    Form {
        name: "questions",
        examples: "{{#questions}}",
        read: |rest| Ok(alone(rest, Kind::Questions)),
    },
    Form {
        name: "diff",
        examples: "{{#diff tuple:reverse_tuple_leaks_result}}",
        read: |rest| Ok(named(rest, |topic, function| Kind::Diff { topic, function })),
    },
    Form {
        name: "refused",
        examples: "{{#refused tuple:moved}}",
        read: |rest| Ok(named(rest, |topic, name| Kind::Refused { topic, name })),
    },
    Form {
        name: "picture",
        examples: "{{#picture tuple}}",
        read: |rest| Ok(word(rest).map(|topic| Kind::Picture { topic })),
    },
    Form {
        name: "clinic",
        examples: "{{#clinic}}`, `{{#clinic refused}}`, `{{#clinic harmless}}` or `{{#clinic still yours}}",
        read: clinic,
    },
    Form {
        name: "notebook",
        examples: "{{#notebook cells}}` or `{{#notebook claims}}",
        read: |rest| Ok(part_of_notebook(rest).map(|claims| Kind::Notebook { claims })),
    },
    Form {
        name: "tally",
        examples: "{{#tally tuple: rose[*] of safe raw wrong}}",
        read: |rest| Ok(tally(rest)),
    },
    Form { name: "facts", examples: "{{#facts}}", read: |rest| Ok(alone(rest, Kind::Facts)) },
    Form { name: "routes", examples: "{{#routes}}", read: |rest| Ok(alone(rest, Kind::Routes)) },
    Form { name: "map", examples: "{{#map}}", read: |rest| Ok(alone(rest, Kind::Map)) },
    Form { name: "rest", examples: "{{#rest}}", read: |rest| Ok(alone(rest, Kind::Rest)) },
];

impl Kind {
    /// The lesson it is about; empty where it is about all of them.
    pub(crate) fn topic(&self) -> &str {
        match self {
            Kind::Listing { topic, .. }
            | Kind::Pair { topic, .. }
            | Kind::Cell { topic, .. }
            | Kind::Predict { topic, .. }
            | Kind::Again { topic, .. }
            | Kind::Edges { topic }
            | Kind::Value { topic, .. }
            | Kind::Diff { topic, .. }
            | Kind::Refused { topic, .. }
            | Kind::Picture { topic }
            | Kind::Tally { topic, .. } => topic,
            Kind::Answered
            | Kind::Questions
            | Kind::Clinic { .. }
            | Kind::Notebook { .. }
            | Kind::Facts
            | Kind::Routes
            | Kind::Map
            | Kind::Rest => "",
        }
    }

    /// Whether it stands in a line of text; all others stand on lines of their own.
    pub(crate) fn is_inline(&self) -> bool {
        matches!(self, Kind::Value { .. })
    }
}

/// The expression of a tally for `word`, which is a string in it.
pub(crate) fn of_tally(expression: &str, word: &str) -> String {
    expression.replace('*', &format!("\"{word}\""))
}

/// What the directive `name`, with `rest` behind its name, asks for.
///
/// # Errors
///
/// There is no such directive, or it is written otherwise.
pub(super) fn parse(name: &str, rest: &str, place: &Place) -> Result<Kind, Problem> {
    let form = FORMS.iter().find(|form| form.name == name).ok_or_else(|| {
        let known: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
        message::unknown_directive(place.clone(), name, &known)
    })?;
    let read = (form.read)(rest).map_err(|on| message::value_on_no_tag(place.clone(), &on))?;
    read.ok_or_else(|| message::bad_directive(place.clone(), name, rest, form.examples))
}

/// Reads `tuple/src/raw.rs:reverse around="a, b"`, the anchor and the words if there are any.
fn listing(rest: &str) -> Result<Option<Kind>, String> {
    let Some((part, around)) = around(rest) else { return Ok(None) };
    let Some((topic, path)) = part.split_once('/') else { return Ok(None) };
    let (file, anchor) = match path.split_once(':') {
        Some((file, anchor)) => (file, Some(anchor.to_owned())),
        None => (path, None),
    };
    let inside = !file.is_empty() && !file.split('/').any(|part| part == ".." || part.is_empty());
    let fits = is_word(topic) && inside && anchor.as_deref().is_none_or(is_word);
    let (topic, file) = (topic.to_owned(), file.to_owned());
    Ok(fits.then_some(Kind::Listing { topic, file, anchor, around }))
}

/// Reads `tuple:reverse around="a, b"`, the words if there are any.
fn pair(rest: &str) -> Result<Option<Kind>, String> {
    let Some((part, around)) = around(rest) else { return Ok(None) };
    Ok(named(part, |topic, name| Kind::Pair { topic, name, around }))
}

/// Parts `rest` from the words in `around="a, b"` at its end.
fn around(rest: &str) -> Option<(&str, Vec<String>)> {
    let Some((part, words)) = rest.split_once(" around=") else { return Some((rest, Vec::new())) };
    let words = words.strip_prefix('"')?.strip_suffix('"')?.split(',');
    let words: Vec<String> = words.map(|word| word.trim().to_owned()).collect();
    let fits = words.iter().all(|word| !word.is_empty());
    fits.then(|| (part.trim_end(), words))
}

/// Reads `tuple:reverse`.
fn named(rest: &str, kind: impl FnOnce(String, String) -> Kind) -> Option<Kind> {
    let (topic, name) = rest.split_once(':')?;
    Some(kind(word(topic)?, word(name.trim())?))
}

/// Reads `tuple: after - before as=word on=3.11`.
fn value(rest: &str) -> Result<Option<Kind>, String> {
    let Some((topic, rest)) = rest.split_once(':') else { return Ok(None) };
    let (mut expression, mut on, mut as_word) = (rest.trim(), None, false);
    while let Some((before, option)) = expression.rsplit_once(char::is_whitespace) {
        if option == "as=word" {
            as_word = true;
        } else if let Some(tag) = option.strip_prefix("on=") {
            on = Some(tag.parse().map_err(|_| tag.to_owned())?);
        } else {
            break;
        }
        expression = before.trim_end();
    }
    let expression = expression.to_owned();
    let topic = word(topic).filter(|_| !expression.is_empty());
    Ok(topic.map(|topic| Kind::Value { topic, expression, on, as_word }))
}

/// Reads a verdict, or nothing.
fn clinic(rest: &str) -> Result<Option<Kind>, String> {
    let verdict = Verdict::from_word(rest);
    Ok((rest.is_empty() || verdict.is_some()).then_some(Kind::Clinic { verdict }))
}

/// Reads `tuple: rose[*] of safe raw wrong`.
fn tally(rest: &str) -> Option<Kind> {
    let (topic, rest) = rest.split_once(':')?;
    let (expression, words) = rest.rsplit_once(" of ")?;
    let (topic, expression) = (word(topic)?, expression.trim().to_owned());
    let words: Vec<String> = words.split_whitespace().map(word).collect::<Option<_>>()?;
    let fits = expression.contains('*') && !words.is_empty();
    fits.then_some(Kind::Tally { topic, expression, words })
}

/// What has nothing behind its name.
fn alone(rest: &str, kind: Kind) -> Option<Kind> {
    rest.is_empty().then_some(kind)
}

fn part_of_notebook(rest: &str) -> Option<bool> {
    [("cells", false), ("claims", true)].into_iter().find(|(word, _)| *word == rest).map(|it| it.1)
}

fn word(text: &str) -> Option<String> {
    is_word(text).then(|| text.to_owned())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}
