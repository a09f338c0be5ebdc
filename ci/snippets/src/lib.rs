//! Nothing: the snippets stand in `book/*.md`, and `tests/skeptic.rs` runs them.
