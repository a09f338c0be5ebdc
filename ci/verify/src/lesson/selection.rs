//! Which CPythons something is for, as keys say it: `since="3.12"`, `not_on="wasm"`.

use crate::cpython::{Build, Tag};
use crate::message;

/// The CPythons that a cell, or a part of a picture, is for. By itself it is for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The first CPython 3.N.
    pub since: Option<u8>,
    /// The last CPython 3.N.
    pub until: Option<u8>,
    /// The builds; empty for all.
    pub on: Vec<Build>,
    /// The builds that are left out.
    pub not_on: Vec<Build>,
}

impl Selection {
    /// The keys that select.
    pub const KEYS: [&str; 4] = ["since", "until", "on", "not_on"];

    /// Sets what `key`, one of [`Selection::KEYS`], says.
    ///
    /// # Errors
    ///
    /// What the key takes, if that is not `value`; nothing selects by another key.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "since" => self.since = Some(minor(value)?),
            "until" => self.until = Some(minor(value)?),
            "on" => self.on = builds(value)?,
            "not_on" => self.not_on = builds(value)?,
            _ => return Err(message::takes_one_of(&Selection::KEYS)),
        }
        Ok(())
    }

    /// Whether it is for CPythons of this tag.
    pub fn includes(&self, tag: Tag) -> bool {
        let build = tag.build.as_cells_name_it();
        self.since.is_none_or(|since| since <= tag.minor)
            && self.until.is_none_or(|until| tag.minor <= until)
            && (self.on.is_empty() || self.on.contains(&build))
            && !self.not_on.contains(&build)
    }
}

fn minor(value: &str) -> Result<u8, String> {
    let minor = value.strip_prefix("3.").and_then(|minor| minor.parse().ok());
    minor.ok_or_else(message::takes_a_version)
}

fn builds(value: &str) -> Result<Vec<Build>, String> {
    let found: Option<Vec<Build>> = value.split_whitespace().map(Build::from_word).collect();
    found.filter(|builds| !builds.is_empty()).ok_or_else(|| {
        let named = Build::ALL.iter().filter(|build| build.has_column());
        message::takes_some_of(&named.map(|build| build.word()).collect::<Vec<_>>())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_select_by_version_and_by_build() {
        let selects = |keys: &[(&str, &str)], tag: &str| {
            let mut selection = Selection::default();
            keys.iter().for_each(|(key, value)| selection.set(key, value).unwrap());
            selection.includes(tag.parse().unwrap())
        };
        assert!(selects(&[], "3.9") && selects(&[], "3.14-wasm"));
        assert!(selects(&[("since", "3.12")], "3.12") && !selects(&[("since", "3.12")], "3.11"));
        assert!(selects(&[("until", "3.13")], "3.13") && !selects(&[("until", "3.13")], "3.14t"));
        assert!(selects(&[("on", "gil")], "3.14d") && !selects(&[("on", "gil")], "3.14t"));
        assert!(!selects(&[("not_on", "wasm free-threaded")], "3.14t"));
    }
}
