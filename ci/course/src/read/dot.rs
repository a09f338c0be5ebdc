//! Reads a picture from DOT, the language of Graphviz: as much of it as a picture needs.
//!
//! ```text
//! digraph "One sentence" {
//!   rankdir=LR
//!   tup                                          // an ellipse: a holder
//!   item [shape=box, label="object()", count="with_both - 1", on="3.14"]
//!   tup -> item                                  // owns
//!   spy -> item [style=dashed, label="looks"]    // borrows
//! }
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use layout::gv::{Lexer, Token};
use verify::{Place, Problem, text};

use super::picture::{Arrow, Node, Picture};
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
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader { path, lexer: Lexer::new(chars.clone()), chars, next: Token::EOF };
    reader.advance()?;
    reader.graph()
}

struct Reader<'a> {
    path: &'a Path,
    lexer: Lexer,
    chars: Vec<char>,
    next: Token,
}

impl Reader<'_> {
    fn graph(mut self) -> Result<Picture, Problem> {
        if !matches!(self.take()?, Token::DigraphKW) {
            return Err(message::no_digraph(self.here()));
        }
        let line = self.line();
        let caption = self.word("the picture's sentence")?;
        self.expect(|token| matches!(token, Token::OpenBrace), "`{`")?;
        let mut picture = Picture::new(self.path.to_owned(), caption, line);
        while !matches!(self.next, Token::CloseBrace) {
            self.statement(&mut picture)?;
            while matches!(self.next, Token::Semicolon) {
                self.take()?;
            }
        }
        self.take()?;
        match self.next {
            Token::EOF => Ok(picture),
            _ => Err(message::picture_goes_on(self.here())),
        }
    }

    fn statement(&mut self, picture: &mut Picture) -> Result<(), Problem> {
        let line = self.line();
        let name = self.word("a node, an arrow or `rankdir=LR`")?;
        if matches!(self.next, Token::Equal) {
            self.take()?;
            let value = self.word("a value")?;
            if name != "rankdir" || value != "LR" {
                return Err(message::said_of_picture(self.here(), &name, &value));
            }
            picture.across = true;
            return Ok(());
        }
        if !matches!(self.next, Token::ArrowRight) {
            return self.node(picture, name, line);
        }
        let mut path = vec![self.known(picture, &name)?];
        while matches!(self.next, Token::ArrowRight) {
            self.take()?;
            let name = self.word("the node that the arrow leads to")?;
            path.push(self.known(picture, &name)?);
        }
        let mut attributes = self.attributes()?;
        let owns = match attributes.remove("style").as_deref() {
            None | Some("solid") => true,
            Some("dashed") => false,
            Some(style) => return Err(message::bad_style(self.at(line), style)),
        };
        let label = attributes.remove("label").unwrap_or_default();
        self.no_more(line, &attributes, "style or label of an arrow")?;
        picture.write(line, &label);
        let label = |at: usize| if at == 0 { label.clone() } else { String::new() };
        let pairs = path.windows(2).enumerate();
        picture.arrows.extend(pairs.map(|(at, pair)| Arrow {
            from: pair[0],
            to: pair[1],
            owns,
            label: label(at),
        }));
        Ok(())
    }

    fn node(&mut self, picture: &mut Picture, name: String, line: usize) -> Result<(), Problem> {
        if picture.nodes.iter().any(|node| node.name == name) {
            return Err(message::node_twice(self.at(line), &name));
        }
        let mut attributes = self.attributes()?;
        let object = match attributes.remove("shape").as_deref() {
            Some("box") => true,
            None | Some("ellipse") => false,
            Some(shape) => return Err(message::bad_shape(self.at(line), shape)),
        };
        let label = attributes.remove("label").unwrap_or_else(|| name.clone());
        let count = attributes.remove("count");
        let tag =
            |on: String| on.parse().map_err(|_| message::on_no_tag(self.at(line), &name, &on));
        let on = attributes.remove("on").map(tag).transpose()?;
        self.no_more(line, &attributes, "shape, label, count or on of a node")?;
        if count.is_some() && !object {
            return Err(message::count_of_holder(self.at(line), &name));
        }
        if on.is_some() && count.is_none() {
            return Err(message::on_without_count(self.at(line), &name));
        }
        picture.write(line, &label);
        picture.nodes.push(Node { name, label, object, count, on, line });
        Ok(())
    }

    /// Reads `[a=b, c="d"]`, or nothing.
    fn attributes(&mut self) -> Result<BTreeMap<String, String>, Problem> {
        let mut attributes = BTreeMap::new();
        if !matches!(self.next, Token::OpenBracket) {
            return Ok(attributes);
        }
        self.take()?;
        while !matches!(self.next, Token::CloseBracket) {
            let name = self.word("an attribute")?;
            self.expect(|token| matches!(token, Token::Equal), "`=`")?;
            let value = self.word("a value")?;
            attributes.insert(name, value);
            if matches!(self.next, Token::Comma | Token::Semicolon) {
                self.take()?;
            }
        }
        self.take()?;
        Ok(attributes)
    }

    fn known(&self, picture: &Picture, name: &str) -> Result<usize, Problem> {
        picture.nodes.iter().position(|node| node.name == name).ok_or_else(|| {
            let known: Vec<&str> = picture.nodes.iter().map(|node| node.name.as_str()).collect();
            message::unknown_node(self.here(), name, &known)
        })
    }

    fn no_more(
        &self,
        line: usize,
        left: &BTreeMap<String, String>,
        known: &str,
    ) -> Result<(), Problem> {
        left.keys()
            .next()
            .map_or(Ok(()), |name| Err(message::unknown_attribute(self.at(line), name, known)))
    }

    fn word(&mut self, meant: &str) -> Result<String, Problem> {
        match self.take()? {
            Token::Identifier(word) => Ok(word),
            _ => Err(message::not_in_picture(self.here(), meant)),
        }
    }

    fn expect(&mut self, is: impl Fn(&Token) -> bool, meant: &str) -> Result<(), Problem> {
        if is(&self.take()?) { Ok(()) } else { Err(message::not_in_picture(self.here(), meant)) }
    }

    /// The next token, which is read past. The end of the file is never what is wanted.
    fn take(&mut self) -> Result<Token, Problem> {
        let token = self.next.clone();
        if matches!(token, Token::EOF) {
            return Err(message::picture_breaks_off(self.here()));
        }
        self.advance()?;
        Ok(token)
    }

    fn advance(&mut self) -> Result<(), Problem> {
        self.next = self.lexer.next_token();
        match self.next {
            Token::Error(_) => Err(message::not_dot(self.here())),
            _ => Ok(()),
        }
    }

    /// The line of the token to come.
    fn line(&self) -> usize {
        let read = self.lexer.pos.saturating_sub(1).min(self.chars.len());
        self.chars[..read].iter().filter(|&&char| char == '\n').count() + 1
    }

    fn here(&self) -> Place {
        self.at(self.line())
    }

    fn at(&self, line: usize) -> Place {
        Place::line(self.path, line)
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
             count=\"n - 1\", on=\"3.14\"]\n a -> b -> b\n a -> b [style=dashed, label=l]\n}\n",
        );
        assert_eq!((read.caption.as_str(), read.across), ("A sentence", true));
        let name = |name: &str| name.to_owned();
        let b = Node {
            name: name("b"),
            label: name("x\ny"),
            object: true,
            count: Some(name("n - 1")),
            on: Some("3.14".parse().unwrap()),
            line: 5,
        };
        let a = Node { name: name("a"), label: name("a"), line: 4, ..Node::default() };
        assert_eq!(read.nodes, [a, b]);
        let owns: Vec<(usize, usize, bool)> =
            read.arrows.iter().map(|arrow| (arrow.from, arrow.to, arrow.owns)).collect();
        assert_eq!(owns, [(0, 1, true), (1, 1, true), (0, 1, false)]);
        assert_eq!(read.in_words(), "a owns x y. x y owns x y. a borrows x y, l.");
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
                "book/a.dot:2: expected the shape box, of an object, or ellipse",
            ),
            ("digraph a {\n b\n b\n}", "expected a node of another name, found `b`"),
            (
                "digraph a {\n b [color=red]\n}",
                "expected shape, label, count or on of a node, found `color`",
            ),
            ("digraph a {\n b [count=\"x\"]\n}", "`b`: expected a count of a box, found"),
            (
                "digraph a {\n b [shape=box, on=\"3.14\"]\n}",
                "`b`: expected a count beside `on`, found none",
            ),
            (
                "digraph a {\n b [shape=box, count=x, on=\"4\"]\n}",
                "a tag in `on`, such as 3.14t, found `4`",
            ),
            ("digraph a {\n b\n b -> b [style=red]\n}", "solid or dashed, found `red`"),
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
