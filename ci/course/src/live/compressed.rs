//! What is large, compressed, for hosts that send such a file in place of the plain one.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use verify::build;
use verify::environment;
use verify::layout::WEB;

use crate::message;

/// What is text or WebAssembly. All else that a book has is compressed as it is.
const KINDS: [&str; 7] = ["css", "html", "js", "json", "mjs", "svg", "wasm"];

/// What is smaller goes in a packet or two, in whichever form.
const SMALL: u64 = 4096;

/// The folder of what was compressed, below cargo's.
const FOLDER: &str = "compressed";

/// The bytes of a file as it lies there, and in each form in which a host may send it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(super) struct Forms {
    #[serde(skip_serializing)]
    digest: Option<String>,
    plain: u64,
    gzip: u64,
    br: u64,
}

/// Compresses files, each content once.
#[derive(Debug)]
pub(super) struct Compressor {
    root: PathBuf,
    folder: PathBuf,
}

impl Compressor {
    /// For the course in `root`.
    pub(super) fn new(root: &Path) -> Result<Compressor> {
        let target =
            build::target(root).map_err(|problem| anyhow!(message::all(&vec![problem])))?;
        Ok(Compressor { root: root.to_owned(), folder: target.join(FOLDER) })
    }

    /// The forms of each of `files`, in their order.
    pub(super) fn forms(&self, files: &[&Path]) -> Result<Vec<Forms>> {
        let mut all = Vec::new();
        let mut large = Vec::new();
        for path in files {
            let plain = fs::metadata(path).with_context(|| path.display().to_string())?.len();
            all.push(Forms { digest: None, plain, gzip: plain, br: plain });
            if plain >= SMALL && is_of_a_kind(path) {
                large.push(*path);
            }
        }
        let mut packed = self.packed(&large)?.into_iter();
        for (path, forms) in files.iter().zip(&mut all) {
            if forms.plain >= SMALL && is_of_a_kind(path) {
                *forms = packed.next().context("node compresses every file")?;
            }
        }
        Ok(all)
    }

    /// Puts the compressed forms beside `file`.
    pub(super) fn put_beside(&self, file: &Path, forms: &Forms) -> Result<()> {
        let Some(digest) = &forms.digest else { return Ok(()) };
        for form in ["gz", "br"] {
            let to = beside(file, form);
            fs::copy(self.folder.join(format!("{digest}.{form}")), &to)
                .with_context(|| message::cannot_write(&to))?;
        }
        Ok(())
    }

    /// Compresses every file below `folder` that has no compressed forms beside it.
    pub(super) fn put_beside_all(&self, folder: &Path) -> Result<()> {
        let mut files = Vec::new();
        lacking(folder, &mut files)?;
        let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        for (file, forms) in files.iter().zip(self.forms(&paths)?) {
            self.put_beside(file, &forms)?;
        }
        Ok(())
    }

    fn packed(&self, files: &[&Path]) -> Result<Vec<Forms>> {
        let mut node = Command::new("node");
        environment::of_node(&mut node);
        node.arg(self.root.join(WEB).join("compress.mjs")).arg(&self.folder);
        let list = serde_json::to_vec(files)?;
        let mut node = node
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run node")?;
        // What ends before it has read all says why.
        let _ = node.stdin.take().expect("it is piped").write_all(&list);
        let said = node.wait_with_output()?;
        if !said.status.success() {
            bail!(message::not_compressed(&String::from_utf8_lossy(&said.stderr)));
        }
        Ok(serde_json::from_slice(&said.stdout)?)
    }
}

/// Where a compressed form of `file` stands: `a.js.gz`.
fn beside(file: &Path, form: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(format!(".{form}"));
    name.into()
}

fn is_of_a_kind(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| KINDS.contains(&extension))
}

fn lacking(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lacking(&path, files)?;
        } else if is_of_a_kind(&path) && !beside(&path, "gz").exists() {
            files.push(path);
        }
    }
    Ok(())
}
