//! Names that a lesson or a chapter cannot have, because somebody else has them.

use std::collections::BTreeMap;

/// What the site has beside its chapters, of mdBook's and of ours, by the stems of the names.
const SITE: [&str; 22] = [
    "404",
    "ayu-highlight",
    "book",
    "clipboard",
    "css",
    "elasticlunr",
    "favicon",
    "fonts",
    "highlight",
    "index",
    "live",
    "mark",
    "offline",
    "print",
    "readme",
    "searcher",
    "searchindex",
    "src",
    "summary",
    "theme",
    "toc",
    "tomorrow-night",
];

/// Files that Windows takes for devices, whatever comes behind a dot.
const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Rust's keywords up to edition 2024, used and reserved.
const RUST: [&str; 53] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "safe",
];

/// Python's keywords up to 3.15, in small letters.
const PYTHON: [&str; 38] = [
    "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del",
    "elif", "else", "except", "false", "finally", "for", "from", "global", "if", "import", "in",
    "is", "lambda", "lazy", "match", "none", "nonlocal", "not", "or", "pass", "raise", "return",
    "true", "try", "while", "with", "yield",
];

/// Names of cargo's own.
const CARGO: [&str; 13] = [
    "alloc",
    "build",
    "core",
    "debug",
    "deps",
    "examples",
    "incremental",
    "package",
    "release",
    "std",
    "target",
    "test",
    "workspace",
];

/// The longest name: files are named after it, with more before and behind it.
const LONGEST: usize = 40;

/// Why no page, and so no lesson, can be called `name`.
pub(crate) fn of_a_page(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if SITE.contains(&name.as_str()) {
        return Some("the built book has a file or a folder of that name");
    }
    DEVICES.contains(&name.as_str()).then_some("Windows takes a file of that name for a device")
}

/// Why no lesson can be on `topic`, whose folder may be there already.
pub(crate) fn of_a_lesson(topic: &str) -> Option<&'static str> {
    if !topic.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some("a name starts with a small letter, a to z");
    }
    if !topic.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        return Some("a name is one word of small letters, a to z, and digits");
    }
    if topic.len() > LONGEST {
        return Some("a name has at most 40 letters, since files are named after it");
    }
    of_a_page(topic)
}

/// Why no new lesson should be on `topic`. Behind `lesson_` a keyword does no harm, as the
/// lesson on `import` shows; but no variable, module or crate can be named after it.
pub(crate) fn of_a_new_lesson(topic: &str) -> Option<&'static str> {
    let keeps = |names: &[&str], why| names.contains(&topic).then_some(why);
    of_a_lesson(topic)
        .or_else(|| keeps(&RUST, "it is a keyword of Rust"))
        .or_else(|| keeps(&PYTHON, "it is a keyword of Python"))
        .or_else(|| keeps(&CARGO, "cargo keeps that name for itself"))
}

/// What two names have in common that a file system without capitals, or a module, takes for one.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// Names of which somebody takes two for one.
pub(crate) fn twins<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Vec<&'a str>> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names {
        groups.entry(folded(name)).or_default().push(name);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_somebody_has_is_refused() {
        for name in
            ["", "Set", "a-b", "a_b", "1a", "é", "set ", "../a", "a.b", "-a", "print", "toc", "404"]
        {
            assert!(of_a_lesson(name).is_some(), "{name}");
        }
        for name in ["index", "searchindex", "con", "nul", "com1", "summary"] {
            assert!(of_a_lesson(name).is_some() && of_a_page(name).is_some(), "{name}");
        }
        assert!(of_a_page("CON").is_some() && of_a_page("Index").is_some());
        assert!(of_a_lesson(&"a".repeat(LONGEST)).is_none());
        assert!(of_a_lesson(&"a".repeat(LONGEST + 1)).is_some());
        for name in ["fn", "gen", "self", "lambda", "class", "test", "core"] {
            assert!(of_a_new_lesson(name).is_some() && of_a_lesson(name).is_none(), "{name}");
        }
        for name in ["set", "sys", "json", "utf8", "import"] {
            assert!(of_a_lesson(name).is_none(), "{name}");
        }
    }

    #[test]
    fn twins_are_found_whatever_their_letters() {
        assert_eq!(
            twins(["a-b", "set", "a_b", "Set", "c"]),
            [vec!["a-b", "a_b"], vec!["set", "Set"]]
        );
    }
}
