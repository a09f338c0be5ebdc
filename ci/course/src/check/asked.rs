//! Each question is asked once, perhaps again by later chapters, and each time its explanation
//! stands behind it.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Parser, Tag as Element};
use verify::{Place, Problem, Problems};

use crate::message;
use crate::read::answer::Source;
use crate::read::book::Book;
use crate::read::chapter::Chapter;
use crate::read::directive::Directive;
use crate::read::kind::Kind;
use crate::read::markdown::{self, OPTIONS};

/// The questions that no chapter asks, or that chapters ask in another order than theirs, or
/// whose answer stands above them.
pub(crate) fn check(book: &Book) -> Problems {
    let mut problems = Problems::new();
    let mut asked: BTreeMap<(&str, &str), Place> = BTreeMap::new();
    for chapter in &book.chapters {
        let mut here: Vec<(&str, &str)> = Vec::new();
        let mut again: Vec<(&str, &str)> = Vec::new();
        for directive in &chapter.directives {
            let place = chapter.place(directive);
            problems.extend(given_away(book, chapter, directive));
            match &directive.kind {
                Kind::Predict { topic, name } => {
                    let key = (topic.as_str(), name.as_str());
                    if let Some(first) = asked.get(&key) {
                        problems.push(message::question_asked_twice(place, name, first));
                    } else {
                        here.push(key);
                        asked.insert(key, place);
                    }
                }
                Kind::Again { topic, name } => {
                    let key = (topic.as_str(), name.as_str());
                    if !asked.contains_key(&key) || here.contains(&key) {
                        problems.push(message::not_asked_before(place, topic, name));
                    } else if again.contains(&key) {
                        problems.push(message::asked_again_twice(place, name));
                    }
                    again.push(key);
                }
                _ => {}
            }
        }
    }
    for (topic, data) in &book.lessons.by_topic {
        for question in &data.questions.all {
            if !asked.contains_key(&(topic.as_str(), question.name.as_str())) {
                let place = data.questions.place(question.line);
                problems.push(message::question_not_asked(place, topic, &question.name));
            }
        }
    }
    problems
}

/// What the chapter shows above the question that `asked` asks, and the answer is. What explains
/// another question is closed, too.
fn given_away(book: &Book, chapter: &Chapter, asked: &Directive) -> Option<Problem> {
    let (Kind::Predict { topic, name } | Kind::Again { topic, name }) = &asked.kind else {
        return None;
    };
    let question = book.lessons.by_topic.get(topic)?.questions.find(name)?;
    let answers = question.sources();
    let shows = |above: &&Directive| match &above.kind {
        Kind::Cell { topic: of, name } => of == topic && question.cell.as_ref() == Some(name),
        Kind::Value { topic: of, expression, .. } => {
            of == topic && answers.contains(&Source::Value(expression))
        }
        Kind::Picture { topic: of } if of == topic => {
            let picture = chapter.pictures.get(topic);
            let mut counts = picture.into_iter().flat_map(|picture| picture.counted());
            counts.any(|(_, expression)| answers.contains(&Source::Value(expression)))
        }
        _ => false,
    };
    let closed: Vec<_> = chapter.questions().filter_map(|it| chapter.closed(it)).collect();
    let is_open = |it: &&Directive| !closed.iter().any(|range| range.contains(&it.range.start));
    let above = chapter.directives.iter().filter(|it| it.range.start < asked.range.start);
    let mut above = above.filter(is_open);
    let found = above.find(shows)?;
    let shown = &chapter.text[found.range.clone()];
    Some(message::answer_above(chapter.place(asked), name, shown, found.line))
}

/// The questions of `chapter` without text behind them, or with more than text.
pub(super) fn explained(chapter: &Chapter) -> Problems {
    let mut problems = Problems::new();
    let mut open = false;
    for (index, directive) in chapter.directives.iter().enumerate() {
        match directive.kind {
            Kind::Predict { .. } => {
                problems.extend(explanation(chapter, directive, &chapter.directives[index + 1..]));
                open = true;
            }
            Kind::Answered if open => open = false,
            Kind::Answered => problems.push(message::answers_nothing(chapter.place(directive))),
            _ if directive.kind.is_inline() => {}
            _ => open = false,
        }
    }
    problems
}

fn explanation(chapter: &Chapter, asked: &Directive, after: &[Directive]) -> Option<Problem> {
    let Some(closed) = chapter.closed(asked) else {
        let next = after.iter().find(|directive| !directive.kind.is_inline());
        let next = next.map(|directive| &chapter.text[directive.range.clone()]);
        return Some(message::not_answered(chapter.place(asked), next));
    };
    let text = &chapter.text[closed.clone()];
    let mut explains = false;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let found = match event {
            Event::Start(Element::Heading { .. }) => "a heading",
            Event::Start(Element::CodeBlock(_)) => "a block of code",
            Event::Start(Element::FootnoteDefinition(_)) => "a footnote",
            Event::Start(Element::HtmlBlock) if !text[range.clone()].starts_with("<!--") => "HTML",
            Event::Text(_) => {
                explains = true;
                continue;
            }
            _ => continue,
        };
        let line = markdown::line_of(&chapter.text, closed.start + range.start);
        return Some(message::not_text(Place::line(&chapter.path, line), found));
    }
    (!explains).then(|| message::explains_nothing(chapter.place(asked)))
}
