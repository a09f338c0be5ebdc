//! Which packages cells may import, in which version on each CPython: `lessons/packages.toml`.

use std::collections::BTreeMap;
use std::env::consts::{ARCH, OS};
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::cpython::Tag;
use crate::message;
use crate::problem::{Place, Problem};
use crate::text;

/// The file, relative to the course's folder.
pub(crate) const FILE: &str = "lessons/packages.toml";

/// Every package that is pinned, by the name by which it is imported and installed.
#[derive(Clone, Debug, Default)]
pub struct Pins(BTreeMap<String, Arc<Package>>);

/// A package, and what is installed of it where.
#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// What is installed on the CPythons that there is a wheel for.
    pub wheels: BTreeMap<Tag, Wheel>,
}

/// One version of a package, built for one CPython.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wheel {
    /// The version.
    pub version: String,
    /// By platform, as the wheel's name has it, the SHA-256 of the file.
    pub sha256: BTreeMap<String, String>,
}

impl Pins {
    /// What the course in `root` pins; nothing, where it has no such file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not what it should be.
    pub fn load(root: &Path) -> Result<Pins, Problem> {
        let path = Path::new(FILE);
        let text = text::read_if_there(root, path)?.unwrap_or_default();
        Pins::parse(&text).map_err(|(line, why)| {
            let place = line.map_or_else(|| Place::file(path), |line| Place::line(path, line));
            message::not_toml(place, &why)
        })
    }

    fn parse(text: &str) -> Result<Pins, (Option<usize>, String)> {
        type Table = BTreeMap<String, BTreeMap<Tag, Wheel>>;
        let table: Table = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
            (line, error.message().to_owned())
        })?;
        let packages = table.into_iter();
        let packages =
            packages.map(|(name, wheels)| (name.clone(), Arc::new(Package { name, wheels })));
        Ok(Pins(packages.collect()))
    }

    /// The package of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Package>> {
        self.0.get(name)
    }

    /// Every name.
    pub fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

impl Package {
    /// Whether there is a wheel for CPythons of this tag.
    pub fn is_for(&self, tag: Tag) -> bool {
        self.wheels.contains_key(&tag)
    }

    /// The versions, by tag, in one text: what a column that imports it depends on.
    pub(crate) fn versions(&self) -> String {
        self.wheels.iter().map(|(tag, wheel)| format!("{tag} {}\n", wheel.version)).collect()
    }
}

impl Wheel {
    /// The platform of the file that is installed on this machine, if there is one.
    pub(crate) fn platform(&self) -> Option<&str> {
        let (starts, ends) = match (OS, ARCH) {
            ("linux", arch) => ("manylinux", arch),
            ("macos", "aarch64") => ("macosx", "arm64"),
            ("macos", arch) => ("macosx", arch),
            ("windows", "x86_64") => ("win", "amd64"),
            _ => return None,
        };
        let fits = |name: &&str| name.starts_with(starts) && name.ends_with(ends);
        self.sha256.keys().map(String::as_str).find(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[fruit.\"3.9\"]\nversion = \"1.0\"\n[fruit.\"3.14t\"]\nversion = \"2.0\"\n";

    #[test]
    fn a_package_is_for_the_tags_that_pin_it() {
        let text = TEXT.replace(".0\"\n", ".0\"\nsha256 = {}\n");
        let pins = Pins::parse(&text).unwrap();
        let fruit = pins.get("fruit").unwrap();
        assert!(fruit.is_for("3.14t".parse().unwrap()) && !fruit.is_for("3.14".parse().unwrap()));
        assert_eq!(fruit.versions(), "3.9 1.0\n3.14t 2.0\n");
    }

    #[test]
    fn what_is_wrong_with_the_file_is_told_with_its_line() {
        let wrong = |text: &str| Pins::parse(text).unwrap_err();
        let (line, why) = wrong("[fruit.\"3.9\"]\nversion = \"1.0\"\n");
        assert!(line == Some(1) && why.contains("sha256"), "{line:?} {why}");
        let (line, why) = wrong("[fruit.\"4.0\"]\n");
        assert!(line.is_some() && why.contains("4.0"), "{line:?} {why}");
    }
}
