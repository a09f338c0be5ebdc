//! The ways of the edges, and all that has been placed as a drawing.
//!
//! An edge bends only between layers. In one it goes straight down: to the node that it leads to,
//! or through the room that it has there.

use super::graph::{Drawing, Graph, LOOP, Leg, Point, Way};
use super::layer::Layers;

pub(super) fn drawing(graph: &Graph, layers: &Layers) -> Drawing {
    let mut nodes = vec![Point::default(); graph.nodes.len()];
    for item in &layers.items {
        if let Some(node) = item.node {
            let y = layers.y[item.row].bottom - graph.nodes[node].size.y;
            nodes[node] = Point::new(item.x + item.indent, y);
        }
    }
    let mut edges = Vec::new();
    for (at, edge) in graph.edges.iter().enumerate() {
        edges.push(if edge.from == edge.to {
            let before = graph.edges[..at].iter();
            let nth = before.filter(|other| other.from == edge.from && other.to == edge.to).count();
            round(nodes[edge.from], graph.nodes[edge.from].size, edge.start, nth)
        } else {
            way(graph, layers, at, &nodes)
        });
    }
    let wide = layers.items.iter().map(|item| item.x + item.width).fold(0.0, f64::max);
    let deep = layers.y.last().map_or(0.0, |span| span.below);
    Drawing { size: Point::new(wide, deep), nodes, edges }
}

fn way(graph: &Graph, layers: &Layers, at: usize, nodes: &[Point]) -> Way {
    let edge = &graph.edges[at];
    let links = layers.of_edge[at].iter().map(|link| &layers.links[*link]);
    let mut way = Way::default();
    for (step, link) in links.enumerate() {
        let (upper, lower) = (&layers.items[link.upper], &layers.items[link.lower]);
        let (here, there) = (layers.y[upper.row], layers.y[lower.row]);
        let (from, to) = (upper.x + link.leaves, lower.x + link.enters);
        if step == 0 {
            let slot = edge.start.filter(|_| !layers.back[at]);
            let start = slot.map_or(here.bottom, |slot| nodes[edge.from].y + slot.y);
            way.start = Point::new(from, start);
        } else if edge.label.is_some() && step == 1 {
            let middle = f64::midpoint(here.top, here.bottom);
            way.label = Some(Point::new(upper.x + upper.width / 2.0, middle));
        }
        way.legs.push(Leg::Line(Point::new(from, here.below)));
        let middle = f64::midpoint(here.below, there.above);
        let bent = Point::new(to, there.above);
        way.legs.push(match (from - to).abs() < 0.5 {
            true => Leg::Line(bent),
            false => Leg::Curve(Point::new(from, middle), Point::new(to, middle), bent),
        });
        let end = lower.node.map_or(there.below, |node| nodes[node].y);
        way.legs.push(Leg::Line(Point::new(to, end)));
    }
    if layers.back[at] { reversed(&way) } else { way }
}

/// A way from the end to the start.
fn reversed(way: &Way) -> Way {
    let mut starts = vec![way.start];
    starts.extend(way.legs.iter().map(Leg::end));
    let mut turned = Way { start: starts.pop().unwrap_or_default(), ..way.clone() };
    turned.legs = way
        .legs
        .iter()
        .rev()
        .zip(starts.into_iter().rev())
        .map(|(leg, end)| match *leg {
            Leg::Line(_) => Leg::Line(end),
            Leg::Curve(one, two, _) => Leg::Curve(two, one, end),
        })
        .collect();
    turned
}

/// The way of the `nth` edge from a node to itself: around its left side, with round corners.
fn round(node: Point, size: Point, start: Option<Point>, nth: usize) -> Way {
    let bend = 0.7 * LOOP;
    let left = node.x - LOOP * nth as f64 - bend;
    let (top, bottom) = (node.y, node.y + size.y);
    let inset = 8.0 + 6.0 * nth as f64;
    let start = start.map_or(Point::new(node.x + inset, bottom), |start| node.plus(start));
    let end = Point::new(node.x + inset, top);
    let turn = |corner, to| Leg::Curve(corner, corner, to);
    let (under, over) = (bottom + bend, top - bend);
    let legs = vec![
        Leg::Line(Point::new(start.x, bottom)),
        turn(Point::new(start.x, under), Point::new(start.x - bend / 2.0, under)),
        Leg::Line(Point::new(left + bend, under)),
        turn(Point::new(left, under), Point::new(left, bottom)),
        Leg::Line(Point::new(left, top)),
        turn(Point::new(left, over), Point::new(left + bend, over)),
        Leg::Line(Point::new(end.x - bend / 2.0, over)),
        turn(Point::new(end.x, over), end),
    ];
    Way { start, legs, label: None }
}
