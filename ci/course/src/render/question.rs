//! A question: what is asked, what can be chosen, and, folded, the answer with its reasons. The
//! page's script makes a form of it; on paper the answers stand behind the chapter.

use serde_json::json;
use verify::cpython::tag::{self, ranges};
use verify::record::{OutputGroup, Stale};
use verify::{Cell, Tag};

use super::cell;
use super::escape::block;
use super::sentence::{plain, sentence};
use crate::read::answer::{Choice, Source};
use crate::read::chapter::Chapter;
use crate::read::lessons::LessonData;
use crate::read::questions::Question;

/// A question where a chapter asks it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) data: &'a LessonData,
    pub(super) question: &'a Question,
    pub(super) chapter: &'a Chapter,
    /// Whether an earlier chapter has asked it.
    pub(super) again: bool,
    /// Which question of the chapter it is, counted from 1.
    pub(super) number: usize,
}

/// What ends a question.
pub(super) const END: &str = "</details></div>\n";

impl Asked<'_> {
    /// The question up to what explains the answer, which is Markdown, and [`END`].
    pub(super) fn html(&self) -> String {
        let (id, question) = (self.id(), self.question);
        let choices = question.choices(&self.data.record);
        let kind = match question.typed {
            _ if !question.row.is_empty() => "table",
            true => "typed",
            false => "choice",
        };
        let code = self.cell().map(|cell| cell::asked(self.data, cell)).unwrap_or_default();
        let offered = match kind {
            "table" => self.table(),
            "choice" => offered(&choices),
            _ => String::new(),
        };
        let printed = self.cell().map(|cell| cell::recorded(self.data, cell)).unwrap_or_default();
        format!(
            "<div class=\"question\" role=\"group\" id=\"{id}\" aria-labelledby=\"{id}-ask\" \
             data-kind=\"{kind}\" {}><p class=\"ask\" id=\"{id}-ask\">\
             <span class=\"mark\" aria-hidden=\"true\" data-number=\"{}\">?</span> \
             <span>{}</span></p>{code}{offered}\
             <details class=\"answer\"><summary>The answer</summary>\
             <div class=\"whys\">{}</div>{}{printed}\n",
            self.keys(),
            self.number,
            sentence(&question.ask),
            self.whys(&choices, false),
            self.stale(),
        )
    }

    /// The answer for a page of paper; `explained` is the Markdown that explains it.
    pub(super) fn on_paper(&self, explained: &str) -> String {
        let choices = self.question.choices(&self.data.record);
        let printed = self.cell().map(|cell| cell::recorded(self.data, cell)).unwrap_or_default();
        format!(
            "<div><p class=\"ask\"><b>{}.</b> {}</p>{}{printed}\n\n{}\n\n</div>\n\n",
            self.number,
            sentence(&self.question.ask),
            self.whys(&choices, true),
            explained.trim(),
        )
    }

    /// Its line in a list of all questions, with where it is asked.
    pub(super) fn listed(&self) -> String {
        let file = self.chapter.path.with_extension("html");
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        let id = self.id();
        format!(
            "<li data-question=\"{id}\" {}><a href=\"{}#{id}\">{}</a></li>",
            self.keys(),
            block(&file),
            plain(&self.question.ask),
        )
    }

    fn id(&self) -> String {
        let (topic, name) = (&self.data.lesson.topic, &self.question.name);
        if !self.again {
            return format!("question-{topic}-{name}");
        }
        let stem = self.chapter.path.file_stem().unwrap_or_default().to_string_lossy();
        format!("again-{}-{topic}-{name}", block(&stem))
    }

    fn cell(&self) -> Option<&Cell> {
        self.data.lesson.session.cell(self.question.cell.as_deref()?)
    }

    /// What answers it on which tags, for the page's script, and which tag is the newest of them.
    fn keys(&self) -> String {
        let keys = self.question.keys(&self.data.record);
        let tags: Vec<Tag> = keys.iter().flat_map(|key| key.tags.clone()).collect();
        let newest = Tag::newest(&tags).map(|tag| tag.to_string()).unwrap_or_default();
        format!("data-keys=\"{}\" data-newest=\"{newest}\"", by_tag(&keys))
    }

    /// Why each choice is right, or is not; on paper of those alone that are right somewhere.
    fn whys(&self, choices: &[Choice<'_>], on_paper: bool) -> String {
        if !self.question.row.is_empty() {
            return self.rows();
        }
        let tags = self.data.record.tags();
        let keys = self.question.keys(&self.data.record);
        let mut html = String::new();
        for choice in choices.iter().filter(|it| !on_paper || !it.right_on.is_empty()) {
            let (style, word) = match choice.right_on.as_slice() {
                [] => ("wrong", "no".to_owned()),
                _ if keys.len() == 1 => ("right", "right".to_owned()),
                on => ("right", format!("right on CPython {}", ranges(on, &tags))),
            };
            html.push_str(&format!(
                "<div class=\"why\" data-was=\"{}\" data-right=\"{}\" data-on=\"{}\">{} \
                 <b class=\"verdict {style}\">{word}</b> <span>{}</span></div>",
                by_tag(&choice.reads),
                tag::list(&choice.right_on),
                ranges(&choice.right_on, &tags),
                reads(&choice.reads),
                sentence(choice.why.unwrap_or_default()),
            ));
        }
        if html.is_empty() { self.not_recorded() } else { html }
    }

    fn rows(&self) -> String {
        let rows = self.question.row.iter().map(|row| {
            let was = Source::Value(&row.answer).recorded(&self.data.record);
            if was.is_empty() {
                return self.not_recorded();
            }
            let (label, why) = (sentence(&row.label), sentence(&row.why));
            let is = self.on_each(&was);
            let was = by_tag(&was);
            format!(
                "<div class=\"why\" data-was=\"{was}\"><span class=\"label\">{label}:</span> {is} \
                 <span>{why}</span></div>"
            )
        });
        rows.collect()
    }

    /// A text of the newest release, with those of others behind it.
    fn on_each(&self, was: &[OutputGroup]) -> String {
        let all = self.data.record.tags();
        let others =
            was.iter().filter(|shared| Some(&shared.text) != newest(was).map(|it| &it.text));
        let others: Vec<String> = others
            .map(|it| format!("<samp>{}</samp> on {}", block(&it.text), ranges(&it.tags, &all)))
            .collect();
        let others = if others.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"others\">({})</span>", others.join("; "))
        };
        format!("{}{others}", reads(was))
    }

    fn table(&self) -> String {
        let rows = self.question.row.iter().map(|row| {
            format!("<tr><th scope=\"row\">{}</th><td></td></tr>", sentence(&row.label))
        });
        format!(
            "<table class=\"fill\"><thead><tr><th scope=\"col\">asked</th>\
             <th scope=\"col\">your answer</th></tr></thead><tbody>{}</tbody></table>",
            rows.collect::<String>()
        )
    }

    fn not_recorded(&self) -> String {
        let topic = &self.data.lesson.topic;
        format!(
            "<p class=\"missing\">Not recorded yet: <code>cargo course regen {topic}</code>.</p>"
        )
    }

    /// Says on which CPythons an answer or a choice is not of the lesson as it is.
    fn stale(&self) -> String {
        let sources = self.question.sources();
        let wrong = self.question.wrong.iter().filter_map(|wrong| wrong.is.as_deref());
        let sources = sources.into_iter().chain(wrong.map(Source::Value));
        let mut tags: Vec<Tag> = sources
            .flat_map(|source| {
                self.data.stale_tags(&match source {
                    Source::Value(expression) => Stale::Value(expression.to_owned()),
                    Source::Line(cell, _) => Stale::Cell(cell.to_owned()),
                })
            })
            .collect();
        tags.sort();
        tags.dedup();
        cell::stale(&tags, &self.data.lesson.topic)
    }
}

