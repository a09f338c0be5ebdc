//! Code typed in a chapter is plain Rust, which skeptic runs, or commands a reader types.

use std::path::Path;

use verify::{Place, Problems};

use crate::message;
use crate::read::markdown::{self, Parts};

/// What a plain snippet cannot mention: it would touch Python, and belongs in a lesson.
const PYTHON: [&str; 2] = ["pyo3", "lesson_"];

/// What is wrong with the blocks of code in `chapter`.
pub(crate) fn check(path: &Path, chapter: &str, parts: &Parts) -> Problems {
    let mut problems = Problems::new();
    for block in &parts.blocks {
        let line = markdown::line_of(chapter, block.range.start);
        let place = || Place::line(path, line);
        match block.info.as_deref() {
            Some("rust") if block.code.trim().is_empty() => {
                problems.push(message::empty_fence(place()))
            }
            Some("rust") if !block.code.contains("fn main()") => {
                problems.push(message::snippet_without_main(place()));
            }
            Some("rust") => {
                let touches = PYTHON.iter().find(|name| block.code.contains(*name));
                problems.extend(touches.map(|name| message::fence_touches_python(place(), name)));
            }
            Some("console") => {
                let output = block
                    .code
                    .lines()
                    .position(|line| !line.starts_with("$ ") && !line.starts_with("> "));
                problems.extend(
                    output
                        .map(|index| message::console_output(Place::line(path, line + 1 + index))),
                );
            }
            Some(info) if info.split(|c: char| !c.is_alphanumeric()).any(|word| word == "rust") => {
                problems.push(message::rust_fence_with_words(place(), info));
            }
            info => problems.push(message::other_fence(place(), info)),
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chapter: &str) -> Vec<String> {
        let problems = super::check(Path::new("a.md"), chapter, &markdown::parts(chapter));
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn plain_rust_and_commands_are_fine() {
        assert_eq!(
            check(
                "```rust\nfn main() {}\n```\n\n```console\n$ cargo test \\\n> --workspace\n```\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn every_other_fence_is_refused_at_its_line() {
        for (chapter, piece) in [
            ("a\n\n```python\nprint()\n```\n", "a.md:3: "),
            ("```\nx\n```\n", "a fence without"),
            ("a\n\n    x = 1\n", "indented"),
            ("```rust,ignore\nx\n```\n", "rust,ignore"),
            ("```rust should_panic\nx\n```\n", "should_panic"),
            ("```rust\n```\n", "empty"),
            ("```rust\nuse pyo3::prelude::*;\nfn main() {}\n```\n", "pyo3"),
            ("```rust\nlet a = 1;\n```\n", "fn main()"),
            ("```console\n$ ls\nbook\n```\n", "a.md:3: "),
        ] {
            let problems = check(chapter);
            assert!(problems.len() == 1 && problems[0].contains(piece), "{chapter}: {problems:?}");
        }
    }
}
