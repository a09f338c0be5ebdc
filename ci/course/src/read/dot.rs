//! Reads a picture from DOT, the language of Graphviz: as much of it as a picture needs.
//!
//! ```text
//! digraph "One sentence" {
//!   tup                                          // an ellipse: a holder
//!   ret [style=dotted]                           // a holder that is gone: what it owned is leaked
//!   old [shape=record, label="tuple|'value0'|<item>"]                // an object with two slots
//!   item [shape=box, label="object()", count="with_both", immortal="3.12"]
//!   tup -> old                                   // owns
//!   old:item -> item                             // owns: the reference lies in the slot
//!   spy -> item [style=dashed, label="looks", since="3.14"]          // borrows, from 3.14 on
//!   subgraph "a title" { .. }                    // a part of its own, below the rest
//!   solid="counts" dashed="asks"                 // what arrows say that neither own nor borrow
//! }
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use layout::gv::Token;
use verify::lesson::Selection;
use verify::{Place, Problem, Tag, text};

use super::dot_tokens::Tokens;
use super::picture::{Arrow, Kind, Node, Picture};
use super::slots;
use crate::message;

/// Reads `path`, relative to the course in `root`, which the directive at `place` shows.
///
/// # Errors
///
/// The file is not there, is no picture, or counts nothing.
pub(crate) fn load(root: &Path, path: PathBuf, place: &Place) -> Result<Picture, Problem> {
    let text = text::read_if_there(root, &path)?;
    let text = text.ok_or_else(|| message::no_picture(place.clone(), &path))?;
    let picture = read(&path, &text)?;
    if picture.nodes.iter().all(|node| node.count.is_none()) {
        return Err(message::counts_nothing(Place::file(&path)));
    }
    Ok(picture)
}

/// Reads `text`, which is the file at `path`.
///
/// # Errors
///
/// It is not DOT, or has what a picture cannot show.
pub(crate) fn read(path: &Path, text: &str) -> Result<Picture, Problem> {
    let mut tokens = Tokens::new(path, text)?;
    if !matches!(tokens.take()?, Token::DigraphKW) {
        return Err(message::no_digraph(tokens.here()));
    }
    let line = tokens.line();
    let caption = tokens.word("the picture's sentence")?;
    tokens.expect(|token| matches!(token, Token::OpenBrace), "`{`")?;
    let picture = Picture::new(path.to_owned(), caption, line);
    let mut reader = Reader { tokens, picture, part: 0 };
    reader.statements()?;
    let unused = reader.unused_slot();
    match reader.tokens.next {
        Token::EOF => unused.map_or(Ok(reader.picture), Err),
        _ => Err(message::picture_goes_on(reader.tokens.here())),
    }
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    picture: Picture,
    /// The part that it is in.
    part: usize,
}

