//! Where everything of a picture stands, in one of its two drawings.

use verify::{Tag, cpython};

use super::shape::{BADGE, Form, Rect, Shape, note, shape};
use super::text::{Font, Lines, lines};
use crate::layered::{self, Drawing, Edge, Graph, Leg, Point, Room, Way};
use crate::read::picture::{Arrow, Picture};

/// The widest that a drawing should be, so that the text beside it is not narrower: on a page, and
/// on a screen of 320 pixels.
pub(super) const PAGE: f64 = 680.0;
pub(super) const PHONE: f64 = 276.0;
/// The distance of two parts, or of pieces that no arrow connects.
const BETWEEN: f64 = 24.0;
const BESIDE: f64 = 48.0;
/// The distance of a title and what it stands above.
const UNDER_TITLE: f64 = 10.0;

/// A drawing, measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) size: Point,
    /// The titles of the parts that have one, by their place in the parts.
    pub(super) titles: Vec<(usize, Rect, Lines)>,
    /// The shape of each node, and its upper left corner.
    pub(super) nodes: Vec<(Shape, Point)>,
    /// Each arrow.
    pub(super) arrows: Vec<Route>,
}

/// An arrow, measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub(super) way: Way,
    /// What is written on it.
    pub(super) note: Option<(Rect, Lines)>,
}

/// The plan of `picture` in `form`, with what the badge of each node may say. A picture that is too
/// wide to go across gets shorter lines, or else goes down on every screen.
pub(super) fn plan(picture: &Picture, form: Form, badges: &[Vec<String>]) -> Plan {
    let forms: &[Form] = match form {
        Form::Across => &[Form::Across, Form::Tight, Form::Down],
        Form::Tight => &[Form::Tight, Form::Down],
        Form::Down => &[Form::Down],
    };
    let mut plan = Plan::default();
    for form in forms {
        plan = planned(picture, *form, badges);
        if plan.size.x <= PAGE {
            break;
        }
    }
    plan
}

fn planned(picture: &Picture, form: Form, badges: &[Vec<String>]) -> Plan {
    let edges = edges(picture);
    let shapes = shapes(picture, form, badges, &edges);
    let mut plan = Plan {
        nodes: shapes.iter().map(|shape| (shape.clone(), Point::default())).collect(),
        arrows: vec![Route::default(); picture.arrows.len()],
        ..Plan::default()
    };
    let parts =
        (0..picture.parts.len()).map(|part| Part::new(picture, form, part, &shapes, &edges));
    let parts: Vec<Part> = parts.filter(|part| !part.pieces.is_empty()).collect();
    let gaps = parts.len().saturating_sub(1) as f64;
    let wide = parts.iter().map(|part| part.size.x).sum::<f64>() + gaps * BESIDE;
    let beside = form.is_across() && wide <= PAGE;
    let widest = parts.iter().map(|part| part.size.x).fold(0.0, f64::max);
    let mut corner = Point::default();
    for part in parts {
        let width = if beside { part.size.x } else { widest };
        part.put(&mut plan, picture, form, corner, width, &edges);
        let end = corner.plus(Point::new(width, part.size.y));
        plan.size = Point::new(plan.size.x.max(end.x), plan.size.y.max(end.y));
        corner =
            if beside { Point::new(end.x + BESIDE, 0.0) } else { Point::new(0.0, end.y + BETWEEN) };
    }
    plan
}

fn shapes(picture: &Picture, form: Form, badges: &[Vec<String>], edges: &[usize]) -> Vec<Shape> {
    let count = |is: &dyn Fn(&Arrow) -> bool| {
        let first = edges.iter().enumerate().filter(|(at, edge)| at == *edge);
        first.filter(|(at, _)| is(&picture.arrows[*at])).count()
    };
    let nodes = picture.nodes.iter().enumerate().map(|(at, node)| {
        let enter = count(&|arrow| arrow.to == at);
        let leave = count(&|arrow| arrow.from == at && arrow.slot.is_none());
        shape(node, form, enter, leave, &badges[at])
    });
    nodes.collect()
}

/// A part, measured: its title, and the pieces under it, each with its height in the part.
struct Part {
    part: usize,
    title: Option<Lines>,
    pieces: Vec<(Vec<usize>, Drawing, f64)>,
    size: Point,
}

impl Part {
    fn new(picture: &Picture, form: Form, part: usize, shapes: &[Shape], edges: &[usize]) -> Part {
        let title = &picture.parts[part];
        let most = if form.is_across() { PAGE } else { PHONE };
        let title = (!title.is_empty()).then(|| lines(title, Font::Name, most));
        let mut size = title
            .as_ref()
            .map_or(Point::default(), |title| Point::new(title.width, title.height + UNDER_TITLE));
        let mut pieces = Vec::new();
        for nodes in connected(picture, part) {
            if !pieces.is_empty() {
                size.y += BETWEEN;
            }
            let drawing = drawn(picture, form, shapes, &nodes, edges);
            let y = size.y;
            size = Point::new(size.x.max(drawing.size.x), y + drawing.size.y);
            pieces.push((nodes, drawing, y));
        }
        Part { part, title, pieces, size }
    }

    /// Puts it into `plan`, `width` wide. What is held most stands in one line: to the right, or
    /// in the middle.
    fn put(
        &self,
        plan: &mut Plan,
        picture: &Picture,
        form: Form,
        corner: Point,
        width: f64,
        edges: &[usize],
    ) {
        if let Some(title) = &self.title {
            let x = if form.is_across() { 0.0 } else { (width - title.width) / 2.0 };
            let at = corner.plus(Point::new(x, 0.0));
            let room = Rect { at, size: Point::new(title.width, title.height) };
            plan.titles.push((self.part, room, title.clone()));
        }
        for (nodes, drawing, y) in &self.pieces {
            let spare = width - drawing.size.x;
            let x = if form.is_across() { spare } else { spare / 2.0 };
            let by = corner.plus(Point::new(x, *y));
            put(plan, picture, form, nodes, drawing, by, edges);
        }
    }
}

