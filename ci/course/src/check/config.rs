//! What `book.toml` must say.

use std::path::{Component, Path, PathBuf};

use mdbook_preprocessor::PreprocessorContext;
use verify::Problem;

use crate::message;

/// What mdBook would do silently: delete the chapters, or interpret what a cell prints.
pub(crate) fn check(context: &PreprocessorContext) -> Result<(), Problem> {
    let output = normal(&context.root.join(&context.config.build.build_dir));
    let source = normal(&context.root.join(&context.config.book.src));
    if output.starts_with(&source) || source.starts_with(&output) {
        return Err(message::output_over_source(&output, &source));
    }
    if context.config.build.use_default_preprocessors {
        return Err(message::default_preprocessors());
    }
    Ok(())
}

/// `path` without `.` and `..`, whether it exists or not.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}