impl Reader<'_> {
    /// Reads up to the `}` and past it.
    fn statements(&mut self) -> Result<(), Problem> {
        while !matches!(self.tokens.next, Token::CloseBrace) {
            match self.tokens.next {
                Token::SubgraphKW => self.part()?,
                _ => self.statement()?,
            }
            while matches!(self.tokens.next, Token::Semicolon) {
                self.tokens.take()?;
            }
        }
        self.tokens.take().map(drop)
    }

    fn part(&mut self) -> Result<(), Problem> {
        let line = self.tokens.line();
        self.tokens.take()?;
        let title = self.tokens.word("the title of a part")?;
        self.tokens.expect(|token| matches!(token, Token::OpenBrace), "`{`")?;
        if self.part != 0 {
            return Err(message::part_in_part(self.tokens.at(line), &title));
        }
        self.picture.write(line, &title);
        self.picture.parts.push(title);
        self.part = self.picture.parts.len() - 1;
        self.statements()?;
        self.part = 0;
        Ok(())
    }

    fn statement(&mut self) -> Result<(), Problem> {
        let line = self.tokens.line();
        let name = self.tokens.word("a node, an arrow or a part")?;
        match self.tokens.next {
            Token::Equal => self.of_all(line, &name),
            Token::ArrowRight | Token::Colon => self.arrows(line, name),
            _ => self.node(line, name),
        }
    }

    /// What is said of the whole picture.
    fn of_all(&mut self, line: usize, name: &str) -> Result<(), Problem> {
        self.tokens.take()?;
        let value = self.tokens.word("a value")?;
        match name {
            "solid" => self.picture.solid = Some(value.clone()),
            "dashed" => self.picture.dashed = Some(value.clone()),
            // For Graphviz: a page has both directions.
            "rankdir" if value == "LR" => return Ok(()),
            _ => return Err(message::said_of_picture(self.tokens.here(), name, &value)),
        }
        self.picture.write(line, &value);
        Ok(())
    }

    fn arrows(&mut self, line: usize, name: String) -> Result<(), Problem> {
        let mut path = vec![self.end(&name)?];
        while matches!(self.tokens.next, Token::ArrowRight) {
            self.tokens.take()?;
            let name = self.tokens.word("the node that the arrow leads to")?;
            path.push(self.end(&name)?);
        }
        let mut attributes = self.tokens.attributes()?;
        let owns = match attributes.remove("style").as_deref() {
            None | Some("solid") => true,
            Some("dashed") => false,
            Some(style) => return Err(message::bad_style(self.tokens.at(line), style)),
        };
        let label = attributes.remove("label").unwrap_or_default();
        let selection = self.selection(line, &mut attributes)?;
        self.no_more(line, &attributes, "style, label, since, until, on or not_on of an arrow")?;
        if let Some((_, Some(_))) = path.last() {
            return Err(message::arrow_into_slot(self.tokens.at(line)));
        }
        self.picture.write(line, &label);
        for (at, pair) in path.windows(2).enumerate() {
            let ((from, slot), (to, _)) = (pair[0], pair[1]);
            let nodes = &self.picture.nodes;
            if nodes[from].part != nodes[to].part {
                let (from, to) = (&nodes[from].name, &nodes[to].name);
                return Err(message::arrow_out_of_part(self.tokens.at(line), from, to));
            }
            let label = if at == 0 { label.clone() } else { String::new() };
            let selection = selection.clone();
            self.picture.arrows.push(Arrow { from, slot, to, owns, label, selection });
        }
        Ok(())
    }

    fn node(&mut self, line: usize, name: String) -> Result<(), Problem> {
        if self.picture.nodes.iter().any(|node| node.name == name) {
            return Err(message::node_twice(self.tokens.at(line), &name));
        }
        let mut attributes = self.tokens.attributes()?;
        let mut label = attributes.remove("label").unwrap_or_else(|| name.clone());
        let place = || self.tokens.at(line);
        let shape = attributes.remove("shape");
        let style = attributes.remove("style");
        let kind = match (shape.as_deref().unwrap_or("ellipse"), style.as_deref()) {
            ("box" | "record", None) => Kind::Object,
            ("ellipse", None) => Kind::Holder,
            ("ellipse", Some("dotted")) => Kind::Gone,
            (shape @ ("box" | "record" | "ellipse"), Some(style)) => {
                return Err(message::bad_node_style(place(), shape, style));
            }
            (shape, _) => return Err(message::bad_shape(place(), shape)),
        };
        let mut slots = Vec::new();
        if shape.as_deref() == Some("record") {
            let read = slots::read(&label);
            (label, slots) = read.map_err(|found| message::bad_slots(place(), &name, &found))?;
        }
        let count = attributes.remove("count");
        let tag = |tag: &str| tag.parse::<Tag>();
        let immortal = attributes.remove("immortal").unwrap_or_default();
        let immortal = immortal.split_whitespace().map(tag).collect::<Result<Vec<Tag>, _>>();
        let immortal = immortal.map_err(|found| message::no_tag(place(), &name, &found))?;
        let selection = self.selection(line, &mut attributes)?;
        let known = "shape, style, label, count, immortal, since, until, on or not_on of a node";
        self.no_more(line, &attributes, known)?;
        if count.is_some() && kind != Kind::Object {
            return Err(message::count_of_holder(place(), &name));
        }
        if count.is_none() && !immortal.is_empty() {
            return Err(message::immortal_without_count(place(), &name));
        }
        self.picture.write(line, &label);
        slots.iter().for_each(|slot| self.picture.write(line, &slot.text));
        let part = self.part;
        let node = Node { name, label, kind, slots, count, immortal, selection, part, line };
        self.picture.nodes.push(node);
        Ok(())
    }

    /// Reads the rest of an arrow's end: the node is known, and so is the slot, if it has one.
    fn end(&mut self, name: &str) -> Result<(usize, Option<usize>), Problem> {
        let nodes = &self.picture.nodes;
        let node = nodes.iter().position(|node| node.name == name).ok_or_else(|| {
            let known: Vec<&str> = nodes.iter().map(|node| node.name.as_str()).collect();
            message::unknown_node(self.tokens.here(), name, &known)
        })?;
        if !matches!(self.tokens.next, Token::Colon) {
            return Ok((node, None));
        }
        self.tokens.take()?;
        let wanted = self.tokens.word("the name of a slot")?;
        let slots = &self.picture.nodes[node].slots;
        let slot = slots.iter().position(|slot| slot.name.as_ref() == Some(&wanted));
        let slot = slot.ok_or_else(|| {
            let known: Vec<&str> = slots.iter().filter_map(|slot| slot.name.as_deref()).collect();
            message::unknown_slot(self.tokens.here(), name, &wanted, &known)
        })?;
        Ok((node, Some(slot)))
    }

    fn selection(
        &self,
        line: usize,
        attributes: &mut BTreeMap<String, String>,
    ) -> Result<Selection, Problem> {
        let mut selection = Selection::default();
        for key in Selection::KEYS {
            let Some(value) = attributes.remove(key) else { continue };
            let set = selection.set(key, &value);
            set.map_err(|takes| message::bad_selection(self.tokens.at(line), key, &takes, &value))?;
        }
        Ok(selection)
    }

    /// A slot with a name, in which no arrow starts.
    fn unused_slot(&self) -> Option<Problem> {
        let nodes = self.picture.nodes.iter().enumerate();
        let mut slots = nodes.flat_map(|(at, node)| {
            node.slots.iter().enumerate().map(move |(slot, named)| (at, node, slot, named))
        });
        slots.find_map(|(at, node, slot, named)| {
            let name = named.name.as_ref()?;
            let starts = |arrow: &Arrow| arrow.from == at && arrow.slot == Some(slot);
            let unused = !self.picture.arrows.iter().any(starts);
            unused.then(|| message::unused_slot(self.picture.place(node), &node.name, name))
        })
    }

    fn no_more(
        &self,
        line: usize,
        left: &BTreeMap<String, String>,
        known: &str,
    ) -> Result<(), Problem> {
        left.keys().next().map_or(Ok(()), |name| {
            Err(message::unknown_attribute(self.tokens.at(line), name, known))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(text: &str) -> Picture {
        read(Path::new("book/a.dot"), text).unwrap()
    }

    fn problem(text: &str) -> String {
        read(Path::new("book/a.dot"), text).unwrap_err().to_string()
    }

    #[test]
    fn nodes_and_arrows_are_read() {
        let read = picture(
            "// c\ndigraph \"A sentence\" {\n rankdir=LR;\n a\n b [shape=box, label=\"x\\ny\", \
             count=\"n - 1\", immortal=\"3.12 3.14t\"]\n a -> b -> b\n a -> b [style=dashed, label=l]\n}\n",
        );
        assert_eq!(read.caption, "A sentence");
        let name = |name: &str| name.to_owned();
        let b = Node {
            name: name("b"),
            label: name("x\ny"),
            kind: Kind::Object,
            count: Some(name("n - 1")),
            immortal: vec!["3.12".parse().unwrap(), "3.14t".parse().unwrap()],
            line: 5,
            ..Node::default()
        };
        let a = Node { name: name("a"), label: name("a"), line: 4, ..Node::default() };
        assert_eq!(read.nodes, [a, b]);
        let owns: Vec<(usize, usize, bool, &str)> = read
            .arrows
            .iter()
            .map(|arrow| (arrow.from, arrow.to, arrow.owns, arrow.label.as_str()))
            .collect();
        assert_eq!(owns, [(0, 1, true, ""), (1, 1, true, ""), (0, 1, false, "l")]);
    }

    #[test]
    fn slots_parts_and_verbs_are_read() {
        let read = picture(
            "digraph a {\n solid=counts\n gone [style=dotted]\n subgraph \"one half\" {\n  \
             t [shape=record, label=\"tuple|'v'|<x>\"]\n  o [shape=box]\n  \
             t:x -> o [until=\"3.13\"]\n }\n}",
        );
        assert_eq!((read.solid.as_deref(), read.dashed.as_deref()), (Some("counts"), None));
        assert_eq!(read.parts, ["", "one half"]);
        assert_eq!(read.nodes.iter().map(|node| node.part).collect::<Vec<_>>(), [0, 1, 1]);
        assert_eq!((read.nodes[0].kind, read.nodes[1].label.as_str()), (Kind::Gone, "tuple"));
        assert_eq!(read.arrows[0].slot, Some(1));
        let there = |tag: &str| read.has(&read.arrows[0], tag.parse().unwrap());
        assert_eq!((there("3.13"), there("3.14")), (true, false));
    }

    #[test]
    fn what_is_no_picture_is_said_with_its_line() {
        for (text, said) in [
            ("", "book/a.dot:1: expected the rest of the picture, found the end"),
            ("graph x {}", "book/a.dot:1: expected `digraph"),
            (
                "digraph a {\n b -> c\n}",
                "book/a.dot:2: expected a node that stands above the arrow, found `b`",
            ),
            (
                "digraph a {\n b [shape=circle]\n}",
                "book/a.dot:2: expected the shape box or record, of an object, or ellipse",
            ),
            ("digraph a {\n b\n b\n}", "expected a node of another name, found `b`"),
            ("digraph a {\n b [color=red]\n}", "on or not_on of a node, found `color`"),
            ("digraph a {\n b\n b -> b [color=red]\n}", "or not_on of an arrow, found `color`"),
            ("digraph a {\n b [count=\"x\"]\n}", "`b`: expected a count of a box, found"),
            (
                "digraph a {\n b [shape=box, immortal=\"3.14\"]\n}",
                "`b`: expected a count beside `immortal`, found none",
            ),
            (
                "digraph a {\n b [shape=box, count=x, immortal=\"4\"]\n}",
                "book/a.dot:2: `b`: expected tags in `immortal`, such as 3.14t: `4` is not a tag",
            ),
            (
                "digraph a {\n b [on=\"3.14\"]\n}",
                "book/a.dot:2: `on`: expected some of gil, free-threaded, wasm, with a space",
            ),
            ("digraph a {\n b [since=4]\n}", "`since`: expected a version of CPython as"),
            ("digraph a {\n b\n b -> b [style=red]\n}", "solid or dashed, found `red`"),
            (
                "digraph a {\n b [shape=box, style=dotted]\n}",
                "book/a.dot:2: expected no style, or the style dotted of an ellipse",
            ),
            (
                "digraph a {\n b [shape=record, label=\"x\"]\n}",
                "book/a.dot:2: `b`: expected a label and slots, such as `tuple|'value0'|<item>`, \
                 found no slot",
            ),
            (
                "digraph a {\n b [shape=record, label=\"x|<y>\"]\n b:z -> b\n}",
                "book/a.dot:3: `b`: expected the name of a slot, found `z`",
            ),
            (
                "digraph a {\n b [shape=record, label=\"x|<y>\"]\n}",
                "book/a.dot:2: `b`: expected an arrow that starts in slot `y`, found none",
            ),
            (
                "digraph a {\n b [shape=record, label=\"x|<y>\"]\n b:y -> b:y\n}",
                "book/a.dot:3: expected an arrow that ends at an object, found one",
            ),
            (
                "digraph a {\n b\n subgraph c {\n d\n b -> d\n }\n}",
                "book/a.dot:5: expected an arrow within one part, found `b -> d` between two",
            ),
            (
                "digraph a {\n subgraph c {\n subgraph d {\n }\n }\n}",
                "book/a.dot:3: expected a part beside other parts, found `d` in one",
            ),
            ("digraph a {\n size=3\n}", "whole picture, found `size=3`"),
            ("digraph a {\n b [label=\"x]\n}", "expected DOT, found what is none"),
            ("digraph a {\n b [label\n", "found the end of the file"),
            ("digraph a {\n b [label;]", "expected `=`, found something else"),
            ("digraph a { b } c", "to end at its `}`, found more"),
            ("digraph a {\n é\n}", "book/a.dot:2: expected DOT, found"),
        ] {
            assert!(problem(text).contains(said), "{text}: {}", problem(text));
        }
    }
}