/// For each arrow the one whose way it goes: its own, or that of an arrow with the same ends that
/// is there where it is not.
fn edges(picture: &Picture) -> Vec<usize> {
    let tags = cpython::supported();
    let same = |one: &Arrow, other: &Arrow| {
        let ends = |arrow: &Arrow| (arrow.from, arrow.slot, arrow.to, arrow.label.clone());
        let both = |tag: &Tag| picture.has(one, *tag) && picture.has(other, *tag);
        ends(one) == ends(other) && !tags.iter().any(both)
    };
    let mut taken: Vec<usize> = Vec::new();
    for (at, arrow) in picture.arrows.iter().enumerate() {
        let free = |other: &usize| {
            let sharing = taken.iter().enumerate().filter(|(_, edge)| *edge == other);
            let mut sharing = sharing.map(|(at, _)| &picture.arrows[at]);
            sharing.all(|it| same(arrow, it))
        };
        let other = (0..at).filter(|other| taken[*other] == *other).find(free);
        taken.push(other.unwrap_or(at));
    }
    taken
}

/// The nodes of a part, in pieces that arrows connect.
fn connected(picture: &Picture, part: usize) -> Vec<Vec<usize>> {
    let mut piece: Vec<usize> = (0..picture.nodes.len()).collect();
    for arrow in &picture.arrows {
        let (one, other) = (piece[arrow.from], piece[arrow.to]);
        let (low, high) = (one.min(other), one.max(other));
        piece.iter_mut().filter(|it| **it == high).for_each(|it| *it = low);
    }
    let of_part = |node: &usize| picture.nodes[*node].part == part;
    let firsts = (0..piece.len()).filter(|node| piece[*node] == *node).filter(of_part);
    let all = |first: usize| (0..piece.len()).filter(|node| piece[*node] == first).collect();
    firsts.map(all).collect()
}

/// A piece, drawn downwards, and turned if it goes across.
fn drawn(
    picture: &Picture,
    form: Form,
    shapes: &[Shape],
    nodes: &[usize],
    edges: &[usize],
) -> Drawing {
    let place = |node: usize| nodes.iter().position(|other| *other == node).unwrap_or_default();
    let turn = |point: Point| if form.is_across() { point.turned() } else { point };
    let graph = Graph {
        nodes: nodes
            .iter()
            .map(|node| {
                let shape = &shapes[*node];
                let over = shape.badge.map_or(Point::default(), |badge| {
                    turn(badge.size.plus(Point::new(-BADGE / 2.0, -BADGE / 2.0)))
                });
                let kept = if shape.badge.is_some() { BADGE / 2.0 + 4.0 } else { 0.0 };
                let size = turn(shape.size);
                layered::Node { size, above: 0.0, below: over.y, right: over.x, kept }
            })
            .collect(),
        edges: of_piece(picture, nodes, edges)
            .map(|arrow| {
                let arrow = &picture.arrows[arrow];
                let dot = arrow.slot.and_then(|slot| shapes[arrow.from].slots[slot].dot);
                let label = (!arrow.label.is_empty()).then(|| {
                    let lines = note(&arrow.label, form);
                    turn(Point::new(lines.width + 12.0, lines.height + 4.0))
                });
                let (from, to) = (place(arrow.from), place(arrow.to));
                Edge { from, to, start: dot.map(turn), label }
            })
            .collect(),
    };
    let room = if form.is_across() {
        Room { wide: None, deep: Some(PAGE), between: (26.0, 72.0) }
    } else {
        Room { wide: Some(PHONE), deep: None, between: (40.0, 40.0) }
    };
    let mut drawing = layered::draw(&graph, room);
    drawing.size = turn(drawing.size);
    drawing.nodes.iter_mut().for_each(|node| *node = turn(*node));
    for way in &mut drawing.edges {
        *way = moved(way, turn);
    }
    drawing
}

/// The arrows of a piece that have a way of their own.
fn of_piece(picture: &Picture, nodes: &[usize], edges: &[usize]) -> impl Iterator<Item = usize> {
    let arrows = (0..picture.arrows.len()).filter(|at| edges[*at] == *at);
    arrows.filter(|at| nodes.contains(&picture.arrows[*at].from))
}

fn put(
    plan: &mut Plan,
    picture: &Picture,
    form: Form,
    nodes: &[usize],
    drawing: &Drawing,
    by: Point,
    edges: &[usize],
) {
    for (node, at) in nodes.iter().zip(&drawing.nodes) {
        plan.nodes[*node].1 = at.plus(by);
    }
    for (edge, way) in of_piece(picture, nodes, edges).zip(&drawing.edges) {
        let way = moved(way, |point| point.plus(by));
        let note = way.label.map(|middle| {
            let lines = note(&picture.arrows[edge].label, form);
            let corner = Point::new(-lines.width / 2.0, -lines.height / 2.0);
            (Rect { at: middle.plus(corner), size: Point::new(lines.width, lines.height) }, lines)
        });
        let sharing = edges.iter().enumerate().filter(|(_, other)| **other == edge);
        for (arrow, _) in sharing {
            plan.arrows[arrow] = Route { way: way.clone(), note: note.clone() };
        }
    }
}

fn moved(way: &Way, change: impl Fn(Point) -> Point) -> Way {
    Way {
        start: change(way.start),
        legs: way.legs.iter().map(|leg: &Leg| leg.map(&change)).collect(),
        label: way.label.map(&change),
    }
}
