//! What calls have left behind, by function: a leak made visible.

use verify::{Place, Problem};

use super::escape::block;
use super::value::value;
use crate::message;
use crate::read::kind::of_tally;
use crate::read::lessons::LessonData;

/// How calls of a function keep their accounts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Balance {
    Even,
    TooMany,
    TooFew,
}

/// A row for each of `words`, which name functions.
///
/// # Errors
///
/// What an expression gives is no number, or is a leak on one CPython and none on another.
pub(super) fn tally(
    data: &LessonData,
    expression: &str,
    words: &[String],
    place: &Place,
) -> Result<String, Problem> {
    let mut rows = String::new();
    for word in words {
        rows.push_str(&row(data, &of_tally(expression, word), word, place)?);
    }
    Ok(format!(
        "<table class=\"tally\"><caption class=\"sr\">References that the calls left behind, by \
         function</caption><thead><tr><th scope=\"col\">function</th><th scope=\"col\">left \
         behind</th><th scope=\"col\">verdict</th></tr></thead><tbody>{rows}</tbody></table>\n"
    ))
}

fn row(data: &LessonData, expression: &str, word: &str, place: &Place) -> Result<String, Problem> {
    let shown = value(data, expression, None, false, place)?;
    let balance = balance(data, expression, place)?;
    let (style, verdict) = match balance {
        None => ("", String::new()),
        Some(Balance::Even) => ("", verdict("right", "balanced")),
        Some(Balance::TooMany) => (" class=\"bad\"", verdict("wrong", "leaks")),
        Some(Balance::TooFew) => (" class=\"bad\"", verdict("wrong", "over-releases")),
    };
    let word = block(word);
    Ok(format!(
        "<tr{style}><th scope=\"row\"><code>{word}</code></th><td class=\"num\">{shown}</td>\
         <td>{verdict}</td></tr>"
    ))
}

fn verdict(style: &str, word: &str) -> String {
    format!("<span class=\"verdict {style}\">{word}</span>")
}

/// The balance on every CPython; `None` where nothing is recorded.
fn balance(data: &LessonData, expression: &str, place: &Place) -> Result<Option<Balance>, Problem> {
    let recorded = data.record.value(expression);
    let was = recorded.map_or(&[][..], |recorded| &recorded.was);
    let mut balances = Vec::new();
    for shared in was {
        let text = shared.text.trim();
        let number: i64 = text
            .parse()
            .map_err(|_| message::tally_of_no_number(place.clone(), expression, text))?;
        balances.push(match number {
            0 => Balance::Even,
            1.. => Balance::TooMany,
            _ => Balance::TooFew,
        });
    }
    if balances.iter().any(|balance| *balance != balances[0]) {
        return Err(message::tally_of_two_minds(place.clone(), expression));
    }
    Ok(balances.first().copied())
}
