//! What holds for the Rust of every lesson, and no compiler asks.

use std::path::Path;

use crate::repository::{REPOSITORY, files_below};

/// The comments above `unsafe` say who owns what. That its functions run attached holds for a
/// whole module: it stands at its top, and again only with a reason, "attached, as …".
#[test]
fn a_module_with_unsafe_code_says_once_that_its_functions_run_attached() {
    let mut wrong = Vec::new();
    let files = files_below(&REPOSITORY.join("lessons"));
    let text = |path: &Path| files.get(path).map(|bytes| str::from_utf8(bytes).unwrap());
    for path in files.keys().filter(|path| path.extension().is_some_and(|it| it == "rs")) {
        let parts: Vec<_> = path.iter().collect();
        let [topic, folder, module, ..] = parts[..] else { continue };
        if folder != "src" {
            continue;
        }
        let shown = format!("lessons/{}", path.display());
        let lines = text(path).unwrap();
        // A module may have files of its own below it: `raw.rs`, and `raw/hook.rs`.
        let module = Path::new(topic).join(folder).join(module).with_extension("rs");
        let mut top = text(&module).unwrap().lines().take_while(|line| line.starts_with("//!"));
        if lines.contains("unsafe {") && !top.any(|line| line.contains("ttached")) {
            wrong.push(format!("{shown}:1: expected \"attached\", found none"));
        }
        for (at, line) in lines.lines().enumerate() {
            let said = line.trim_start().strip_prefix("// SAFETY: attached");
            if said.is_some_and(|rest| !rest.starts_with(", as ")) {
                wrong.push(format!("{shown}:{}: said at the top", at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
