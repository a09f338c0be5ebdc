//! Where the parts of a course stand, below its folder.

/// A folder for each lesson.
pub const LESSONS: &str = "lessons";

/// The chapters and what stands beside them.
pub const BOOK: &str = "book";

/// What mdBook is told; a course has this and [`LESSONS`].
pub const BOOK_TOML: &str = "book.toml";

/// The crate that holds all lessons.
pub const BUNDLE: &str = "ci/bundle";

/// What live pages are made of.
pub const WEB: &str = "ci/web";
