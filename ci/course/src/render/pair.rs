//! A function twice, `raw` and `safe`: beside each other where there is room.

/// The two listings, each in a side of its own, and `under` below both. Which is which the script
/// that makes tabs of them reads from the listings.
pub(super) fn pair(raw: &str, safe: &str, under: &str) -> String {
    let side = |listing: &str| format!("<div class=\"side\">{}</div>", listing.trim_end());
    format!("<div class=\"pair wide\">{}{}{under}</div>\n", side(raw), side(safe))
}
