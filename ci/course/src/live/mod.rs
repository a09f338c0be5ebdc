//! What makes mdBook's pages live: the scripts, Pyodide, the lessons as WebAssembly, and a
//! policy that lets a page load nothing from anywhere else.
//!
//! [`npm`] brings what scripts are made of, [`parts`] makes what all pages share, [`lesson_json`]
//! what a page must know of its lessons; [`page`] and [`content_security_policy`] put both into a
//! page, [`not_found`] lets one page be shown anywhere, and [`compressed`] puts beside a file what
//! a host may send in its place.

mod compressed;
mod content_security_policy;
mod lesson_json;
mod not_found;
mod npm;
mod page;
mod parts;
mod rustup;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use verify::interpreter::pyodide;
use verify::{Problem, Tag};

use crate::message;
use crate::read::lessons::Lessons;
use page::Additions;
use parts::{FOLDER, Parts};

/// The page that mdBook writes for what is not found, at whatever depth.
const NOT_FOUND: &str = "404.html";

/// Makes pages live, again and again while a book is served.
#[derive(Debug)]
pub(crate) struct Live {
    root: PathBuf,
    /// The address of a script that every page loads.
    script: Option<&'static str>,
    parts: Option<Parts>,
    /// Whether rustup and npm were asked for what is missing.
    asked: bool,
}

impl Live {
    /// For the course in `root`.
    pub(crate) fn new(root: &Path, script: Option<&'static str>) -> Live {
        Live { root: root.to_owned(), script, parts: None, asked: false }
    }

    /// What the parts were made of has changed.
    pub(crate) fn forget(&mut self) {
        self.parts = None;
    }

    /// Makes what all pages share, unless it is there; asks rustup and npm, once, for what they can
    /// bring. What this machine lacks then is returned: the pages are whole, and not live.
    ///
    /// # Errors
    ///
    /// A lesson or a script does not compile.
    pub(crate) fn prepare(&mut self) -> Result<Option<Problem>> {
        let mut missing = pyodide::lacking(&self.root);
        if missing.is_none() {
            let first = !std::mem::replace(&mut self.asked, true);
            if first && pyodide::lacks_target().is_some() {
                rustup::add_target(&self.root);
            }
            if first && pyodide::not_installed(&self.root).is_some() {
                npm::install(&self.root);
            }
            missing = pyodide::lacks_target().or_else(|| pyodide::not_installed(&self.root));
        }
        if missing.is_some() {
            self.parts = None;
        } else if self.parts.is_none() {
            self.parts = Some(Parts::make(&self.root)?);
        }
        Ok(missing)
    }

    /// Finishes the pages in `output`, by what [`Live::prepare`] made.
    ///
    /// # Errors
    ///
    /// A record cannot be read, or a file cannot be written.
    pub(crate) fn finish(&self, output: &Path) -> Result<()> {
        let lessons =
            Lessons::load(&self.root, &[]).map_err(|problems| anyhow!(message::all(&problems)))?;
        let mut site = None;
        if let Some(parts) = &self.parts {
            let folder = output.join(FOLDER);
            parts.copy(&folder)?;
            for data in lessons.by_topic.values() {
                let file = folder.join(format!("{}.json", data.lesson.topic));
                fs::write(&file, lesson_json::json(data)?)
                    .with_context(|| message::cannot_write(&file))?;
            }
            // A service worker governs the pages below its own folder.
            fs::copy(parts.offline(), output.join("offline.js"))?;
            site = Some((parts, tags(&lessons)));
        }
        for path in pages(output)? {
            let mut html = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let inside = path.strip_prefix(output).unwrap_or(&path);
            if inside == Path::new(NOT_FOUND) {
                html = not_found::rooted(&html);
            }
            let live = site.as_ref().map(|(parts, tags)| parts.site(way_up(inside), tags));
            let additions = Additions { live, script: self.script };
            let page = page::finished(inside, &html, &additions)
                .map_err(|problem| anyhow!(message::all(&vec![problem])))?;
            fs::write(&path, page).with_context(|| message::cannot_write(&path))?;
        }
        if let Some(parts) = &self.parts {
            parts.compressor().put_beside_all(output)?;
        }
        Ok(())
    }
}

/// The tags that any lesson is recorded on, from new to old.
fn tags(lessons: &Lessons) -> Vec<Tag> {
    let mut tags: Vec<Tag> =
        lessons.by_topic.values().flat_map(|data| data.record.tags()).collect();
    tags.sort();
    tags.dedup();
    tags.reverse();
    tags
}

/// Every page below `folder`.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            pages.extend(self::pages(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(path);
        }
    }
    Ok(pages)
}

/// From a page to the site's root: `../` for each folder it lies in.
fn way_up(page: &Path) -> String {
    "../".repeat(page.components().count() - 1)
}
