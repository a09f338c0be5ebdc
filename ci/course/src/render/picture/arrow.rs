//! An arrow in SVG: without any colour, which the page's style gives, and without any word.

use super::plan::Route;
use crate::layered::{Leg, Point};

/// How far a line ends before the tip of its head.
const SHORT: f64 = 6.0;
/// The half of a cross.
pub(super) const CROSS: f64 = 6.0;

/// The line, the head, and what else tells an arrow from others: a dot where it starts in a
/// slot, an open head if it borrows, a cross if it is leaked.
pub(super) fn arrow(route: &Route, owns: bool, leaked: bool, dot: bool) -> String {
    let way = &route.way;
    let (tip, back) = head(route);
    let (x, y) = (back.x, back.y);
    let base = Point::new(tip.x + 9.0 * x, tip.y + 9.0 * y);
    let (one, other) = (
        Point::new(base.x + 4.5 * y, base.y - 4.5 * x),
        Point::new(base.x - 4.5 * y, base.y + 4.5 * x),
    );
    let stop = if owns { Point::new(tip.x + SHORT * x, tip.y + SHORT * y) } else { tip };
    let mut line = format!("M{}", at(way.start));
    let last = last(route);
    for leg in way.legs.iter().take(last + 1).enumerate() {
        let short = |end: Point| if leg.0 == last { stop } else { end };
        line.push_str(&match *leg.1 {
            Leg::Line(end) => format!("L{}", at(short(end))),
            Leg::Curve(one, two, end) => format!("C{} {} {}", at(one), at(two), at(short(end))),
        });
    }
    let closed = if owns { "Z" } else { "" };
    let mut svg = format!(
        "<path class=\"line\" d=\"{line}\"/><path class=\"head\" d=\"M{}L{}L{}{closed}\"/>",
        at(one),
        at(tip),
        at(other)
    );
    if dot {
        svg.push_str(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"4.5\"/>",
            number(way.start.x),
            number(way.start.y)
        ));
    }
    if leaked {
        let Point { x, y } = middle(route);
        let (left, top, right, bottom) = (x - CROSS, y - CROSS, x + CROSS, y + CROSS);
        let (a, b) = (Point::new(left, top), Point::new(right, bottom));
        let (c, d) = (Point::new(left, bottom), Point::new(right, top));
        let cross = format!("M{}L{}M{}L{}", at(a), at(b), at(c), at(d));
        svg.push_str(&format!(
            "<path class=\"halo\" d=\"{cross}\"/><path class=\"cross\" d=\"{cross}\"/>"
        ));
    }
    svg
}

/// The last leg that leads anywhere.
fn last(route: &Route) -> usize {
    let legs = &route.way.legs;
    let leads = |at: &usize| {
        let before = if *at == 0 { route.way.start } else { legs[at - 1].end() };
        distance(before, legs[*at].end()) > SHORT
    };
    (0..legs.len()).rev().find(leads).unwrap_or_default()
}

/// The tip of the arrow's head, and the direction back from it.
fn head(route: &Route) -> (Point, Point) {
    let mut points = vec![route.way.start];
    for leg in &route.way.legs {
        match *leg {
            Leg::Line(end) => points.push(end),
            Leg::Curve(one, two, end) => points.extend([one, two, end]),
        }
    }
    let tip = points.last().copied().unwrap_or_default();
    let before = points.iter().rev().find(|point| distance(**point, tip) > 1.0);
    let before = before.copied().unwrap_or(Point::new(tip.x, tip.y - 1.0));
    let length = distance(before, tip);
    (tip, Point::new((before.x - tip.x) / length, (before.y - tip.y) / length))
}

/// The middle of the first bend, between two layers, where a cross meets no box.
pub(super) fn middle(route: &Route) -> Point {
    let from = route.way.legs.first().map_or(route.way.start, Leg::end);
    match route.way.legs.get(1) {
        Some(Leg::Line(to)) => Point::new(f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y)),
        Some(Leg::Curve(one, two, to)) => {
            let on = |a: f64, b: f64, c: f64, d: f64| (a + 3.0 * b + 3.0 * c + d) / 8.0;
            Point::new(on(from.x, one.x, two.x, to.x), on(from.y, one.y, two.y, to.y))
        }
        None => from,
    }
}

fn distance(one: Point, other: Point) -> f64 {
    (one.x - other.x).hypot(one.y - other.y)
}

fn at(point: Point) -> String {
    format!("{} {}", number(point.x), number(point.y))
}

/// A tenth of a pixel is enough.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // Zero has no sign.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}
