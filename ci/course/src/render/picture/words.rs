//! A picture in sentences, for who cannot see it.

use verify::Tag;

use super::counts::Counts;
use crate::read::picture::{Arrow, Kind, Picture};

const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];

/// Who owns what on `tag`, and what has been counted there.
pub(super) fn words(picture: &Picture, counts: &Counts, tag: Tag) -> String {
    let mut said = Vec::new();
    for (part, title) in picture.parts.iter().enumerate() {
        let of_part = |node: usize| picture.nodes[node].part == part;
        let arrows = picture.arrows.iter().filter(|arrow| of_part(arrow.from));
        let mut sentences: Vec<String> = arrows
            .filter(|arrow| picture.has(arrow, tag))
            .map(|arrow| sentence(picture, arrow))
            .collect();
        let counted = (0..picture.nodes.len()).filter(|node| of_part(*node));
        sentences.extend(counted.filter_map(|node| {
            let name = name(picture, node);
            Some(match (counts.text(node, tag)?, picture.nodes[node].immortal.contains(&tag)) {
                (_, true) => format!("{name} is immortal."),
                (count, false) => format!("The count of {name} is {count}."),
            })
        }));
        if !title.is_empty() {
            said.push(format!("{title}:"));
        }
        said.extend(sentences);
    }
    said.join(" ")
}

fn sentence(picture: &Picture, arrow: &Arrow) -> String {
    let verb = match (arrow.owns, picture.leaks(arrow)) {
        (_, true) => "leaked",
        (true, false) => picture.solid.as_deref().unwrap_or("owns"),
        (false, false) => picture.dashed.as_deref().unwrap_or("borrows"),
    };
    let slot = arrow.slot.map(|slot| &picture.nodes[arrow.from].slots[slot].text);
    let slot = slot.filter(|text| !text.is_empty());
    let slot = slot.map_or(String::new(), |text| format!(" as {text}"));
    let note = if arrow.label.is_empty() { "" } else { ", " };
    let (from, to) = (name(picture, arrow.from), name(picture, arrow.to));
    format!("{from} {verb} {to}{slot}{note}{}.", arrow.label.replace('\n', " "))
}

/// What a node is called; of objects that look alike, which one it is.
pub(super) fn name(picture: &Picture, node: usize) -> String {
    let asked = &picture.nodes[node];
    let label = asked.label.replace('\n', " ");
    let alike = picture.nodes.iter().enumerate().filter(|(_, other)| {
        other.kind == Kind::Object
            && asked.kind == Kind::Object
            && (&other.label, other.part) == (&asked.label, asked.part)
    });
    let alike: Vec<usize> = alike.map(|(at, _)| at).collect();
    match alike.iter().position(|at| *at == node) {
        Some(nth) if alike.len() > 1 => match ORDINALS.get(nth) {
            Some(ordinal) => format!("the {ordinal} {label}"),
            None => format!("{label} {}", nth + 1),
        },
        _ => label,
    }
}
