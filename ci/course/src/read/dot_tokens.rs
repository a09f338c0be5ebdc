//! The tokens of a DOT file, each with its line.

use std::collections::BTreeMap;
use std::path::Path;

use layout::gv::{Lexer, Token};
use verify::{Place, Problem};

use crate::message;

/// What is left of a file to read.
pub(super) struct Tokens<'a> {
    path: &'a Path,
    lexer: Lexer,
    chars: Vec<char>,
    /// The token to come.
    pub(super) next: Token,
}

impl<'a> Tokens<'a> {
    /// The tokens of `text`, which is the file at `path`.
    pub(super) fn new(path: &'a Path, text: &str) -> Result<Tokens<'a>, Problem> {
        let chars: Vec<char> = text.chars().collect();
        let lexer = Lexer::new(chars.clone());
        let mut tokens = Tokens { path, lexer, chars, next: Token::EOF };
        tokens.advance()?;
        Ok(tokens)
    }

    /// Reads `[a=b, c="d"]`, or nothing.
    pub(super) fn attributes(&mut self) -> Result<BTreeMap<String, String>, Problem> {
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

    /// A name or a string, which is `meant` to be something.
    pub(super) fn word(&mut self, meant: &str) -> Result<String, Problem> {
        match self.take()? {
            Token::Identifier(word) => Ok(word),
            _ => Err(message::not_in_picture(self.here(), meant)),
        }
    }

    pub(super) fn expect(
        &mut self,
        is: impl Fn(&Token) -> bool,
        meant: &str,
    ) -> Result<(), Problem> {
        if is(&self.take()?) { Ok(()) } else { Err(message::not_in_picture(self.here(), meant)) }
    }

    /// The next token, which is read past. The end of the file is never what is wanted.
    pub(super) fn take(&mut self) -> Result<Token, Problem> {
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
    pub(super) fn line(&self) -> usize {
        let read = self.lexer.pos.saturating_sub(1).min(self.chars.len());
        self.chars[..read].iter().filter(|&&char| char == '\n').count() + 1
    }

    pub(super) fn here(&self) -> Place {
        self.at(self.line())
    }

    pub(super) fn at(&self, line: usize) -> Place {
        Place::line(self.path, line)
    }
}
