//! Which questions chapters ask, and where.

use verify::Problems;

use super::question::Asked;
use crate::read::chapter::Chapter;
use crate::read::directive::Directive;
use crate::read::kind::Kind;
use crate::read::lessons::Lessons;

/// The question that `directive` of `chapter` asks, if it asks one.
///
/// # Errors
///
/// There is no such lesson or question.
pub(super) fn asked<'a>(
    chapter: &'a Chapter,
    directive: &Directive,
    lessons: &'a Lessons,
) -> Result<Option<Asked<'a>>, Problems> {
    let (Kind::Predict { topic, name } | Kind::Again { topic, name }) = &directive.kind else {
        return Ok(None);
    };
    let one = |problem| vec![problem];
    let place = &chapter.place(directive);
    let data = lessons.lesson(topic, place).map_err(one)?;
    let question = data.question(name, place).map_err(one)?;
    let again = matches!(directive.kind, Kind::Again { .. });
    let number = chapter.questions().take_while(|it| it.range != directive.range).count() + 1;
    Ok(Some(Asked { data, question, chapter, again, number }))
}

/// All questions, by the chapters that ask them.
///
/// # Errors
///
/// As of [`asked`].
pub(super) fn all(chapters: &[Chapter], lessons: &Lessons) -> Result<String, Problems> {
    let mut text = String::new();
    for chapter in chapters {
        let mut items = String::new();
        for directive in chapter.questions() {
            items.extend(asked(chapter, directive, lessons)?.map(|asked| asked.listed()));
        }
        if !items.is_empty() {
            let title = chapter.title();
            text.push_str(&format!("## {title}\n\n<ol class=\"asked\">{items}</ol>\n\n"));
        }
    }
    Ok(text)
}
