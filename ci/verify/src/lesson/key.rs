//! The keys that a cell's marker may carry: what each is called, takes, and sets.

use std::sync::Arc;

use strum::{EnumString, VariantNames};

use super::cell::Cell;
use super::packages::{Package, Pins};
use super::signal::{SIGNALS, signal_number};
use crate::message;

/// A key, in the order in which they are explained. A name in a marker is the variant's, `not_on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Key {
    /// The class of the exception in which the cell must end.
    Raises,
    /// The first CPython that runs it.
    Since,
    /// The last one.
    Until,
    /// The kinds of build that run it.
    On,
    /// Those that do not.
    NotOn,
    /// Why the browser does not, in a few words for its page.
    Why,
    /// The commands it starts.
    Needs,
    /// The packages it imports.
    Packages,
    /// What may differ from run to run.
    Varies,
    /// The signal in which it must end.
    Crashes,
    /// What kind of cell it is.
    Kind,
}

impl Key {
    /// The name of every key.
    pub const NAMES: &[&str] = Key::VARIANTS;

    /// Sets the key of `cell` to `value`, or says what it takes.
    pub(super) fn set(self, cell: &mut Cell, value: &str, pins: &Pins) -> Result<(), String> {
        match self {
            Key::Raises => cell.raises = Some(class_name(value)?),
            Key::Since => cell.selection.set("since", value)?,
            Key::Until => cell.selection.set("until", value)?,
            Key::On => cell.selection.set("on", value)?,
            Key::NotOn => cell.selection.set("not_on", value)?,
            Key::Why => cell.why = Some(few_words(value)?),
            Key::Needs => cell.needs = commands(value)?,
            Key::Packages => cell.packages = packages(value, pins)?,
            Key::Varies => cell.varies = only(value, "integers")?,
            Key::Crashes => cell.crashes = Some(signal(value)?),
            Key::Kind => cell.edge = only(value, "edge")?,
        }
        Ok(())
    }
}

fn class_name(value: &str) -> Result<String, String> {
    let parts = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let fits = !value.is_empty() && value.chars().all(parts);
    fits.then(|| value.to_owned()).ok_or_else(message::takes_a_class)
}

/// The most words that fit where a page says it.
const FEW: usize = 5;

fn few_words(value: &str) -> Result<String, String> {
    let fits = (1..=FEW).contains(&value.split_whitespace().count()) && value == value.trim();
    let fits = fits && !value.contains(char::is_control);
    fits.then(|| value.to_owned()).ok_or_else(|| message::takes_few_words(FEW))
}

fn commands(value: &str) -> Result<Vec<String>, String> {
    let name = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    let words: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
    let fits = !words.is_empty() && words.iter().all(|word| word.chars().all(name));
    fits.then_some(words).ok_or_else(message::takes_commands)
}

fn packages(value: &str, pins: &Pins) -> Result<Vec<Arc<Package>>, String> {
    let found: Option<Vec<Arc<Package>>> =
        value.split_whitespace().map(|name| pins.get(name).cloned()).collect();
    let found = found.filter(|packages| !packages.is_empty());
    found.ok_or_else(|| message::takes_packages(&pins.names()))
}

fn signal(value: &str) -> Result<String, String> {
    signal_number(value).map(|_| value.to_owned()).ok_or_else(|| {
        let names: Vec<&str> = SIGNALS.iter().map(|(name, _)| *name).collect();
        message::takes_one_of(&names)
    })
}

fn only(value: &str, word: &str) -> Result<bool, String> {
    if value == word { Ok(true) } else { Err(message::takes_one_of(&[word])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_by_its_name_and_takes_something() {
        for name in Key::NAMES {
            let key: Key = name.parse().unwrap();
            let takes = key.set(&mut Cell::default(), "\u{0}", &Pins::default()).unwrap_err();
            assert!(!takes.is_empty(), "{name}");
        }
    }
}
