//! A picture as SVG: boxes are objects, solid arrows are owners, dashed arrows borrow.

use layout::core::base::Orientation;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point;
use layout::core::style::{LineStyleKind, StyleAttr};
use layout::std_shapes::render::get_shape_size;
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;

use super::escape::block;
use crate::read::picture::Picture;

/// What the layout takes for the width and the height of a character, in pixels; the letters
/// of `figure.picture text` are a little smaller.
const LETTER: usize = 10;

/// The picture with its caption, and in words for who cannot see it.
pub(crate) fn picture(picture: &Picture) -> String {
    let svg = drawn(picture);
    let words = block(&picture.in_words());
    format!(
        "<figure class=\"picture\"><svg role=\"img\" aria-label=\"{words}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">{content}</svg>\
         <figcaption>{caption}</figcaption></figure>\n",
        width = svg.size.x.ceil(),
        height = svg.size.y.ceil(),
        content = svg.shapes + &svg.words,
        caption = block(&picture.caption),
    )
}

fn drawn(picture: &Picture) -> Svg {
    let orientation =
        if picture.across { Orientation::LeftToRight } else { Orientation::TopToBottom };
    // Colours are for the page's style to choose: see style/picture.css.
    let mut look = StyleAttr::simple();
    look.font_size = LETTER;
    let mut graph = VisualGraph::new(orientation);
    let mut handles = Vec::new();
    for node in &picture.nodes {
        let label = node.label.clone();
        let shape = if node.object { ShapeKind::Box(label) } else { ShapeKind::Circle(label) };
        let size = get_shape_size(orientation, &shape, LETTER, false);
        handles.push(graph.add_node(Element::create(shape, look.clone(), orientation, size)));
    }
    for arrow in &picture.arrows {
        let style = if arrow.owns { LineStyleKind::Normal } else { LineStyleKind::Dashed };
        let (start, end) = (LineEndKind::None, LineEndKind::Arrow);
        let drawn = Arrow::new(start, end, style, &arrow.label, &look, &None, &None);
        graph.add_edge(drawn, handles[arrow.from], handles[arrow.to]);
    }
    let notes = picture.arrows.iter().map(|arrow| arrow.label.clone()).collect();
    let mut svg = Svg { shapes: String::new(), words: String::new(), size: Point::zero(), notes };
    graph.do_it(false, false, false, &mut svg);
    svg
}

/// What the layout draws on: one line of SVG without any colour.
struct Svg {
    shapes: String,
    /// Drawn last, over the shapes.
    words: String,
    size: Point,
    /// The words on arrows, which the layout lays across them.
    notes: Vec<String>,
}

impl Svg {
    fn reach(&mut self, x: f64, y: f64) {
        self.size = Point::new(self.size.x.max(x + 6.0), self.size.y.max(y + 6.0));
    }
}

impl RenderBackend for Svg {
    fn draw_rect(
        &mut self,
        at: Point,
        size: Point,
        _: &StyleAttr,
        _: Option<String>,
        _: Option<ClipHandle>,
    ) {
        self.reach(at.x + size.x, at.y + size.y);
        self.shapes.push_str(&format!(
            "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\"/>",
            at.x, at.y, size.x, size.y
        ));
    }

    fn draw_circle(&mut self, at: Point, size: Point, _: &StyleAttr, _: Option<String>) {
        let (x, y) = (size.x / 2.0, size.y / 2.0);
        self.reach(at.x + x, at.y + y);
        self.shapes.push_str(&format!(
            "<ellipse cx=\"{:.0}\" cy=\"{:.0}\" rx=\"{x:.0}\" ry=\"{y:.0}\"/>",
            at.x, at.y
        ));
    }

    fn draw_text(&mut self, at: Point, text: &str, _: &StyleAttr) {
        let lines = text.lines().count() as f64;
        let class = if self.notes.iter().any(|note| note == text) { " class=\"note\"" } else { "" };
        for (index, line) in text.lines().enumerate() {
            let y = at.y + (index as f64 - (lines - 1.0) / 2.0) * 1.4 * LETTER as f64;
            let line = block(line);
            self.words
                .push_str(&format!("<text{class} x=\"{:.0}\" y=\"{y:.0}\">{line}</text>", at.x));
        }
    }

    /// The first point has its exit vector, each other one its entry vector before it.
    fn draw_arrow(
        &mut self,
        path: &[(Point, Point)],
        dashed: bool,
        (_, head): (bool, bool),
        look: &StyleAttr,
        _: Option<String>,
        text: &str,
    ) {
        for (one, other) in path {
            self.reach(one.x, one.y);
            self.reach(other.x, other.y);
        }
        let [(from, exit), rest @ ..] = path else { return };
        let mut curve = format!("M{:.0} {:.0}", from.x, from.y);
        for (index, (entry, to)) in rest.iter().enumerate() {
            let start =
                if index == 0 { format!("C{:.0} {:.0} ", exit.x, exit.y) } else { "S".into() };
            curve
                .push_str(&format!("{start}{:.0} {:.0} {:.0} {:.0}", entry.x, entry.y, to.x, to.y));
        }
        let class = if dashed { "borrows" } else { "owns" };
        self.shapes.push_str(&format!("<path class=\"{class}\" d=\"{curve}\"/>"));
        if let Some((entry, to)) = rest.last().filter(|_| head) {
            self.shapes.push_str(&arrow_head(*entry, *to));
        }
        if !text.is_empty() {
            let middle = rest[rest.len() / 2];
            let middle = if rest.len() == 1 { from.add(middle.1).scale(0.5) } else { middle.1 };
            self.draw_text(middle.sub(Point::new(0.0, 8.0)), text, look);
        }
    }

    fn draw_line(&mut self, from: Point, to: Point, _: &StyleAttr, _: Option<String>) {
        self.shapes.push_str(&format!(
            "<path d=\"M{:.0} {:.0}L{:.0} {:.0}\"/>",
            from.x, from.y, to.x, to.y
        ));
    }

    /// Records are not used, and nothing else is clipped.
    fn create_clip(&mut self, _: Point, _: Point, _: usize) -> ClipHandle {
        0
    }
}

/// A triangle whose tip is at `to`, coming from `entry`.
fn arrow_head(entry: Point, to: Point) -> String {
    let back = to.sub(entry);
    let length = back.length().max(1.0);
    let (x, y) = (back.x / length, back.y / length);
    let base = Point::new(to.x - 9.0 * x, to.y - 9.0 * y);
    format!(
        "<path class=\"head\" d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\"/>",
        to.x,
        to.y,
        base.x - 3.5 * y,
        base.y + 3.5 * x,
        base.x + 3.5 * y,
        base.y - 3.5 * x,
    )
}
