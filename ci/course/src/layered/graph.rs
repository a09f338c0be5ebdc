//! What is drawn, the room for it, and the drawing.

/// A point, or a size: x to the right and y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(crate) fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub(crate) fn plus(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }

    /// With x and y in each other's place.
    pub(crate) fn turned(self) -> Point {
        Point::new(self.y, self.x)
    }
}

/// What is to be drawn. All nodes are connected, or they stand side by side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// A node: what is drawn of it, and what it needs around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) size: Point,
    /// The room above, below and to the right into which parts of it reach.
    pub(crate) above: f64,
    pub(crate) below: f64,
    pub(crate) right: f64,
    /// How much of its lower side, from the right, no edge may start from.
    pub(crate) kept: f64,
}

/// An edge.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Where it starts in its node, if not at its lower side.
    pub(crate) start: Option<Point>,
    /// The size of what is written on it.
    pub(crate) label: Option<Point>,
}

/// The room that there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// How wide a layer should be at most.
    pub(crate) wide: Option<f64>,
    /// How deep all of it should be at most.
    pub(crate) deep: Option<f64>,
    /// The least and the best distance of two layers.
    pub(crate) between: (f64, f64),
}

/// A drawn graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawing {
    pub(crate) size: Point,
    /// The upper left corner of each node.
    pub(crate) nodes: Vec<Point>,
    pub(crate) edges: Vec<Way>,
}

/// The way of an edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Way {
    pub(crate) start: Point,
    pub(crate) legs: Vec<Leg>,
    /// The middle of what is written on it.
    pub(crate) label: Option<Point>,
}

/// A piece of a way, from where the one before it ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Leg {
    Line(Point),
    /// A cubic curve: two points that draw it, and its end.
    Curve(Point, Point, Point),
}

impl Leg {
    pub(crate) fn end(&self) -> Point {
        match self {
            Leg::Line(end) | Leg::Curve(_, _, end) => *end,
        }
    }

    /// Its points changed by `change`.
    #[must_use]
    pub(crate) fn map(&self, change: impl Fn(Point) -> Point) -> Leg {
        match *self {
            Leg::Line(end) => Leg::Line(change(end)),
            Leg::Curve(one, two, end) => Leg::Curve(change(one), change(two), change(end)),
        }
    }
}

/// The room of an edge that passes a layer, and between neighbours in a layer.
pub(super) const LANE: f64 = 14.0;
pub(super) const APART: f64 = 12.0;
/// How far an edge from a node to itself reaches beyond it.
pub(super) const LOOP: f64 = 22.0;