/// What can be chosen.
fn offered(choices: &[Choice<'_>]) -> String {
    let choices = choices.iter().map(|choice| {
        let says = choice.says.map(|says| format!(" <span>{}</span>", sentence(says)));
        format!("<li>{}{}</li>", reads(&choice.reads), says.unwrap_or_default())
    });
    format!("<ul class=\"choices\">{}</ul>", choices.collect::<String>())
}

fn reads(was: &[OutputGroup]) -> String {
    let text = newest(was).map(|shared| shared.text.as_str()).unwrap_or_default();
    format!("<samp>{}</samp>", block(text))
}

fn newest(was: &[OutputGroup]) -> Option<&OutputGroup> {
    let tags: Vec<Tag> = was.iter().flat_map(|shared| shared.tags.clone()).collect();
    let newest = Tag::newest(&tags)?;
    was.iter().find(|shared| shared.tags.contains(&newest))
}

/// Texts by their tags, for the page's script: that of the newest release first.
fn by_tag(was: &[OutputGroup]) -> String {
    let first = newest(was);
    let others = was.iter().filter(|shared| Some(*shared) != first);
    let texts = first.into_iter().chain(others);
    let texts = texts.map(|shared| [tag::list(&shared.tags), shared.text.clone()]);
    block(&json!(texts.collect::<Vec<_>>()).to_string())
}
