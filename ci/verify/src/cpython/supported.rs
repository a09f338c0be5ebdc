//! The CPythons of which each record has a column.
//!
//! They stand in `supported.json` and nowhere else: what is required of a whole run, what `doctor`
//! misses, which interpreters are looked for and which are too old or too new all follow from it.

use std::sync::LazyLock;

use super::build_kind::Build;
use super::tag::Tag;

static SUPPORTED: LazyLock<Vec<Tag>> = LazyLock::new(|| {
    let tags: Vec<Tag> = serde_json::from_str(include_str!("supported.json"))
        .expect("supported.json is a list of tags");
    assert!(tags.is_sorted_by_key(|tag| (tag.build, tag.minor)), "supported.json is in order");
    tags
});

/// The tags of the records' columns: the default builds from old to new, then the others.
pub fn supported() -> &'static [Tag] {
    &SUPPORTED
}

/// The oldest release.
pub fn oldest() -> Tag {
    SUPPORTED[0]
}

/// The newest release.
pub fn newest() -> Tag {
    Tag::newest(supported()).expect("there is one")
}

/// The CPython of the pages: Pyodide's.
pub fn pyodide() -> Tag {
    let pyodide = SUPPORTED.iter().find(|tag| tag.build == Build::Wasm);
    *pyodide.expect("supported.json has one")
}

/// The `N` of every CPython 3.N from the oldest to the newest.
pub fn minors() -> impl DoubleEndedIterator<Item = u8> {
    oldest().minor..=newest().minor
}

/// Every tag that a CPython of these releases can have, from old to new.
pub fn possible() -> Vec<Tag> {
    minors().flat_map(|minor| Build::ALL.iter().map(move |&build| Tag { minor, build })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_releases_in_a_row_and_one_pyodide() {
        let minors: Vec<u8> = minors().collect();
        let releases = supported().iter().filter(|tag| tag.build == Build::Gil);
        assert_eq!(releases.map(|tag| tag.minor).collect::<Vec<u8>>(), minors);
        assert_eq!(supported().iter().filter(|tag| tag.build == Build::Wasm).count(), 1);
        assert!(supported().iter().all(|tag| tag.has_column()));
    }
}
