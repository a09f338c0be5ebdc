//! Makes a test of every Rust fence in the book.
//!
//! skeptic compiles snippets with edition 2021, whatever this package's edition is.

fn main() {
    println!("cargo:rerun-if-changed=../../book");
    let chapters = skeptic::markdown_files_of_directory("../../book");
    assert!(!chapters.is_empty(), "no chapter in book/");
    skeptic::generate_doc_tests(&chapters);
}
