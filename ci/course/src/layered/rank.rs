//! Which layer a node stands in, counted from below.

use super::graph::{APART, Edge, Graph, LANE};

/// Whether each edge leads back into a path that has led to it, or to where it starts.
pub(super) fn back(graph: &Graph) -> Vec<bool> {
    let mut back = vec![false; graph.edges.len()];
    let mut seen = vec![Seen::Not; graph.nodes.len()];
    for node in 0..graph.nodes.len() {
        visit(graph, node, &mut seen, &mut back);
    }
    back
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    OnPath,
    Done,
}

fn visit(graph: &Graph, node: usize, seen: &mut [Seen], back: &mut [bool]) {
    if seen[node] != Seen::Not {
        return;
    }
    seen[node] = Seen::OnPath;
    for (at, edge) in graph.edges.iter().enumerate().filter(|(_, edge)| edge.from == node) {
        match seen[edge.to] {
            Seen::OnPath => back[at] = true,
            _ => visit(graph, edge.to, seen, back),
        }
    }
    seen[node] = Seen::Done;
}

/// The nodes above and below an edge, and how many layers it leads down.
pub(super) fn ends(edge: &Edge, back: bool) -> (usize, usize, usize) {
    let layers = if edge.label.is_some() { 2 } else { 1 };
    if back { (edge.to, edge.from, layers) } else { (edge.from, edge.to, layers) }
}

/// The layer of each node. A layer that would become wider than `wide` leaves nodes to the next
/// ones, those last from which the longest way leads up.
pub(super) fn ranks(graph: &Graph, back: &[bool], wide: Option<f64>) -> Vec<usize> {
    let edges: Vec<(usize, usize, usize)> = graph
        .edges
        .iter()
        .zip(back)
        .map(|(edge, back)| ends(edge, *back))
        .filter(|(upper, lower, _)| upper != lower)
        .collect();
    let heights = heights(graph.nodes.len(), &edges);
    let mut ranks: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    let mut layer = 0;
    while ranks.iter().any(Option::is_none) {
        let stands =
            |node: &usize, layers: usize| ranks[*node].is_some_and(|rank| rank + layers <= layer);
        let ready = |node: &usize| {
            ranks[*node].is_none()
                && edges.iter().all(|(upper, lower, n)| upper != node || stands(lower, *n))
        };
        let mut ready: Vec<usize> = (0..graph.nodes.len()).filter(ready).collect();
        ready.sort_by_key(|node| std::cmp::Reverse(heights[*node]));
        let passing: Vec<usize> = edges
            .iter()
            .filter(|(upper, lower, _)| ranks[*upper].is_none() && ranks[*lower].is_some())
            .map(|(upper, _, _)| *upper)
            .collect();
        let mut width = passing.len() as f64 * LANE;
        let mut chosen = 0;
        for node in ready {
            let lanes = passing.iter().filter(|upper| **upper == node).count() as f64 * LANE;
            let more = graph.nodes[node].size.x + graph.nodes[node].right + APART - lanes;
            if chosen > 0 && wide.is_some_and(|wide| width + more > wide + APART / 3.0) {
                continue;
            }
            width += more;
            chosen += 1;
            ranks[node] = Some(layer);
        }
        layer += 1;
    }
    ranks.into_iter().flatten().collect()
}

/// How many layers lie above each node: the longest way that leads to it.
fn heights(nodes: usize, edges: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut heights = vec![0; nodes];
    // Without circles no way has more edges than there are nodes.
    for _ in 0..nodes {
        for (upper, lower, layers) in edges {
            heights[*lower] = heights[*lower].max(heights[*upper] + layers);
        }
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::super::graph::{Node, Point};
    use super::*;

    fn ranked(nodes: usize, edges: &[(usize, usize)], wide: Option<f64>) -> Vec<usize> {
        let node = || Node { size: Point::new(100.0, 30.0), ..Node::default() };
        let edge = |(from, to): &(usize, usize)| Edge { from: *from, to: *to, ..Edge::default() };
        let graph = Graph {
            nodes: (0..nodes).map(|_| node()).collect(),
            edges: edges.iter().map(edge).collect(),
        };
        ranks(&graph, &back(&graph), wide)
    }

    #[test]
    fn a_node_stands_as_low_as_its_targets_let_it() {
        assert_eq!(ranked(4, &[(0, 1), (1, 2), (3, 2)], None), [2, 1, 0, 1]);
    }

    #[test]
    fn a_layer_that_is_full_leaves_nodes_to_the_next() {
        let fan: Vec<(usize, usize)> = (0..4).map(|from| (from, 4)).collect();
        assert_eq!(ranked(5, &fan, None), [1, 1, 1, 1, 0]);
        assert_eq!(ranked(5, &fan, Some(250.0)), [1, 1, 2, 2, 0]);
    }

    #[test]
    fn a_circle_is_cut_where_it_closes() {
        assert_eq!(ranked(3, &[(0, 1), (1, 2), (2, 0), (1, 1)], None), [2, 1, 0]);
    }
}
