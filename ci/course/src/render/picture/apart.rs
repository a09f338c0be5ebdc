//! Nothing in a picture covers anything else, measured on both drawings of every picture of the
//! book, and of pictures that nobody drew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use verify::Record;

use super::super::seed::Seed;
use super::arrow::{CROSS, middle};
use super::counts::Counts;
use super::plan::{PAGE, PHONE, Plan, Route, plan};
use super::shape::{Form, Rect, Shape};
use super::text::Lines;
use crate::layered::{Leg, Point};
use crate::read::dot;
use crate::read::picture::Picture;

const FORMS: [Form; 2] = [Form::Across, Form::Down];

/// What of the plan covers what, in words.
fn faults(picture: &Picture, plan: &Plan) -> Vec<String> {
    let mut faults = Vec::new();
    let things = things(picture, plan);
    for (at, (one, rect, owner)) in things.iter().enumerate() {
        if !within(plan, *rect) {
            faults.push(format!("{one} is not in the drawing"));
        }
        for (other, with, other_owner) in &things[at + 1..] {
            // A badge sits on a corner of its own box.
            if owner.is_none() || owner != other_owner {
                meets(*rect, *with).then(|| faults.push(format!("{one} and {other}")));
            }
        }
    }
    for (node, (shape, at)) in picture.nodes.iter().zip(&plan.nodes) {
        faults.extend(inside(shape).into_iter().map(|fault| format!("{}: {fault}", node.name)));
        let _ = at;
    }
    for (at, (arrow, route)) in picture.arrows.iter().zip(&plan.arrows).enumerate() {
        let name = format!(
            "arrow {at} from {} to {}",
            picture.nodes[arrow.from].name, picture.nodes[arrow.to].name
        );
        let points = points(route);
        if points.len() < 2 {
            faults.push(format!("{name} is not drawn"));
        }
        for (other, rect, owner) in &things {
            let own_box = |node: usize| *owner == Some(node) && other.starts_with("box");
            let may =
                own_box(arrow.from) || own_box(arrow.to) || *other == format!("note of arrow {at}");
            let hit = points.iter().any(|point| holds(*rect, *point));
            (hit && !may).then(|| faults.push(format!("{name} meets {other}")));
            let cross = cross(route);
            let crossed = picture.leaks(arrow) && meets(cross, *rect);
            crossed.then(|| faults.push(format!("the cross of {name} meets {other}")));
        }
        // In its own box it meets no text.
        let (shape, corner) = &plan.nodes[arrow.from];
        for text in texts(shape) {
            let hit = points.iter().any(|point| holds(text.moved(*corner), *point));
            hit.then(|| faults.push(format!("{name} runs through a text of its own box")));
        }
        if let (Some(end), false) = (points.last(), arrow.from == arrow.to) {
            let (shape, corner) = &plan.nodes[arrow.to];
            let target = Rect { at: *corner, size: shape.size };
            (!touches(target, *end)).then(|| faults.push(format!("{name} ends nowhere")));
            // Two arrows that are there together end at two places.
            for (other, with) in picture.arrows.iter().zip(&plan.arrows).skip(at + 1) {
                let same = other.to == arrow.to && with.way != route.way;
                let near = with
                    .way
                    .legs
                    .last()
                    .map(Leg::end)
                    .is_some_and(|with| (with.x - end.x).abs() + (with.y - end.y).abs() < 4.0);
                (same && near).then(|| faults.push(format!("{name} ends where another does")));
            }
        }
    }
    faults
}

/// Boxes, badges, notes and titles, with the node that each is of.
fn things(picture: &Picture, plan: &Plan) -> Vec<(String, Rect, Option<usize>)> {
    let mut things = Vec::new();
    for (at, (shape, corner)) in plan.nodes.iter().enumerate() {
        let name = &picture.nodes[at].name;
        things.push((format!("box {name}"), Rect { at: *corner, size: shape.size }, Some(at)));
        let badge = shape.badge.map(|badge| badge.moved(*corner));
        things.extend(badge.map(|badge| (format!("badge of {name}"), badge, Some(at))));
    }
    let mut noted: Vec<&Route> = Vec::new();
    for (at, route) in plan.arrows.iter().enumerate() {
        if let Some((rect, _)) = route.note
            && !noted.iter().any(|other| other.way == route.way)
        {
            things.push((format!("note of arrow {at}"), rect, None));
            noted.push(route);
        }
    }
    things.extend(plan.titles.iter().map(|(part, rect, _)| (format!("title {part}"), *rect, None)));
    things
}

