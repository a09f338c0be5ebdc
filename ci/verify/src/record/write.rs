//! Writes a record into its file, whole or not at all.

use std::io::Write;
use std::path::Path;

use toml_writer::{ToTomlValue, TomlStringBuilder};

use super::read::is_merge_marker;
use super::table::{OutputGroup, Record};
use crate::cpython::Tag;
use crate::lesson::Lesson;
use crate::message;
use crate::problem::Problem;
use crate::text;

impl Record {
    /// The record as the file has it: laid out for a person who reads it in a diff.
    pub fn to_text(&self, topic: &str) -> String {
        let mut text = format!(
            "# Written by `cargo course regen {topic}`; to change it, change the session.\n\n[ran]\n"
        );
        for (tag, column) in &self.ran {
            let (python, digest) = (column.python.to_toml_value(), column.digest.to_toml_value());
            text += &format!("\"{tag}\" = {{ python = {python}, digest = {digest} }}\n");
        }
        for cell in &self.cells {
            text += &format!("\n[[cell]]\nname = {}\n", cell.name.to_toml_value());
            text += &groups("cell.printed", &cell.printed);
        }
        for value in &self.values {
            text += &format!(
                "\n[[value]]\nexpression = {}\ncells = {}\n",
                toml_text(&value.expression),
                value.cells.to_toml_value()
            );
            text += &groups("value.was", &value.was);
        }
        if let Some(refused) = &self.refused {
            text += &format!("\n[refused]\nrustc = {}\n", refused.rustc.to_toml_value());
            for (name, said) in &refused.cases {
                let (digest, words) = (said.digest.to_toml_value(), toml_text(&said.words));
                text += &format!("\n[refused.cases.{name}]\ndigest = {digest}\nwords = {words}\n");
            }
        }
        text
    }

    /// Writes the record of `lesson`, whole or not at all. Returns whether the file changed.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, the disk is full: then the old file is as it was.
    pub fn save(&self, lesson: &Lesson) -> Result<bool, Problem> {
        let path = lesson.root.join(lesson.record_path());
        let text = self.to_text(&lesson.topic);
        let old = text::read_if_there(&lesson.root, &lesson.record_path());
        if old.is_ok_and(|old| old.as_deref() == Some(&text)) {
            return Ok(false);
        }
        let failed = |error: std::io::Error| message::cannot_write(&path, &error);
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(public());
        let mut file = builder.prefix(".record").tempfile_in(folder).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        Ok(true)
    }
}

fn groups(table: &str, shared: &[OutputGroup]) -> String {
    let group = |shared: &OutputGroup| {
        let tags: Vec<String> = shared.tags.iter().map(Tag::to_string).collect();
        let (tags, text) = (tags.to_toml_value(), toml_text(&shared.text));
        format!("[[{table}]]\ntags = {tags}\ntext = {text}\n")
    };
    shared.iter().map(group).collect()
}

/// `text` as TOML, in which no line that a cell printed looks as if a merge had left it, and no
/// character stands as it is that no text file may hold.
fn toml_text(text: &str) -> String {
    if !text.lines().any(is_merge_marker) && !text.contains(text::is_refused) {
        return text.to_toml_value();
    }
    let written = TomlStringBuilder::new(text).as_ml_basic().to_toml_value();
    let written = written.replace("\n<", "\n\\u003C").replace("\n>", "\n\\u003E");
    let escape = |c: char| match text::is_refused(c) {
        true => format!("\\u{:04X}", u32::from(c)),
        false => c.to_string(),
    };
    written.chars().map(escape).collect()
}

/// What anyone may read, as for a file written without care: `tempfile` is more private.
#[cfg(unix)]
fn public() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}
