//! Code of a lesson: as it is, as a difference, and as the compiler refused it.

use std::path::Path;

use similar::{DiffOp, TextDiff};
use verify::Lesson;
use verify::lesson::Case;
use verify::record::{CompilerOutput, Refused};

use super::escape::block;

/// How many lines a difference shows before and after each change: the reader has just seen
/// the whole function.
const CONTEXT: usize = 3;

/// A part of a lesson's file, under its path.
pub(crate) fn listing(path: &Path, source: &str) -> String {
    let language = match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => "rust",
        Some("py") => "python",
        Some("toml") => "toml",
        _ => "plaintext",
    };
    figure("listing", &caption(path, ""), language, source)
}

/// A wrong function as its difference from the right one, both under the right one's name;
/// `None` where there is no difference.
pub(crate) fn diff(
    lesson: &Lesson,
    wrong: &str,
    source: &str,
    right: &str,
    raw: &str,
) -> Option<String> {
    let source = source.replace(wrong, right);
    let diff = TextDiff::from_lines(raw, &source);
    let groups = diff.grouped_ops(CONTEXT);
    let group = |group: &Vec<DiffOp>| -> String {
        let changes = group.iter().flat_map(|operation| diff.iter_changes(operation));
        changes.map(|change| format!("{}{change}", change.tag())).collect()
    };
    let lines = groups.iter().map(group).collect::<Vec<_>>().join(" ⋮\n");
    let words = format!(
        "wrong on purpose: <code>wrong.{}</code> against <code>raw.{}</code>",
        block(wrong),
        block(right)
    );
    let path = lesson.folder().join("src/wrong.rs");
    let figure = || figure("wrong", &caption(&path, &words), "diff", &lines);
    let anchored =
        || figure().replacen("<figure", &format!("<figure id=\"{}-{wrong}\"", lesson.topic), 1);
    (!lines.is_empty()).then(anchored)
}

/// Code that must not compile, and the compiler's words where they are recorded: what is wrong
/// and where, and its notes folded under that.
pub(crate) fn refused(case: &Case, recorded: Option<&Refused>, topic: &str) -> String {
    let mut html =
        figure("refused", &caption(&case.path, "does not compile"), "rust", &case.source);
    html.truncate(html.trim_end().len() - "</figure>".len());
    let said = |refused: &'_ Refused| refused.cases.get(&case.name).cloned();
    let said = recorded.and_then(|refused| Some((&refused.rustc, said(refused)?)));
    match said.filter(|(_, said)| said.digest == case.digest) {
        Some((rustc, CompilerOutput { words, .. })) => {
            let (error, notes) = words.split_at(notes(&words));
            html.push_str(&output(error));
            if !notes.is_empty() {
                html.push_str(&format!(
                    "<details class=\"notes\"><summary>The compiler's notes</summary>{}</details>",
                    output(notes)
                ));
            }
            html.push_str(&format!("<p class=\"agree\">Refused by rustc {}.</p>", block(rustc)));
        }
        None => html.push_str(&format!(
            "<p class=\"missing\">Not recorded yet: <code>cargo course regen {topic}</code>.</p>"
        )),
    }
    html + "</figure>\n"
}

/// Where the compiler has said what is wrong, and begins to explain it.
fn notes(words: &str) -> usize {
    let explains = |line: &&str| {
        let line = line.trim_start_matches([' ', '=']);
        line.starts_with("note:") || line.starts_with("help:")
    };
    let before = words.split_inclusive('\n').take_while(|line| !explains(line));
    before.map(str::len).sum()
}

fn output(words: &str) -> String {
    format!(
        "<pre class=\"output\"><samp>{}</samp></pre>",
        block(words.trim_end_matches(['\n', ' ', '|']))
    )
}

fn caption(path: &Path, words: &str) -> String {
    let path = block(&path.display().to_string());
    if words.is_empty() {
        format!("<code>{path}</code>")
    } else {
        format!("<code>{path}</code> {words}")
    }
}

fn figure(class: &str, caption: &str, language: &str, source: &str) -> String {
    format!(
        "<figure class=\"{class}\"><figcaption>{caption}</figcaption>\
         <pre><code class=\"language-{language}\">{}</code></pre></figure>\n",
        block(source)
    )
}
