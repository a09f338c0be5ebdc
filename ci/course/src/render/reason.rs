//! Why a cell does not run in the page, in at most five words.

use verify::cpython::{self, Build};
use verify::{Cell, Tag};

/// The reason; `None` where the cell runs there.
///
/// What its keys say of every CPython is said first; what its author says of the browser's, else.
pub(super) fn reason(cell: &Cell) -> Option<String> {
    let page = cpython::pyodide();
    if cell.runs_on(page) && cell.needs.is_empty() {
        return None;
    }
    let lacking = cell.packages.iter().find(|package| !package.is_for(page));
    let needed = cell.needs.first().or(lacking.map(|package| &package.name));
    Some(match (needed, &cell.why) {
        (Some(name), _) => format!("needs {name}"),
        (None, Some(why)) => why.clone(),
        (None, None) => by_keys(cell, page),
    })
}

fn by_keys(cell: &Cell, page: Tag) -> String {
    let other = match (cell.selection.since, cell.selection.until) {
        (Some(since), _) if page.minor < since => Some(format!("needs CPython 3.{since}")),
        (_, Some(until)) if until < page.minor => Some(format!("needs CPython 3.{until} or older")),
        _ => None,
    };
    other.unwrap_or_else(|| match &cell.selection.on[..] {
        _ if cell.crashes.is_some() => "it ends the process".to_owned(),
        [build] => needs(*build).to_owned(),
        _ => "needs a build for computers".to_owned(),
    })
}

fn needs(build: Build) -> &'static str {
    match build {
        Build::Gil => "needs the default build",
        Build::FreeThreaded => "needs the free-threaded build",
        Build::Wasm => "needs the browser's build",
        Build::Debug => "needs a debug build",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use verify::lesson::{Pins, Session};

    use super::*;

    fn of(keys: &str) -> Option<String> {
        let text = format!("# %% a {keys}\nprint()\n");
        let session = Session::parse(Path::new("session.py"), &text, &Pins::default()).unwrap();
        reason(&session.cells[0])
    }

    #[test]
    fn keys_that_say_why_are_believed() {
        for (keys, why) in [
            ("crashes=\"SIGSEGV\"", "it ends the process"),
            ("on=\"gil\"", "needs the default build"),
            ("on=\"free-threaded\"", "needs the free-threaded build"),
            ("on=\"gil free-threaded\"", "needs a build for computers"),
            ("needs=\"gdb\" not_on=\"wasm\"", "needs gdb"),
            ("since=\"3.15\"", "needs CPython 3.15"),
            ("until=\"3.9\"", "needs CPython 3.9 or older"),
            ("not_on=\"wasm\" why=\"needs threads\"", "needs threads"),
            ("on=\"gil\" not_on=\"wasm\" why=\"reads pools\"", "reads pools"),
        ] {
            assert_eq!(of(keys).as_deref(), Some(why), "{keys}");
            assert!(why.split(' ').count() <= 5, "{why}");
        }
    }

    #[test]
    fn a_cell_that_runs_there_has_no_reason() {
        for keys in ["", "since=\"3.11\"", "not_on=\"free-threaded\"", "on=\"wasm\""] {
            assert_eq!(of(keys), None, "{keys}");
        }
    }
}
