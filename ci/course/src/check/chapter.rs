//! What is wrong with a chapter's own words: no lesson is needed to see it.

use std::path::Path;

use verify::Problems;

use super::{asked, code_blocks, links, typed_numbers};
use crate::read::chapter::Chapter;
use crate::read::directive::Directive;
use crate::read::markdown;

/// Everything wrong with the text of `chapter`. `root` is the course's folder.
pub(crate) fn check(chapter: &Chapter, root: &Path) -> Problems {
    let text = blank(&chapter.text, &chapter.directives);
    let parts = markdown::parts(&text);
    let mut problems = typed_numbers::check(&chapter.path, &text, &parts);
    problems.extend(code_blocks::check(&chapter.path, &text, &parts));
    problems.extend(links::check(&chapter.path, &text, &parts, root));
    problems.extend(asked::explained(chapter));
    problems
}

/// `text` with something neutral where its directives stand, so that what follows keeps its
/// place, and a paragraph that begins with a value is no indented code.
fn blank(text: &str, directives: &[Directive]) -> String {
    let mut blank = text.to_owned();
    for directive in directives {
        let filler = if directive.kind.is_inline() { "?" } else { " " };
        blank.replace_range(directive.range.clone(), &filler.repeat(directive.range.len()));
    }
    blank
}
