//! What all live pages share, made once.

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

/// The scripts, the lessons and Pyodide. All but the service worker go by names that change
/// with their content, so that a browser may keep them.
#[derive(Debug)]
pub(super) struct Parts {
    scripts: TempDir,
    names: Names,
    module: PathBuf,
    lessons: String,
    pyodide: PathBuf,
    folder: String,
}

impl Parts {
    /// Builds the lessons and bundles the scripts.
    pub(super) fn make(root: &Path) -> Result<Parts> {
        let problem = |problem| anyhow!(message::all(&vec![problem]));
        let module = wasm::build(root).map_err(problem)?;
        let digest = Sha256::digest(fs::read(&module)?);
        let digest: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let scripts = TempDir::new()?;
        let mut node = Command::new("node");
        environment::of_node(&mut node);
        node.arg(root.join(WEB).join("build.mjs")).arg(scripts.path());
        let said = node.output().context("cannot run node")?;
        if !said.status.success() {
            bail!(message::scripts_do_not_build(&String::from_utf8_lossy(&said.stderr)));
        }
        Ok(Parts {
            names: serde_json::from_slice(&said.stdout)?,
            scripts,
            module,
            lessons: format!("lessons-{digest}.so"),
            pyodide: pyodide::folder(root),
            folder: format!("pyodide-{}", pyodide::pinned(root).map_err(problem)?),
        })
    }

    /// Puts everything but the service worker into `folder`.
    pub(super) fn copy(&self, folder: &Path) -> Result<()> {
        let Names { page, styles, worker, editor, .. } = &self.names;
        let pyodide = folder.join(&self.folder);
        fs::create_dir_all(&pyodide)?;
        for name in [page, styles, worker, editor] {
            fs::copy(self.scripts.path().join(name), folder.join(name))?;
        }
        fs::copy(&self.module, folder.join(&self.lessons))?;
        for name in PYODIDE {
            fs::copy(self.pyodide.join(name), pyodide.join(name))
                .with_context(|| message::cannot_write(&pyodide.join(name)))?;
        }
        Ok(())
    }

    /// The service worker's file.
    pub(super) fn offline(&self) -> PathBuf {
        self.scripts.path().join(&self.names.offline)
    }

    /// What a page that lies `root` below the site's root is told.
    pub(super) fn site(&self, root: String, tags: &[Tag]) -> Site {
        let at = |name: &str| format!("{FOLDER}/{name}");
        let words: Vec<String> = tags.iter().map(Tag::to_string).collect();
        let told = json!({
            "root": root,
            "styles": at(&self.names.styles),
            "worker": at(&self.names.worker),
            "editor": at(&self.names.editor),
            "lessons": at(&self.lessons),
            "pyodide": format!("{}/", at(&self.folder)),
            "tags": words,
            "newest": Tag::newest(tags).map(|tag| tag.to_string()),
        });
        Site {
            script: format!("{root}{}", at(&self.names.page)),
            styles: format!("{root}{}", at(&self.names.styles)),
            told: told.to_string(),
        }
    }
}

/// What one page refers to.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) script: String,
    pub(super) styles: String,
    pub(super) told: String,
}
