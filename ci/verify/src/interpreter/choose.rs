//! Which of several interpreters is taken.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::probe::{Interpreter, Source};
use crate::cpython::Tag;

/// One interpreter per tag: named before `PATH` before the newest patch.
pub fn choose(found: Vec<Interpreter>) -> BTreeMap<Tag, Interpreter> {
    let mut chosen = BTreeMap::new();
    let mut found: Vec<_> = found.into_iter().enumerate().collect();
    found.sort_by_key(|(index, interpreter)| match interpreter.source {
        // The order in which they were named, or stand on PATH, is the user's own.
        Source::Named | Source::Path | Source::Npm => (interpreter.source, Reverse(0), *index),
        Source::Pyenv | Source::Uv => (Source::Pyenv, Reverse(interpreter.patch()), *index),
    });
    for (_, interpreter) in found {
        chosen.entry(interpreter.tag).or_insert(interpreter);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::cpython::oldest;

    #[test]
    fn of_two_with_one_tag_the_named_one_then_path_then_the_newest_patch() {
        let found = |source, version: &str| Interpreter {
            tag: oldest(),
            version: version.to_owned(),
            executable: PathBuf::new(),
            source,
        };
        let pick = |found| choose(found)[&oldest()].version.clone();
        let old = || found(Source::Pyenv, "3.9.2");
        let new = || found(Source::Uv, "3.9.18");
        assert_eq!(pick(vec![old(), new()]), "3.9.18");
        assert_eq!(pick(vec![old(), new(), found(Source::Path, "3.9.1")]), "3.9.1");
        let named = vec![
            found(Source::Path, "3.9.1"),
            found(Source::Named, "3.9.0"),
            found(Source::Named, "3.9.3"),
        ];
        assert_eq!(pick(named), "3.9.0");
    }
}
