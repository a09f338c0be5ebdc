//! The packages that a cell imports, which its marker must name.

use std::path::Path;

use super::cell::Cell;
use super::packages::Pins;
use crate::message;
use crate::problem::{Place, Problems};

/// The lines of `cell` that import a package which its marker does not name.
pub(super) fn undeclared(path: &Path, cell: &Cell, pins: &Pins) -> Problems {
    let known = |name: &str| cell.packages.iter().any(|package| package.name == name);
    let lines = cell.source.lines().zip(cell.line + 1..);
    let imported = lines.filter_map(|(line, number)| Some((imported(line)?, number)));
    let undeclared = imported.filter(|(name, _)| pins.get(name).is_some() && !known(name));
    let told = undeclared.map(|(package, number)| {
        message::package_not_named(Place::line(path, number), &cell.name, package)
    });
    told.collect()
}

/// The module that a line of Python imports.
fn imported(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.strip_prefix("import ").or_else(|| line.strip_prefix("from "))?.trim_start();
    rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
}
