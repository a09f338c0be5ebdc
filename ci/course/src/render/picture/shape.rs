//! What a node looks like: its box, its slots and its badge, from its own upper left corner.

use super::text::{Font, Lines, lines};
use crate::layered::Point;
use crate::read::picture::{Kind, Node, Slot};

/// The two drawings of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// From left to right.
    Across,
    /// The same with shorter lines.
    Tight,
    /// From top to bottom, for a narrow screen.
    Down,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) at: Point,
    pub(super) size: Point,
}

impl Rect {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect { at: Point::new(x, y), size: Point::new(width, height) }
    }

    pub(super) fn moved(self, by: Point) -> Rect {
        Rect { at: self.at.plus(by), ..self }
    }
}

/// A node's looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub(super) size: Point,
    /// Where its label stands: all of it, or above its slots.
    pub(super) label: Rect,
    pub(super) lines: Lines,
    pub(super) slots: Vec<SlotShape>,
    pub(super) badge: Option<Rect>,
}

/// A slot's looks.
#[derive(Clone, Debug, Default)]
pub(super) struct SlotShape {
    pub(super) room: Rect,
    /// Where its text stands.
    pub(super) label: Rect,
    pub(super) lines: Lines,
    /// Where an arrow starts, if one may.
    pub(super) dot: Option<Point>,
}

/// The height of a badge, and the least width.
pub(super) const BADGE: f64 = 26.0;
/// The distance of text from the sides and from the top of a box.
const SIDE: f64 = 14.0;
const TOP: f64 = 8.0;
/// The room of an arrow's end, or of a dot.
const END: f64 = 14.0;
const DOT: f64 = 20.0;

impl Form {
    pub(super) fn is_across(self) -> bool {
        self != Form::Down
    }

    /// How wide a line may be.
    fn most(self, font: Font) -> f64 {
        match (self, font) {
            (Form::Across, Font::Slot) => 130.0,
            (Form::Across, _) => 150.0,
            (Form::Down, Font::Slot) => 64.0,
            (Form::Tight | Form::Down, _) => 102.0,
        }
    }
}

/// What is written on an arrow.
pub(super) fn note(text: &str, form: Form) -> Lines {
    lines(text, Font::Note, form.most(Font::Note))
}

/// The looks of `node`, into which `enter` arrows lead and from whose side `leave` start, with
/// `counts` as what its badge may say.
pub(super) fn shape(
    node: &Node,
    form: Form,
    enter: usize,
    leave: usize,
    counts: &[String],
) -> Shape {
    let widest = counts.iter().map(|count| Font::Name.width(count)).fold(f64::NAN, f64::max);
    let badge = (!counts.is_empty()).then(|| Point::new((widest + 12.0).max(BADGE), BADGE));
    let mut shape = Shape::default();
    if node.slots.is_empty() {
        let font = if node.kind == Kind::Object { Font::Object } else { Font::Name };
        shape.lines = lines(&node.label, font, form.most(font));
        let top = if node.kind == Kind::Object { 12.0 } else { TOP };
        shape.size = Point::new(shape.lines.width + 2.0 * SIDE, shape.lines.height + 2.0 * top);
        shape.size.x = shape.size.x.max(44.0);
        grow(&mut shape.size, form, enter, leave, badge);
        shape.label = Rect { at: Point::default(), size: shape.size };
    } else {
        with_slots(&mut shape, node, form, enter, badge);
    }
    let corner = shape.size.plus(Point::new(-BADGE / 2.0, -BADGE / 2.0));
    shape.badge = badge.map(|size| Rect { at: corner, size });
    shape
}

/// Makes room for the ends of arrows, on the sides that they come to.
fn grow(size: &mut Point, form: Form, enter: usize, leave: usize, badge: Option<Point>) {
    let kept = if badge.is_some() { BADGE / 2.0 } else { 0.0 };
    let ends = f64::max(enter as f64 * END, leave as f64 * END + kept) + END;
    match form {
        Form::Across | Form::Tight => size.y = size.y.max(ends),
        Form::Down => size.x = size.x.max(ends),
    }
}

/// An object with slots: across they stand one below the other, so that an arrow leaves to the
/// right; down they stand side by side, so that it leaves below.
fn with_slots(shape: &mut Shape, node: &Node, form: Form, enter: usize, badge: Option<Point>) {
    shape.lines = lines(&node.label, Font::Note, form.most(Font::Note));
    let head = shape.lines.height + 8.0;
    let texts: Vec<Lines> = node
        .slots
        .iter()
        .map(|slot| lines(&slot.text, Font::Slot, form.most(Font::Slot)))
        .collect();
    let kept = if badge.is_some() { BADGE / 2.0 + 4.0 } else { 0.0 };
    let named = |slot: &Slot| slot.name.is_some();
    let dot = |slot: &Slot| if named(slot) { DOT } else { 0.0 };
    let text = |lines: &Lines| if lines.width > 0.0 { lines.width + 16.0 } else { 12.0 };
    match form {
        Form::Across | Form::Tight => {
            let rows = node.slots.iter().zip(&texts);
            let width = rows.map(|(slot, lines)| text(lines) + dot(slot));
            let label = shape.lines.width + 2.0 * SIDE;
            let width = width.fold(label.max(64.0), f64::max);
            let heights: f64 = texts.iter().map(|lines| lines.height + 8.0).sum();
            let mut y = head;
            let spare = (enter as f64 * END + END - head - heights).max(0.0);
            for (slot, lines) in node.slots.iter().zip(texts) {
                let height = lines.height + 8.0 + spare / node.slots.len() as f64;
                let room = Rect::new(0.0, y, width, height);
                let dot = named(slot).then(|| Point::new(width - 14.0, y + height / 2.0));
                let right = if dot.is_some() { DOT } else { 0.0 };
                let label = Rect::new(0.0, y, width - right, height);
                shape.slots.push(SlotShape { room, label, lines, dot });
                y += height;
            }
            shape.size = Point::new(width, y + kept);
        }
        Form::Down => {
            let pairs = node.slots.iter().zip(&texts);
            let widths: Vec<f64> =
                pairs.map(|(slot, lines)| text(lines).max(12.0 + dot(slot))).collect();
            let slots: f64 = widths.iter().sum();
            let label = shape.lines.width + 2.0 * SIDE;
            let least = f64::max(label, enter as f64 * END + END);
            let spare = (least - slots - kept).max(0.0) / widths.len() as f64;
            let line = texts.iter().map(|lines| lines.height + 8.0).fold(0.0, f64::max);
            // A slot without text has its dot in the line of the others' text.
            let both = node.slots.iter().any(|slot| named(slot) && !slot.text.is_empty());
            let height = line + if both { DOT - 6.0 } else { 0.0 };
            let mut x = 0.0;
            for ((slot, lines), width) in node.slots.iter().zip(texts).zip(widths) {
                let width = width + spare;
                let room = Rect::new(x, head, width, height);
                let bottom =
                    if slot.text.is_empty() && !both { height / 2.0 } else { height - 12.0 };
                let dot = named(slot).then(|| Point::new(x + width / 2.0, head + bottom));
                let below = if dot.is_some() && both { DOT - 6.0 } else { 0.0 };
                let label = Rect::new(x, head, width, height - below);
                shape.slots.push(SlotShape { room, label, lines, dot });
                x += width;
            }
            shape.size = Point::new(x + kept, head + height);
        }
    }
    shape.label = Rect::new(0.0, 0.0, shape.size.x, head);
}
