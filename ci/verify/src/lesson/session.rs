//! The Python side of a lesson, cut in cells at its `# %%` lines (the percent format).
//!
//! Only lines count, as for Jupytext: a marker inside a string starts a cell too.

use std::path::Path;

use super::cell::Cell;
use super::imports;
use super::marker;
use super::packages::Pins;
use crate::message;
use crate::problem::{Place, Problems};

/// A lesson's `session.py`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The whole file.
    pub text: String,
    /// Its cells, in order.
    pub cells: Vec<Cell>,
}

impl Session {
    /// The cell of this name.
    pub fn cell(&self, name: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.name == name)
    }

    /// Whether `number` stands in its code, as a number of its own.
    pub fn mentions(&self, number: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        self.cells.iter().any(|cell| {
            cell.source.match_indices(number).any(|(at, _)| {
                let (before, after) = (&cell.source[..at], &cell.source[at + number.len()..]);
                let after = after
                    .strip_prefix('.')
                    .filter(|rest| rest.starts_with(char::is_numeric))
                    .map_or(after, |_| "0");
                !number.is_empty()
                    && !before.ends_with(|c| is_part(c) || c == '.')
                    && !after.starts_with(is_part)
            })
        })
    }

    /// The file without what only a page reads: what makes no difference to what is printed.
    pub fn as_it_runs(&self) -> String {
        self.text.split_inclusive('\n').map(marker::as_it_runs).collect()
    }

    /// The names of all cells, in order.
    pub fn names(&self) -> Vec<&str> {
        self.cells.iter().map(|cell| cell.name.as_str()).collect()
    }

    /// Cuts `text`, which has [`normal`](crate::text::normal) lines, in cells. `path` is only named in problems.
    ///
    /// # Errors
    ///
    /// Everything wrong with the file: a marker without a name, an unknown key, two cells of
    /// one name, code before the first marker, no cell at all.
    pub fn parse(path: &Path, text: &str, pins: &Pins) -> Result<Session, Problems> {
        let mut problems = Problems::new();
        let mut cells: Vec<Cell> = Vec::new();
        let mut before = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let place = || Place::line(path, index + 1);
            // Jupytext writes a bare marker above what stands before the first cell.
            let header = |rest: &&str| !cells.is_empty() || !rest.trim().is_empty();
            if let Some(rest) = marker::rest(line).filter(header) {
                let mut cell = Cell { line: index + 1, ..Cell::default() };
                if let Err(problem) = marker::read(&mut cell, rest, place(), pins) {
                    problems.push(problem);
                } else if let Some(first) = cells.iter().find(|known| known.name == cell.name) {
                    problems.push(message::two_cells_of_one_name(place(), &cell.name, first.line));
                }
                cells.push(cell);
            } else if let Some(cell) = cells.last_mut() {
                cell.source.push_str(line);
                cell.source.push('\n');
            } else {
                before.push(line);
            }
        }
        if let Some(index) = first_statement(&before) {
            problems.push(message::code_before_first_cell(Place::line(path, index + 1)));
        }
        if cells.is_empty() {
            problems.push(message::no_cell(Place::file(path)));
        }
        problems.extend(cells.iter().flat_map(|cell| imports::undeclared(path, cell, pins)));
        for cell in &mut cells {
            let kept = cell.source.trim_end().len();
            cell.source.truncate(kept);
            cell.source.push('\n');
        }
        if problems.is_empty() {
            Ok(Session { text: text.to_owned(), cells })
        } else {
            Err(problems)
        }
    }
}

/// The index of the first line that is neither blank, a comment, nor of one docstring.
fn first_statement(lines: &[&str]) -> Option<usize> {
    let mut rest = lines.iter().enumerate();
    let mut docstring = false;
    while let Some((index, line)) = rest.next() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let quotes = ["\"\"\"", "'''"].into_iter().find(|quotes| line.starts_with(quotes));
        let Some(quotes) = quotes.filter(|_| !docstring) else { return Some(index) };
        docstring = true;
        let mut last = &line[3..];
        while !last.contains(quotes) {
            last = rest.next()?.1;
        }
        if !last.trim_end().ends_with(quotes) {
            return Some(index);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Session, String> {
        Session::parse(Path::new("session.py"), text, &Pins::default())
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err()
    }

    #[test]
    fn a_session_is_cut_at_its_markers() {
        let text = "\"\"\"What it\nshows.\"\"\"\n# ---\n\n# %% first\na = 1\n\n\n# %% second kind=\"edge\" raises=\"ValueError\"\n\nint('x')\n";
        let session = parse(text).unwrap();
        assert_eq!(session.names(), ["first", "second"]);
        assert_eq!(session.cells[0].source, "a = 1\n");
        assert_eq!(session.cells[1].source, "\nint('x')\n");
        assert_eq!(session.cells[1].line, 9);
        assert!(session.cells[1].edge);
        assert_eq!(session.cells[1].raises.as_deref(), Some("ValueError"));
    }

    #[test]
    fn a_tab_parts_words_as_a_space_does() {
        let spaced = parse("# %% a kind=\"edge\"  since=\"3.10\"\nb = 1\n");
        assert_eq!(
            parse("# %%\ta\tkind=\"edge\"\t since=\"3.10\"\t\nb = 1\n").unwrap().cells,
            spaced.unwrap().cells
        );
    }

    #[test]
    fn a_bare_marker_above_the_docstring_makes_no_cell() {
        let session = parse("# %%\n\"\"\"What it shows.\"\"\"\n\n# %% first\na = 1\n").unwrap();
        assert_eq!(session.names(), ["first"]);
        assert_eq!(session.cells[0].line, 4);
        assert!(error("# %%\nimport sys\n# %% a\n").starts_with("session.py:2: "));
    }

    #[test]
    fn a_cell_runs_where_its_keys_say() {
        let session = parse("# %% a since=\"3.10\" until=\"3.12\" not_on=\"wasm free-threaded\"\n");
        let cell = &session.unwrap().cells[0];
        let runs = |tag: &str| cell.runs_on(tag.parse().unwrap());
        assert!(runs("3.10") && runs("3.12") && runs("3.12d"));
        assert!(!runs("3.9") && !runs("3.13") && !runs("3.12t") && !runs("3.12-wasm"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert!(
            error("# %% a\n# %% a\n")
                .starts_with("session.py:2: expected a name of its own, found a second cell `a`")
        );
        assert!(
            error("# %% a rasies=\"E\"\n").contains("expected a key of a cell, found `rasies`")
        );
        assert!(error("# %% a since=3.10\n").contains("quotes"));
        assert!(error("# %% a since=\"4\"\n").contains("major.minor"));
        assert!(error("# %% a kind=\"edge\" kind=\"edge\"\n").contains("twice"));
        assert!(
            error("# %% a since=\"3.12\" until=\"3.11\"\n")
                .contains("found that its keys leave none")
        );
        assert!(
            error("# %% a on=\"gil\" not_on=\"gil\"\n").contains("found that its keys leave none")
        );
        assert!(error("# %% a since=\"3.99\"\n").contains("found that its keys leave none"));
        assert!(error("# %% [markdown]\n").contains("`[markdown]`"));
        assert!(error("# %% a\n# %%\n").contains("name after `# %%`, found none"));
        assert!(error("# %%% a\n").contains("name after `# %%`, found none"));
        assert!(error("import sys\n# %% a\n").starts_with("session.py:1: "));
        assert!(error("'''a''' + b\n# %% a\n").starts_with("session.py:1: "));
        assert!(error("a = 1\n").contains("session.py: expected a cell, found none"));
    }
}
