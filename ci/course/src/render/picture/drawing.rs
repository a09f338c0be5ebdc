//! The HTML of a picture: every thing once, with its place in both drawings.

use super::super::escape::block;
use super::arrow::{arrow, number};
use super::counts::Counts;
use super::plan::{Plan, plan};
use super::shape::{Form, Rect};
use super::text::Lines;
use crate::layered::Point;
use crate::read::picture::{Kind, Picture};

/// The rest of the drawing's tag, which has its sizes, and all that stands in it.
pub(super) fn drawing(picture: &Picture, counts: &Counts) -> String {
    let texts = counts.texts();
    let [across, down] = [Form::Across, Form::Down].map(|form| plan(picture, form, &texts));
    let corner = |size| Rect { at: Point::default(), size };
    let mut html = format!(
        " style=\"{}\">{}{}",
        places(corner(across.size), corner(down.size)),
        sheet("across", picture, counts, &across),
        sheet("down", picture, counts, &down)
    );
    for ((part, here, one), (_, there, other)) in across.titles.iter().zip(&down.titles) {
        let text = broken(&picture.parts[*part], one, other);
        html.push_str(&thing("title", "", *here, *there, &text));
    }
    for node in 0..picture.nodes.len() {
        html.push_str(&self::node(picture, counts, node, &across, &down));
    }
    for (at, label) in picture.arrows.iter().enumerate() {
        let notes = (&across.arrows[at].note, &down.arrows[at].note);
        let (Some((here, one)), Some((there, other))) = notes else { continue };
        let only = counts.only(|tag| picture.has(label, tag));
        let text = broken(&label.label, one, other);
        html.push_str(&thing("note", &only, *here, *there, &text));
    }
    html
}

fn node(picture: &Picture, counts: &Counts, at: usize, across: &Plan, down: &Plan) -> String {
    let node = &picture.nodes[at];
    let ((one, here), (other, there)) = (&across.nodes[at], &down.nodes[at]);
    let only = counts.only(|tag| node.selection.includes(tag));
    let text = broken(&node.label, &one.lines, &other.lines);
    let outline = |size: Point, at: Point| Rect { at, size };
    let (box_here, box_there) = (outline(one.size, *here), outline(other.size, *there));
    let mut html = String::new();
    if node.slots.is_empty() {
        let class = match node.kind {
            Kind::Holder => "who",
            Kind::Gone => "who gone",
            Kind::Object => "object",
        };
        html.push_str(&thing(class, &only, box_here, box_there, &text));
    } else {
        html.push_str(&thing("object", &only, box_here, box_there, ""));
        let (label_here, label_there) = (one.label.moved(*here), other.label.moved(*there));
        html.push_str(&thing("name", &only, label_here, label_there, &text));
    }
    for ((slot, one), other) in node.slots.iter().zip(&one.slots).zip(&other.slots) {
        let (room_here, room_there) = (one.room.moved(*here), other.room.moved(*there));
        html.push_str(&thing("slot", &only, room_here, room_there, ""));
        if !slot.text.is_empty() {
            let text = broken(&slot.text, &one.lines, &other.lines);
            let (here, there) = (one.label.moved(*here), other.label.moved(*there));
            html.push_str(&thing("holds", &only, here, there, &text));
        }
    }
    if let (Some(one), Some(other)) = (one.badge, other.badge) {
        let said = |tag| counts.text(at, tag).unwrap_or_default().to_owned();
        let only = counts.only(|tag| counts.text(at, tag).is_some()) + &counts.switch(said);
        let text = block(&said(counts.newest));
        html.push_str(&thing("count value", &only, one.moved(*here), other.moved(*there), &text));
    }
    html
}

/// A thing with its two places, and a space, which parts its words from the next where they are copied.
fn thing(class: &str, more: &str, across: Rect, down: Rect, text: &str) -> String {
    format!("<span class=\"{class}\"{more} style=\"{}\">{text}</span> ", places(across, down))
}

/// Where a thing stands and how large it is: two lists of numbers for the page's style.
fn places(across: Rect, down: Rect) -> String {
    let place = |form: &str, Rect { at, size }: Rect| {
        let pairs = [("x", at.x), ("y", at.y), ("w", size.x), ("h", size.y)];
        pairs.map(|(name, value)| format!("--{form}{name}:{}", number(value))).join(";")
    };
    format!("{};{}", place("a", across), place("d", down))
}

/// The arrows of one drawing.
fn sheet(class: &str, picture: &Picture, counts: &Counts, plan: &Plan) -> String {
    let Point { x, y } = plan.size;
    let mut svg = format!(
        "<svg class=\"{class}\" aria-hidden=\"true\" viewBox=\"0 0 {} {}\">",
        number(x),
        number(y)
    );
    for (arrow_, route) in picture.arrows.iter().zip(&plan.arrows) {
        let leaked = picture.leaks(arrow_);
        let class = match (arrow_.owns, leaked) {
            (_, true) => "leak",
            (true, false) => "own",
            (false, false) => "lend",
        };
        let only = counts.only(|tag| picture.has(arrow_, tag));
        let drawn = arrow(route, arrow_.owns, leaked, arrow_.slot.is_some());
        svg.push_str(&format!("<g class=\"{class}\"{only}>{drawn}</g>"));
    }
    svg + "</svg>"
}

/// A text with the ends of its lines in both drawings.
fn broken(text: &str, across: &Lines, down: &Lines) -> String {
    let mut html = String::new();
    let mut start = 0;
    let mut breaks: Vec<usize> = across.breaks.iter().chain(&down.breaks).copied().collect();
    breaks.sort_unstable();
    breaks.dedup();
    for end in breaks {
        html.push_str(&block(text[start..end].trim_end_matches('\n')));
        let class = match (across.breaks.contains(&end), down.breaks.contains(&end)) {
            (true, true) => "",
            (true, false) => " class=\"across\"",
            _ => " class=\"down\"",
        };
        html.push_str(&format!("<br{class}>"));
        start = end;
    }
    html.push_str(&block(&text[start..]));
    html
}
