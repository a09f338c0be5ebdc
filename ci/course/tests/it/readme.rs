//! The README types an output, because a forge shows it without our preprocessor. This holds
//! it to the record, and what is said of the CPythons to the list of those there are.

use std::fs;

use verify::cpython::{newest, oldest, supported};
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

#[test]
fn every_supported_cpython_is_named_where_a_reader_begins() {
    let releases = format!("{} to {}", oldest(), newest());
    let builds = supported().iter().filter(|tag| !releases_of_one_kind(tag));
    let names: Vec<String> = builds.map(Tag::to_string).chain([releases]).collect();
    for file in ["README.md", "book/introduction.md"] {
        let text = fs::read_to_string(REPOSITORY.join(file)).unwrap();
        for name in &names {
            assert!(text.contains(name), "{file} does not name CPython {name}");
        }
    }
}

fn releases_of_one_kind(tag: &Tag) -> bool {
    tag.build == newest().build
}
