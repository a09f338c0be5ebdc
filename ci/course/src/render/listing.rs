//! Code of a lesson, as it is.

use std::path::Path;

use super::code::{self, Language};
use super::escape::{block, breakable};
use super::fold;
use super::role::Role;

/// A part of a lesson's file: what it is called, where it stands, and its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) topic: &'a str,
    pub(crate) path: &'a Path,
    /// Its anchor; none where it is the whole file.
    pub(crate) name: Option<&'a str>,
    pub(crate) source: &'a str,
}

/// A listing of `part`, folded but around the lines that have one of `words`, if there are any;
/// `under` is HTML that stands below it. An error is the word that stands in no line.
pub(crate) fn listing(part: Part<'_>, words: &[String], under: &str) -> Result<String, String> {
    let Part { topic, path, name, source } = part;
    let (role, language) = (Role::of(path), Language::of(path));
    let code = match words {
        [] => code::code(language, source),
        words => fold::around(language, &code::rows(language, source), words)?,
    };
    let id = name.map(|name| format!("{topic}-{}-{name}", role.class()));
    let what = name.map(|name| format!("<code>{}</code> ", breakable(name))).unwrap_or_default();
    let caption = caption(role, &(what + &at(path)));
    Ok(figure(role, id.as_deref(), &caption, &(code + under)))
}

/// Where something stands, which is quieter than what it is.
pub(super) fn at(path: &Path) -> String {
    format!("<span class=\"path-of\">{}</span>", breakable(&path.display().to_string()))
}

/// What stands over code: its role, and `words`, which are HTML.
pub(super) fn caption(role: Role, words: &str) -> String {
    format!("<figcaption>{}<span class=\"cap\">{words}</span></figcaption>", role.mark())
}

/// A box of code: `caption`, then `body`.
pub(super) fn figure(role: Role, id: Option<&str>, caption: &str, body: &str) -> String {
    let id = id.map(|id| format!(" id=\"{}\"", block(id))).unwrap_or_default();
    format!(
        "<figure class=\"listing\"{id} data-role=\"{}\">{caption}{body}</figure>\n",
        role.class()
    )
}
