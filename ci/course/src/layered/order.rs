//! In which order the items of a layer stand, so that few edges cross.

use super::layer::{Layers, Link};

/// How often all layers are gone through, down and up.
const SWEEPS: usize = 6;

/// Orders every layer of `layers`. What crosses nothing stays in the order of the source.
pub(super) fn order(layers: &mut Layers, share: impl Fn(&Layers, usize) -> f64) {
    let shares: Vec<f64> = (0..layers.links.len()).map(|link| share(layers, link)).collect();
    let mut best = (crossings(layers, &shares), layers.rows.clone());
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        for at in 0..layers.rows.len() {
            let row = if down { at } else { layers.rows.len() - 1 - at };
            by_neighbours(layers, row, down, &shares);
        }
        swap_neighbours(layers, &shares);
        let found = crossings(layers, &shares);
        if found < best.0 {
            best = (found, layers.rows.clone());
        }
    }
    layers.rows = best.1;
}

/// Sorts a layer by the middle of what each item is linked to, above or below.
fn by_neighbours(layers: &mut Layers, row: usize, above: bool, shares: &[f64]) {
    let places = layers.places();
    let middle = |item: &usize| {
        let ends = layers.links.iter().zip(shares).filter_map(|(link, share)| {
            if above {
                (link.lower == *item).then(|| places[link.upper] + share)
            } else {
                (link.upper == *item).then(|| places[link.lower] + 0.5)
            }
        });
        let ends: Vec<f64> = ends.collect();
        let count = ends.len() as f64;
        if ends.is_empty() { places[*item] + 0.5 } else { ends.iter().sum::<f64>() / count }
    };
    let mut keyed: Vec<(f64, usize)> =
        layers.rows[row].iter().map(|item| (middle(item), *item)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    layers.rows[row] = keyed.into_iter().map(|(_, item)| item).collect();
}

/// Exchanges neighbours for as long as that leaves fewer crossings.
fn swap_neighbours(layers: &mut Layers, shares: &[f64]) {
    let mut least = crossings(layers, shares);
    let mut better = true;
    while better {
        better = false;
        for row in 0..layers.rows.len() {
            for at in 1..layers.rows[row].len() {
                layers.rows[row].swap(at - 1, at);
                let found = crossings(layers, shares);
                if found < least {
                    (least, better) = (found, true);
                } else {
                    layers.rows[row].swap(at - 1, at);
                }
            }
        }
    }
}

/// How many pairs of links cross.
fn crossings(layers: &Layers, shares: &[f64]) -> usize {
    let places = layers.places();
    let row = |link: &Link| layers.items[link.upper].row;
    let ends: Vec<(usize, f64, f64)> = layers
        .links
        .iter()
        .zip(shares)
        .map(|(link, share)| (row(link), places[link.upper] + share, places[link.lower]))
        .collect();
    let crosses = |(at, a): (usize, &(usize, f64, f64))| {
        let others = ends[at + 1..].iter().filter(move |b| b.0 == a.0);
        others.filter(|b| (a.1 - b.1) * (a.2 - b.2) < 0.0).count()
    };
    ends.iter().enumerate().map(crosses).sum()
}
