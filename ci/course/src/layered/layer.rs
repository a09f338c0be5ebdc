//! Layers of items: the nodes, and the edges where they pass.

use super::graph::{Graph, LANE, LOOP, Point};
use super::rank::ends;

/// The layers from above, and what connects neighbours.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) items: Vec<Item>,
    /// The items of each layer, from the left.
    pub(super) rows: Vec<Vec<usize>>,
    pub(super) links: Vec<Link>,
    /// The links of each edge from above; none of an edge from a node to itself.
    pub(super) of_edge: Vec<Vec<usize>>,
    /// Whether each edge leads upwards.
    pub(super) back: Vec<bool>,
    /// Where each layer begins and ends, and where edges to the next one begin to bend.
    pub(super) y: Vec<Span>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The top and the bottom with what reaches beyond.
    pub(super) above: f64,
    pub(super) below: f64,
}

/// A node, or a place where an edge passes.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) node: Option<usize>,
    pub(super) row: usize,
    /// What it takes of its layer, and where in that the node begins.
    pub(super) width: f64,
    pub(super) indent: f64,
    pub(super) height: f64,
    pub(super) above: f64,
    pub(super) below: f64,
    pub(super) x: f64,
}

/// An edge, or a piece of one, from a layer to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    pub(super) upper: usize,
    pub(super) lower: usize,
    pub(super) edge: usize,
    /// Where it leaves the upper item and enters the lower one, from their left.
    pub(super) leaves: f64,
    pub(super) enters: f64,
}

impl Layers {
    pub(super) fn new(graph: &Graph, back: &[bool], ranks: &[usize]) -> Layers {
        let last = ranks.iter().copied().max().unwrap_or_default();
        let mut layers = Layers { back: back.to_vec(), ..Layers::default() };
        layers.rows = vec![Vec::new(); last + 1];
        for (at, node) in graph.nodes.iter().enumerate() {
            let loops = graph.edges.iter().filter(|edge| edge.from == at && edge.to == at).count();
            let indent = loops as f64 * LOOP;
            let reach = if loops > 0 { LOOP } else { 0.0 };
            layers.add(Item {
                node: Some(at),
                row: last - ranks[at],
                width: indent + node.size.x + node.right,
                indent,
                height: node.size.y,
                above: node.above.max(reach),
                below: node.below.max(reach),
                x: 0.0,
            });
        }
        for (at, edge) in graph.edges.iter().enumerate() {
            let (upper, lower, _) = ends(edge, back[at]);
            let mut links = Vec::new();
            let mut from = upper;
            let (first, end) = (last - ranks[upper], last - ranks[lower]);
            for row in first + 1..=end {
                let size = match edge.label {
                    Some(size) if row == first + 1 => size,
                    _ => Point::new(LANE, 0.0),
                };
                let passes = || Item { row, width: size.x, height: size.y, ..Item::default() };
                let to = if row == end { lower } else { layers.add(passes()) };
                links.push(layers.links.len());
                layers.links.push(Link { upper: from, lower: to, edge: at, ..Link::default() });
                from = to;
            }
            layers.of_edge.push(links);
        }
        layers
    }

    fn add(&mut self, item: Item) -> usize {
        self.rows[item.row].push(self.items.len());
        self.items.push(item);
        self.items.len() - 1
    }

    /// The place of each item in its layer.
    pub(super) fn places(&self) -> Vec<f64> {
        let mut places = vec![0.0; self.items.len()];
        for row in &self.rows {
            row.iter().enumerate().for_each(|(at, item)| places[*item] = at as f64);
        }
        places
    }

    /// Spreads the ends of the links over the sides of their items, in the order of the layers.
    pub(super) fn lead(&mut self, graph: &Graph) {
        let places = self.places();
        for item in 0..self.items.len() {
            let Some(node) = self.items[item].node.map(|node| &graph.nodes[node]) else {
                for link in &mut self.links {
                    let middle = self.items[item].width / 2.0;
                    if link.lower == item {
                        link.enters = middle;
                    }
                    if link.upper == item {
                        link.leaves = middle;
                    }
                }
                continue;
            };
            let indent = self.items[item].indent;
            let mut into: Vec<usize> = self.ends(|link| link.lower == item);
            into.sort_by(|a, b| {
                let key = |link: &usize| places[self.links[*link].upper] + self.share(*link, graph);
                key(a).total_cmp(&key(b))
            });
            for (at, x) in into.iter().zip(spread(0.0, node.size.x, into.len())) {
                self.links[*at].enters = indent + x;
            }
            let mut out: Vec<usize> = self.ends(|link| link.upper == item);
            out.sort_by(|a, b| {
                places[self.links[*a].lower].total_cmp(&places[self.links[*b].lower])
            });
            let (slots, sides): (Vec<usize>, Vec<usize>) =
                out.into_iter().partition(|link| self.slot(*link, graph).is_some());
            for link in slots {
                let x = self.slot(link, graph).unwrap_or_default();
                self.links[link].leaves = indent + x;
            }
            for (at, x) in sides.iter().zip(spread(0.0, node.size.x - node.kept, sides.len())) {
                self.links[*at].leaves = indent + x;
            }
        }
    }

    fn ends(&self, is: impl Fn(&Link) -> bool) -> Vec<usize> {
        (0..self.links.len()).filter(|link| is(&self.links[*link])).collect()
    }

    /// Where in its node an edge starts that leads down out of a slot.
    pub(super) fn slot(&self, link: usize, graph: &Graph) -> Option<f64> {
        let Link { upper, edge, .. } = self.links[link];
        let starts_here = self.items[upper].node == Some(graph.edges[edge].from);
        let start = graph.edges[edge].start.filter(|_| starts_here && !self.back[edge])?;
        Some(start.x)
    }

    /// Where on the lower side of its upper item a link starts, from 0 to 1.
    pub(super) fn share(&self, link: usize, graph: &Graph) -> f64 {
        let width = self.items[self.links[link].upper].width.max(1.0);
        self.slot(link, graph).map_or(0.5, |x| x / width)
    }
}

/// `count` places on a side from `from` to `to`, around its middle.
fn spread(from: f64, to: f64, count: usize) -> impl Iterator<Item = f64> {
    let step = ((to - from) / (count + 1) as f64).min(16.0);
    let first = f64::midpoint(from, to) - step * (count.saturating_sub(1)) as f64 / 2.0;
    (0..count).map(move |at| first + step * at as f64)
}
