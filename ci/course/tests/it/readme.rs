//! The README types an output, because a forge shows it without our preprocessor. This holds
//! it to the record.

use std::fs;

use verify::record::text_for;
use verify::{Lesson, Record, Tag};

use crate::repository::REPOSITORY;

#[test]
fn the_excerpt_is_what_the_newest_cpython_printed() {
    let readme = fs::read_to_string(REPOSITORY.join("README.md")).unwrap();
    let (_, after) = readme.split_once("```text\n").expect("README has an excerpt");
    let (excerpt, _) = after.split_once("```").expect("the excerpt ends");
    let record = Record::load(&Lesson::load(&REPOSITORY, "tuple").unwrap()).unwrap();
    let newest = Tag::newest(&record.tags()).unwrap();
    let printed = &record.cell("three").unwrap().printed;
    assert_eq!(text_for(printed, newest), Some(excerpt));
}
