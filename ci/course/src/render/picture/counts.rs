//! What the badges of a picture say on each CPython, and what is drawn there.

use verify::cpython::{self, tag};
use verify::record::text_for;
use verify::{Record, Tag};

use super::super::escape::block;
use crate::read::picture::{Node, Picture};

/// What a badge says of an immortal.
pub(super) const IMMORTAL: &str = "∞";

/// The counts of a picture's nodes.
pub(super) struct Counts {
    /// What the badge of each node says, by tag.
    badges: Vec<Vec<(Tag, String)>>,
    /// The tags on which anything has been counted.
    known: Vec<Tag>,
    /// The one that is drawn where no script draws another.
    pub(super) newest: Tag,
}

impl Counts {
    /// The counts that `record` has of `picture`.
    pub(super) fn new(picture: &Picture, record: &Record) -> Counts {
        let badges = picture.nodes.iter().map(|node| of(node, record)).collect::<Vec<_>>();
        let mut known: Vec<Tag> = badges.iter().flatten().map(|(tag, _)| *tag).collect();
        known.sort();
        known.dedup();
        let newest = Tag::newest(&known).unwrap_or_else(cpython::newest);
        Counts { badges, known, newest }
    }

    /// Everything that the badge of each node may say.
    pub(super) fn texts(&self) -> Vec<Vec<String>> {
        let badges = self.badges.iter();
        badges.map(|badge| badge.iter().map(|(_, text)| text.clone()).collect()).collect()
    }

    /// What the badge of `node` says on `tag`.
    pub(super) fn text(&self, node: usize, tag: Tag) -> Option<&str> {
        let known = self.badges[node].iter().find(|(other, _)| *other == tag);
        known.map(|(_, text)| text.as_str())
    }

    /// The attributes of what is drawn only on some tags.
    pub(super) fn only(&self, there: impl Fn(Tag) -> bool) -> String {
        let tags = cpython::supported();
        let on: Vec<Tag> = tags.iter().copied().filter(|tag| there(self.drawn(*tag))).collect();
        if on.len() == tags.len() {
            return String::new();
        }
        let hidden = if there(self.newest) { "" } else { " hidden" };
        format!(" data-only=\"{}\"{hidden}", tag::list(&on))
    }

    /// What `text` says of each tag, as an attribute for the page's script, if it says more than
    /// one thing.
    pub(super) fn switch(&self, text: impl Fn(Tag) -> String) -> String {
        let groups = self.groups(text);
        if groups.len() < 2 {
            return String::new();
        }
        let groups = groups.iter().map(|(tags, text)| [tag::list(tags), text.clone()]);
        let json = serde_json::json!(groups.collect::<Vec<_>>()).to_string();
        format!(" data-was=\"{}\"", block(&json))
    }

    /// The tags on which the counts of `node` differ, with what each is; none where they agree.
    pub(super) fn differing(&self, node: usize) -> Vec<(String, String)> {
        let mut groups = group(self.badges[node].iter().map(|(tag, text)| (*tag, text.clone())));
        groups.sort_by_key(|(tags, _)| !tags.contains(&self.newest));
        let differ = groups.len() > 1;
        let named = groups.into_iter().filter(|_| differ);
        named.map(|(tags, text)| (tag::ranges(&tags, &self.known), text)).collect()
    }

    /// What `text` says, with the supported tags on which it says that; that of the drawn one first.
    fn groups(&self, text: impl Fn(Tag) -> String) -> Vec<(Vec<Tag>, String)> {
        let tags = cpython::supported().iter();
        let mut groups = group(tags.map(|tag| (*tag, text(self.drawn(*tag)))));
        groups.sort_by_key(|(tags, _)| !tags.contains(&self.newest));
        groups
    }

    /// The tag that is drawn for `tag`: one that has been counted.
    fn drawn(&self, tag: Tag) -> Tag {
        if self.known.contains(&tag) { tag } else { self.newest }
    }
}

fn of(node: &Node, record: &Record) -> Vec<(Tag, String)> {
    let recorded = node.count.as_deref().and_then(|expression| record.value(expression));
    let Some(recorded) = recorded else { return Vec::new() };
    let tags = recorded.was.iter().flat_map(|shared| shared.tags.iter().copied());
    tags.filter(|tag| node.selection.includes(*tag))
        .map(|tag| match node.immortal.contains(&tag) {
            true => (tag, IMMORTAL.to_owned()),
            false => (tag, text_for(&recorded.was, tag).unwrap_or_default().to_owned()),
        })
        .collect()
}

fn group(said: impl Iterator<Item = (Tag, String)>) -> Vec<(Vec<Tag>, String)> {
    let mut groups: Vec<(Vec<Tag>, String)> = Vec::new();
    for (tag, text) in said {
        match groups.iter_mut().find(|(_, other)| *other == text) {
            Some((tags, _)) => tags.push(tag),
            None => groups.push((vec![tag], text)),
        }
    }
    groups
}
