//! Where in its layer an item stands, and where a layer begins.

use super::graph::{APART, Room};
use super::layer::{Item, Layers, Span};

/// How often the layers are gone through: towards what was placed last, and towards all neighbours.
const ROUNDS: usize = 6;
const LAST_ROUNDS: usize = 12;
/// What a bend needs.
const BEND: f64 = 22.0;

/// Places the items of every layer so that links are as straight as the order allows, within
/// `wide` where the layer is not wider by itself.
pub(super) fn across(layers: &mut Layers, wide: Option<f64>) {
    for row in 0..layers.rows.len() {
        let wanted = vec![0.0; layers.rows[row].len()];
        settle(layers, row, &wanted, wide);
    }
    for round in 0..ROUNDS + LAST_ROUNDS {
        let (above, below) = match round {
            round if round >= ROUNDS => (true, true),
            round => (round % 2 == 0, round % 2 == 1),
        };
        for at in 0..layers.rows.len() {
            let row = if round % 2 == 0 { at } else { layers.rows.len() - 1 - at };
            let items = &layers.rows[row];
            let wanted: Vec<f64> =
                items.iter().map(|item| wanted(layers, *item, above, below)).collect();
            settle(layers, row, &wanted, wide);
        }
    }
    let left = layers.items.iter().map(|item| item.x).fold(f64::INFINITY, f64::min);
    layers.items.iter_mut().for_each(|item| item.x -= left);
}

/// Where an item would stand if it were alone: under, or over, the middle of its neighbours. A
/// passing edge is pulled straight before a node is drawn to its neighbours.
fn wanted(layers: &Layers, item: usize, above: bool, below: bool) -> f64 {
    let links = layers.links.iter().filter_map(|link| {
        let (upper, lower) = (&layers.items[link.upper], &layers.items[link.lower]);
        let passing = [upper, lower].iter().filter(|item| item.node.is_none()).count();
        let weight = [1.0, 2.0, 8.0][passing];
        if above && link.lower == item {
            Some((upper.x + link.leaves - link.enters, weight))
        } else if below && link.upper == item {
            Some((lower.x + link.enters - link.leaves, weight))
        } else {
            None
        }
    });
    let (sum, weights) = links
        .fold((0.0, 0.0), |(sum, all), (wanted, weight)| (sum + wanted * weight, all + weight));
    if weights == 0.0 { layers.items[item].x } else { sum / weights }
}

/// Places a layer as near to what is `wanted` as distances let it: the squares of what is missed
/// are the least, which merging neighbours that come too close finds.
fn settle(layers: &mut Layers, row: usize, wanted: &[f64], wide: Option<f64>) {
    let items = layers.rows[row].clone();
    let mut offsets = Vec::new();
    let mut end = 0.0;
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            end += apart(&layers.items[items[at - 1]], &layers.items[*item]);
        }
        offsets.push(end);
        end += layers.items[*item].width;
    }
    // A block of items side by side: the sum of where they want to be, and how many they are.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        blocks.push((wanted - offset, 1));
        while let [.., (a, n), (b, m)] = blocks[..]
            && a / n as f64 > b / m as f64
        {
            blocks.truncate(blocks.len() - 2);
            blocks.push((a + b, n + m));
        }
    }
    let half = wide.map_or(f64::INFINITY, |wide| wide.max(end) / 2.0);
    let lefts = blocks.iter().flat_map(|(sum, n)| std::iter::repeat_n(sum / *n as f64, *n));
    let lefts: Vec<f64> = lefts.collect();
    for ((item, left), offset) in items.iter().zip(lefts).zip(&offsets) {
        layers.items[*item].x = left.max(-half).min(half - end) + offset;
    }
}

/// The distance of two neighbours. What passes has its distance in itself.
fn apart(left: &Item, right: &Item) -> f64 {
    match (left.node, right.node) {
        (Some(_), Some(_)) => APART,
        (None, None) => 0.0,
        _ => APART / 3.0,
    }
}

/// Gives every layer its height.
pub(super) fn down(layers: &mut Layers, room: Room) {
    let most = |row: &[usize], of: fn(&Item) -> f64| {
        row.iter().map(|item| of(&layers.items[*item])).fold(0.0, f64::max)
    };
    let rows = layers.rows.iter().map(|row| {
        let of = |of| most(row, of);
        (of(|item| item.height), of(|item| item.above), of(|item| item.below))
    });
    let rows: Vec<(f64, f64, f64)> = rows.collect();
    let ends = rows.first().map_or(0.0, |row| row.1) + rows.last().map_or(0.0, |row| row.2);
    let heights: f64 = rows.iter().map(|row| row.0).sum::<f64>() + ends;
    let gaps = rows.len().saturating_sub(1).max(1) as f64;
    let (least, best) = room.between;
    let between = room.deep.map_or(best, |deep| ((deep - heights) / gaps).clamp(least, best));
    let mut below = 0.0;
    let mut bottom = None;
    for (height, above, reach) in rows {
        let top = match bottom {
            None => above,
            Some(bottom) => f64::max(bottom + between, below + BEND + above),
        };
        let end = top + height;
        (bottom, below) = (Some(end), end + reach);
        layers.y.push(Span { top, bottom: end, above: top - above, below });
    }
}
