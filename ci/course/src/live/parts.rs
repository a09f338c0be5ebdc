//! What all live pages share, made once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use verify::Tag;
use verify::build::wasm;
use verify::environment;
use verify::interpreter::pyodide;
use verify::layout::WEB;

use super::compressed::{Compressor, Forms};
use crate::message;

/// The folder of everything live, below the site's root.
pub(super) const FOLDER: &str = "live";

/// The files of Pyodide that a page loads.
const PYODIDE: [&str; 4] =
    ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"];

/// The files that the bundler made, by their sources.
#[derive(Debug, Deserialize)]
struct Names {
    #[serde(rename = "page.ts")]
    page: String,
    #[serde(rename = "live.css")]
    styles: String,
    #[serde(rename = "worker.ts")]
    worker: String,
    #[serde(rename = "editor.ts")]
    editor: String,
    #[serde(rename = "offline.ts")]
    offline: String,
}

/// A file of the folder, and what it is copied from.
#[derive(Debug)]
struct File {
    name: String,
    source: PathBuf,
    forms: Forms,
}

/// The scripts, the lessons and Pyodide. All but the service worker go by names that change
/// with their content, so that a browser may keep them.
#[derive(Debug)]
pub(super) struct Parts {
    scripts: TempDir,
    names: Names,
    lessons: String,
    pyodide: String,
    files: Vec<File>,
    compressor: Compressor,
}

impl Parts {
    /// Builds the lessons and bundles the scripts.
    pub(super) fn make(root: &Path) -> Result<Parts> {
        let problem = |problem| anyhow!(message::all(&vec![problem]));
        let module = wasm::build(root).map_err(problem)?;
        let digest = Sha256::digest(fs::read(&module)?);
        let digest: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let lessons = format!("lessons-{digest}.wasm");
        let pyodide = format!("pyodide-{}", pyodide::pinned(root).map_err(problem)?);
        let scripts = TempDir::new()?;
        let names = bundled(root, scripts.path())?;
        let mut sources: Vec<(String, PathBuf)> =
            [&names.page, &names.styles, &names.worker, &names.editor]
                .map(|name| (name.clone(), scripts.path().join(name)))
                .into();
        sources.push((lessons.clone(), module));
        let folder = pyodide::folder(root);
        sources.extend(PYODIDE.map(|name| (format!("{pyodide}/{name}"), folder.join(name))));
        let compressor = Compressor::new(root)?;
        let paths: Vec<&Path> = sources.iter().map(|(_, source)| source.as_path()).collect();
        let forms = compressor.forms(&paths)?;
        let file = |((name, source), forms)| File { name, source, forms };
        let files = sources.into_iter().zip(forms).map(file).collect();
        Ok(Parts { scripts, names, lessons, pyodide, files, compressor })
    }

    /// Puts everything but the service worker into `folder`.
    pub(super) fn copy(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder.join(&self.pyodide))?;
        for File { name, source, forms } in &self.files {
            let to = folder.join(name);
            fs::copy(source, &to).with_context(|| message::cannot_write(&to))?;
            self.compressor.put_beside(&to, forms)?;
        }
        Ok(())
    }

    /// The service worker's file.
    pub(super) fn offline(&self) -> PathBuf {
        self.scripts.path().join(&self.names.offline)
    }

    /// What puts compressed files beside the others of a book.
    pub(super) fn compressor(&self) -> &Compressor {
        &self.compressor
    }

    /// What a page that lies `root` below the site's root is told.
    pub(super) fn site(&self, root: String, tags: &[Tag]) -> Site {
        let at = |name: &str| format!("{FOLDER}/{name}");
        let words: Vec<String> = tags.iter().map(Tag::to_string).collect();
        let Names { page, styles, worker, editor, .. } = &self.names;
        let python = |file: &&File| ![page, styles, editor].contains(&&file.name);
        let weights: BTreeMap<String, &Forms> =
            self.files.iter().filter(python).map(|file| (at(&file.name), &file.forms)).collect();
        let script = self.files.iter().find(|file| file.name == *page).map(|file| &file.forms);
        let told = json!({
            "root": root,
            "styles": at(styles),
            "worker": at(worker),
            "editor": at(editor),
            "lessons": at(&self.lessons),
            "pyodide": format!("{}/", at(&self.pyodide)),
            "python": format!("{} {}", self.pyodide, self.lessons),
            "weights": weights,
            "script": script,
            "tags": words,
            "newest": Tag::newest(tags).map(|tag| tag.to_string()),
        });
        Site {
            script: format!("{root}{}", at(page)),
            styles: format!("{root}{}", at(styles)),
            told: told.to_string(),
        }
    }
}

/// Bundles the scripts into `folder`.
fn bundled(root: &Path, folder: &Path) -> Result<Names> {
    let mut node = Command::new("node");
    environment::of_node(&mut node);
    node.arg(root.join(WEB).join("build.mjs")).arg(folder);
    let said = node.output().context("cannot run node")?;
    if !said.status.success() {
        bail!(message::scripts_do_not_build(&String::from_utf8_lossy(&said.stderr)));
    }
    Ok(serde_json::from_slice(&said.stdout)?)
}

/// What one page refers to.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) script: String,
    pub(super) styles: String,
    pub(super) told: String,
}
