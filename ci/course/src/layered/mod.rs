//! A graph in layers, drawn downwards: where each node stands, and the way of each edge. It knows
//! sizes and nothing of what they are the sizes of.
//!
//! It is Sugiyama's method: give each node a layer, order the layers, place them, lead the edges.
//! A node stands as low as its targets let it. An edge that passes a layer has room of its own
//! there, so nothing that is drawn meets a node that it does not lead from or to.
//!
//! It is our own because the library that reads DOT for us, which lays graphs out too, keeps to no
//! width and lays what is written on an edge across it.

mod graph;
mod layer;
mod order;
mod place;
mod rank;
mod route;

use layer::Layers;

pub(crate) use graph::{Drawing, Edge, Graph, Leg, Node, Point, Room, Way};

/// Draws `graph`.
pub(crate) fn draw(graph: &Graph, room: Room) -> Drawing {
    let back = rank::back(graph);
    let ranks = rank::ranks(graph, &back, room.wide);
    let mut layers = Layers::new(graph, &back, &ranks);
    order::order(&mut layers, |layers, link| layers.share(link, graph));
    layers.lead(graph);
    place::across(&mut layers, room.wide);
    place::down(&mut layers, room);
    route::drawing(graph, &layers)
}
