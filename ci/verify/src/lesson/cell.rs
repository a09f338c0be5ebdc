//! A block of a session: its source, and where and how it runs.

use std::sync::Arc;

use super::packages::Package;
use super::selection::Selection;
use crate::cpython::{self, Build, Tag};
use crate::message;
use crate::process;

/// One cell of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What directives and records call it: `[a-z][a-z0-9_]*`.
    pub name: String,
    /// The line of its `# %%` marker, counted from 1.
    pub line: usize,
    /// The Python under the marker, without blank lines at its end.
    pub source: String,
    /// The keys of the marker and their values, as they are written.
    pub keys: Vec<(String, String)>,
    /// The class of the exception in which it must end.
    pub raises: Option<String>,
    /// The signal in which it must end, in a fork of the session.
    pub crashes: Option<String>,
    /// The CPythons that run it.
    pub selection: Selection,
    /// Why the browser's build does not run it, where no other key says so.
    pub why: Option<String>,
    /// The commands it starts; where one is missing the cell does not run.
    pub needs: Vec<String>,
    /// The packages it imports; on a CPython that one has no wheel for it does not run.
    pub packages: Vec<Arc<Package>>,
    /// Whether integers may differ from run to run.
    pub varies: bool,
    /// Whether it is an edge case, folded at its chapter's end.
    pub edge: bool,
}

impl Cell {
    /// Whether CPythons of this tag run the cell.
    pub fn runs_on(&self, tag: Tag) -> bool {
        self.selection.includes(tag)
            && !self.is_left_out(tag.build.as_cells_name_it())
            && self.packages.iter().all(|package| package.is_for(tag))
    }

    /// Whether its keys leave `build` out. What is no process of its own has no fork for a crash to end.
    fn is_left_out(&self, build: Build) -> bool {
        self.selection.not_on.contains(&build) || (!build.is_native() && self.crashes.is_some())
    }

    /// Whether any CPython that can have a column runs the cell.
    pub(crate) fn runs_somewhere(&self) -> bool {
        cpython::possible().into_iter().any(|tag| tag.has_column() && self.runs_on(tag))
    }

    /// Whether only its author can say why the browser's build does not run it.
    pub fn lacks_why(&self) -> bool {
        self.selection.not_on.iter().any(|build| !build.is_native())
            && self.crashes.is_none()
            && self.needs.is_empty()
            && self.why.is_none()
    }

    /// Which programs of this machine run the cell, in words a page prints, if not all do. Whether the
    /// browser does is said apart, and why not.
    pub fn where_it_runs(&self) -> Option<String> {
        let mut parts = Vec::new();
        match (self.selection.since, self.selection.until) {
            (Some(since), Some(until)) if since == until => {
                parts.push(format!("CPython 3.{since} only"));
            }
            (Some(since), Some(until)) => parts.push(format!("CPython 3.{since} to 3.{until}")),
            (Some(since), None) => parts.push(format!("CPython 3.{since} and later")),
            (None, Some(until)) => parts.push(format!("CPython 3.{until} and earlier")),
            (None, None) => {}
        }
        let named = |builds: &[Build]| {
            builds.iter().map(|build| build.in_words()).collect::<Vec<_>>().join(" and ")
        };
        let only = &self.selection.on;
        if !only.is_empty() {
            parts.push(format!("only {}", named(only)));
        }
        let programs =
            Build::ALL.iter().copied().filter(|build| build.has_column() && build.is_native());
        let left_out: Vec<Build> = programs.filter(|build| self.is_left_out(*build)).collect();
        if only.is_empty() && !left_out.is_empty() {
            parts.push(format!("not {}", named(&left_out)));
        }
        if !self.needs.is_empty() {
            parts.push(format!("where {} is installed", self.needs.join(" and ")));
        }
        parts.extend(self.packages.iter().map(|package| {
            let lacking = |tag: &&Tag| !package.is_for(**tag);
            let lacking: Vec<Tag> = cpython::supported().iter().filter(lacking).copied().collect();
            message::with_package(&package.name, &lacking)
        }));
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The first command it needs that is not on this machine's PATH.
    pub fn missing(&self) -> Option<&str> {
        self.needs.iter().find(|name| process::find(name).is_none()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_crashes_does_not_run_in_the_browser_and_need_not_say_why() {
        let mut cell = Cell { crashes: Some("SIGSEGV".to_owned()), ..Cell::default() };
        let runs = |cell: &Cell, tag: &str| cell.runs_on(tag.parse().unwrap());
        assert!(runs(&cell, "3.14") && runs(&cell, "3.14t") && !runs(&cell, "3.14-wasm"));
        assert_eq!(cell.where_it_runs(), None, "the page says it apart");
        assert!(!cell.lacks_why(), "the key says why");
        cell.selection.on = vec![Build::Gil];
        assert_eq!(cell.where_it_runs().as_deref(), Some("only on the default build"));
    }

    #[test]
    fn a_cell_that_is_kept_from_the_browser_must_say_why_unless_another_key_does() {
        let not_on = |builds: &[Build]| {
            let selection = Selection { not_on: builds.to_vec(), ..Selection::default() };
            Cell { selection, ..Cell::default() }
        };
        let kept = || not_on(&[Build::Gil, Build::Wasm]);
        assert!(kept().lacks_why());
        assert!(!Cell { why: Some("needs threads".to_owned()), ..kept() }.lacks_why());
        assert!(!Cell { needs: vec!["gdb".to_owned()], ..kept() }.lacks_why());
        assert!(!not_on(&[Build::Gil]).lacks_why());
        assert_eq!(kept().where_it_runs().as_deref(), Some("not on the default build"));
    }
}