/// What in a node covers another thing in it, or does not fit.
fn inside(shape: &Shape) -> Vec<String> {
    let mut faults = Vec::new();
    let texts = texts(shape);
    let all = Rect { at: Point::default(), size: shape.size };
    for (at, text) in texts.iter().enumerate() {
        let fits = text.at.x >= 4.0
            && text.at.y >= 2.0
            && text.at.x + text.size.x <= all.size.x - 4.0
            && text.at.y + text.size.y <= all.size.y - 2.0;
        (!fits).then(|| faults.push(format!("text {at} does not fit")));
        let others = texts[at + 1..].iter().filter(|other| meets(*text, **other));
        faults.extend(others.map(|_| format!("text {at} meets another")));
        let badge = shape.badge.filter(|badge| meets(*text, *badge));
        faults.extend(badge.map(|_| format!("text {at} meets the badge")));
        for dot in shape.slots.iter().filter_map(|slot| slot.dot) {
            let dot = Rect::new(dot.x - 4.5, dot.y - 4.5, 9.0, 9.0);
            meets(*text, dot).then(|| faults.push(format!("text {at} meets a dot")));
            let badge = shape.badge.filter(|badge| meets(dot, *badge));
            faults.extend(badge.map(|_| "a dot meets the badge".to_owned()));
        }
    }
    faults
}

/// The texts of a node, each in the middle of its room.
fn texts(shape: &Shape) -> Vec<Rect> {
    let middle = |room: Rect, lines: &Lines| {
        let spare = Point::new(room.size.x - lines.width, room.size.y - lines.height);
        let at = room.at.plus(Point::new(spare.x / 2.0, spare.y / 2.0));
        (lines.width > 0.0).then_some(Rect { at, size: Point::new(lines.width, lines.height) })
    };
    let slots = shape.slots.iter().map(|slot| middle(slot.label, &slot.lines));
    [middle(shape.label, &shape.lines)].into_iter().chain(slots).flatten().collect()
}

/// Points of a route, close to each other, without its start and its end.
fn points(route: &Route) -> Vec<Point> {
    let mut from = route.way.start;
    let mut points = vec![from];
    for leg in &route.way.legs {
        for step in 1..=24 {
            let t = f64::from(step) / 24.0;
            points.push(match *leg {
                Leg::Line(to) => Point::new(mix(from.x, to.x, t), mix(from.y, to.y, t)),
                Leg::Curve(one, two, to) => Point::new(
                    cubic([from.x, one.x, two.x, to.x], t),
                    cubic([from.y, one.y, two.y, to.y], t),
                ),
            });
        }
        from = leg.end();
    }
    points
}

fn mix(from: f64, to: f64, t: f64) -> f64 {
    from + (to - from) * t
}

fn cubic(points: [f64; 4], t: f64) -> f64 {
    let [a, b, c, d] = points;
    let (ab, bc, cd) = (mix(a, b, t), mix(b, c, t), mix(c, d, t));
    mix(mix(ab, bc, t), mix(bc, cd, t), t)
}

fn cross(route: &Route) -> Rect {
    let Point { x, y } = middle(route);
    Rect::new(x - CROSS, y - CROSS, 2.0 * CROSS, 2.0 * CROSS)
}

fn meets(one: Rect, other: Rect) -> bool {
    let apart = |a: f64, b: f64, c: f64, d: f64| a + b <= c + 0.01 || c + d <= a + 0.01;
    !apart(one.at.x, one.size.x, other.at.x, other.size.x)
        && !apart(one.at.y, one.size.y, other.at.y, other.size.y)
}

fn holds(rect: Rect, point: Point) -> bool {
    let (x, y) = (point.x - rect.at.x, point.y - rect.at.y);
    x > 0.01 && y > 0.01 && x < rect.size.x - 0.01 && y < rect.size.y - 0.01
}

/// Whether `point` is on the outline of `rect`.
fn touches(rect: Rect, point: Point) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.1;
    let (x, y) = (point.x - rect.at.x, point.y - rect.at.y);
    let (wide, high) = (rect.size.x, rect.size.y);
    let inside = x > -0.1 && y > -0.1 && x < wide + 0.1 && y < high + 0.1;
    inside && (near(x, 0.0) || near(y, 0.0) || near(x, wide) || near(y, high))
}

fn within(plan: &Plan, rect: Rect) -> bool {
    let (right, bottom) = (rect.at.x + rect.size.x, rect.at.y + rect.size.y);
    rect.at.x > -0.01
        && rect.at.y > -0.01
        && right < plan.size.x + 0.01
        && bottom < plan.size.y + 0.01
}

