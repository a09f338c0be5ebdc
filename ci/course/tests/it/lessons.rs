//! What holds for the Rust of every lesson, and no compiler asks.

use std::fs;

use verify::lesson;

use crate::repository::REPOSITORY;

/// The comments above `unsafe` say who owns what; what holds for a whole file stands at its top.
#[test]
fn a_file_with_unsafe_code_says_once_that_its_functions_run_attached() {
    let mut wrong = Vec::new();
    for lesson in lesson::load(&REPOSITORY, &[]).unwrap() {
        for entry in fs::read_dir(REPOSITORY.join(lesson.folder()).join("src")).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let top = text.lines().take_while(|line| line.starts_with("//!"));
            let said = top.map(str::to_lowercase).any(|line| line.contains("attached"));
            if text.contains("unsafe {") && !said {
                wrong.push(format!("{}:1: expected \"attached\"", path.display()));
            }
            for (at, line) in text.lines().enumerate() {
                if line.trim_start().starts_with("// SAFETY: attached") {
                    wrong.push(format!("{}:{}: said at the top", path.display(), at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
