//! Two texts, side by side.

/// `recorded` and `got`, line by line: `-` recorded, `+` now.
pub fn diff(recorded: &str, got: &str) -> String {
    if !recorded.contains('\n') && !got.contains('\n') {
        return format!("-{recorded}\n+{got}");
    }
    let diff = similar::TextDiff::from_lines(recorded, got);
    let text = diff.unified_diff().context_radius(2).to_string();
    // Without the `@@` lines: the output has no lines that a person could look up.
    let lines = text.lines().filter(|line| !line.starts_with("@@"));
    lines.collect::<Vec<_>>().join("\n")
}