/// The pictures of the book, by topic, with what has been counted.
fn book() -> Vec<(String, Picture, Record)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pictures = Vec::new();
    for entry in fs::read_dir(root.join("book")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "dot") {
            let topic = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let picture = dot::read(&path, &fs::read_to_string(&path).unwrap()).unwrap();
            let record = root.join("lessons").join(&topic).join("record.toml");
            let text = fs::read_to_string(&record).unwrap();
            let record = Record::parse(&record, &topic, &text).unwrap();
            pictures.push((topic, picture, record));
        }
    }
    pictures
}

#[test]
fn in_no_picture_of_the_book_does_anything_cover_anything() {
    let pictures = book();
    assert!(pictures.len() >= 16);
    for (topic, picture, record) in pictures {
        let texts = Counts::new(&picture, &record).texts();
        for form in FORMS {
            let plan = plan(&picture, form, &texts);
            assert_eq!(faults(&picture, &plan), [""; 0], "{topic}, {form:?}");
            let most = if form == Form::Across { PAGE } else { PHONE };
            assert!(plan.size.x <= most, "{topic}, {form:?}: {} wide", plan.size.x);
        }
    }
}

impl Seed {
    /// A label.
    fn words(&mut self) -> String {
        const WORDS: [&str; 8] = [
            "a",
            "argument of getrefcount",
            "Österreich",
            "日本語の名前",
            "_a_very_long_name_without_any_space_in_it_that_goes_on",
            "wrong.retrieve_attr_leaks(obj, 'name')",
            "x\\ny",
            "iiiiWWWW",
        ];
        let count = 1 + self.below(2);
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

/// Some picture: any nodes, slots, counts and arrows, circles too.
fn any(seed: &mut Seed) -> String {
    let mut dot = String::from("digraph \"a\" {\n");
    let nodes = 1 + seed.below(14);
    let mut arrows = String::new();
    for node in 0..nodes {
        let (words, count) = (seed.words(), seed.below(3));
        let count = if count == 0 { ", count=\"n\"" } else { "" };
        match seed.below(4) {
            0 => writeln!(dot, "n{node} [label=\"{words}\"]"),
            1 => writeln!(dot, "n{node} [label=\"{words}\", style=dotted]"),
            2 => writeln!(dot, "n{node} [shape=box, label=\"{words}\"{count}]"),
            _ => {
                let slot = if seed.below(2) == 0 { seed.words() } else { String::new() };
                writeln!(arrows, "n{node}:s -> n{}", seed.below(nodes)).unwrap();
                let other = seed.words();
                let label = format!("{words}|{other}|<s> {slot}|key");
                writeln!(dot, "n{node} [shape=record, label=\"{label}\"{count}]")
            }
        }
        .unwrap();
    }
    for _ in 0..seed.below(2 * nodes) {
        let (from, to) = (seed.below(nodes), seed.below(nodes));
        let style = ["", " [style=dashed]", " [label=\"a note\"]"][seed.below(3)];
        writeln!(arrows, "n{from} -> n{to}{style}").unwrap();
    }
    dot + &arrows + "}\n"
}

#[test]
fn in_a_picture_that_nobody_drew_nothing_covers_anything() {
    let rounds = std::env::var("COURSE_FUZZ").map_or(80, |rounds| rounds.parse().unwrap());
    let mut seed = Seed(0x2545_f491_4f6c_dd1d);
    for round in 0..rounds {
        let text = any(&mut seed);
        let picture = dot::read(Path::new("any.dot"), &text).unwrap();
        let said = |at: usize| ["4", "12345", "∞"][at % 3].to_owned();
        let counted = picture.nodes.iter().enumerate();
        let texts = counted.map(|(at, node)| node.count.iter().map(|_| said(at)).collect());
        let texts: Vec<Vec<String>> = texts.collect();
        for form in FORMS {
            let plan = plan(&picture, form, &texts);
            assert_eq!(faults(&picture, &plan), [""; 0], "{round}, {form:?}:\n{text}");
        }
    }
}

#[test]
fn what_covers_something_is_found() {
    let text = "digraph a {\n a\n b [shape=box, count=x]\n a -> b [label=\"a note\"]\n}";
    let picture = dot::read(Path::new("a.dot"), text).unwrap();
    let texts = [vec![], vec!["2".to_owned()]];
    for form in FORMS {
        let right = plan(&picture, form, &texts);
        assert_eq!(faults(&picture, &right), [""; 0]);
        for node in 0..2 {
            let mut moved = right.clone();
            moved.nodes[node].1 = right.nodes[1 - node].1;
            assert!(!faults(&picture, &moved).is_empty(), "{form:?}: node {node}");
        }
        let mut written = right.clone();
        written.arrows[0].note.as_mut().unwrap().0.at = right.nodes[1].1;
        assert!(!faults(&picture, &written).is_empty(), "{form:?}: note");
    }
}
