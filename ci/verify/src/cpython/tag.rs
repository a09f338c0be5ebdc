//! What a CPython is called: `3.14`, `3.14t` (free-threaded), `3.14-wasm` (Pyodide).

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::build_kind::Build;

/// A column of every record: CPython 3.`minor`, built as `build`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// The `N` of CPython 3.N.
    pub minor: u8,
    /// How it was built.
    pub build: Build,
}

impl Tag {
    /// The newest release among `tags`: the newest default build, or else the newest of all.
    pub fn newest<'a>(tags: impl IntoIterator<Item = &'a Tag>) -> Option<Tag> {
        tags.into_iter().copied().max_by_key(|tag| (tag.build == Build::Gil, tag.minor, tag.build))
    }

    /// Whether interpreters of this tag have a column in the records.
    pub fn has_column(self) -> bool {
        self.build.has_column()
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "3.{}{}", self.minor, self.build.suffix())
    }
}

impl FromStr for Tag {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a tag such as 3.9, 3.14t or 3.14-wasm");
        let rest = text.strip_prefix("3.").ok_or_else(wrong)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let build = Build::from_suffix(&rest[digits..]).ok_or_else(wrong)?;
        let minor = rest[..digits].parse().map_err(|_| wrong())?;
        Ok(Tag { minor, build })
    }
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Tag, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// `tags` one by one, for a page's script.
pub fn list(tags: &[Tag]) -> String {
    tags.iter().map(Tag::to_string).collect::<Vec<_>>().join(" ")
}

/// `tags`, which are in order, as a reader writes them: `3.9–3.11, 3.14t`.
///
/// A run of neighbours in `among` (the tags that could have been named) becomes a range;
/// builds of another kind are named one by one.
pub fn ranges(tags: &[Tag], among: &[Tag]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut among: Vec<Tag> = among.iter().chain(tags).copied().collect();
    among.sort();
    among.dedup();
    for build in Build::ALL.iter().copied() {
        let all: Vec<Tag> = among.iter().copied().filter(|tag| tag.build == build).collect();
        let mut run: Vec<Tag> = Vec::new();
        for tag in all.iter().map(Some).chain([None]) {
            match tag {
                Some(tag) if tags.contains(tag) => run.push(*tag),
                _ => {
                    match run.as_slice() {
                        [] => {}
                        [one] => parts.push(one.to_string()),
                        [first, second] => parts.extend([first.to_string(), second.to_string()]),
                        [first, .., last] => parts.push(format!("{first}–{last}")),
                    }
                    run.clear();
                }
            }
        }
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<Tag> {
        text.split(' ').map(|tag| tag.parse().unwrap()).collect()
    }

    #[test]
    fn a_tag_prints_as_it_was_written() {
        for text in ["3.9", "3.15", "3.14t", "3.14-wasm", "3.14d"] {
            assert_eq!(text.parse::<Tag>().unwrap().to_string(), text);
        }
        for text in ["", "3", "3.", "3.x", "2.7", "3.14w", "3.999"] {
            assert!(text.parse::<Tag>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_newest_release_is_a_default_build() {
        assert_eq!(Tag::newest(&tags("3.9 3.14 3.15t")).unwrap().to_string(), "3.14");
        assert_eq!(Tag::newest(&tags("3.14t 3.15t")).unwrap().to_string(), "3.15t");
    }

    #[test]
    fn neighbours_become_a_range() {
        let among = tags("3.9 3.10 3.11 3.12 3.14 3.14t");
        let named = |text| ranges(&tags(text), &among);
        assert_eq!(named("3.9 3.10 3.11 3.14t"), "3.9–3.11, 3.14t");
        assert_eq!(named("3.9 3.10 3.12 3.14"), "3.9, 3.10, 3.12, 3.14");
        assert_eq!(named("3.11 3.12 3.14"), "3.11–3.14");
        assert_eq!(named("3.14 3.77"), "3.14, 3.77");
    }
}
