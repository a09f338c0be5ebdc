//! One page, finished.

use std::path::Path;

use verify::{Place, Problem};

use super::content_security_policy;
use super::parts::Site;
use crate::message;
use crate::render::attribute;

/// The line of mdBook's template after which nothing has been loaded yet.
const FIRST: &str = "<meta charset=\"UTF-8\">";

/// What comes into a page.
#[derive(Debug, Default)]
pub(super) struct Additions {
    /// What makes it live.
    pub(super) live: Option<Site>,
    /// One more script.
    pub(super) script: Option<&'static str>,
}

/// The page `html`, which is the file at `path`, with a policy and with `additions`.
///
/// # Errors
///
/// There is no place for them: a page without the policy could load anything.
pub(super) fn finished(path: &Path, html: &str, additions: &Additions) -> Result<String, Problem> {
    let Some((before, after)) = html.split_once(FIRST) else {
        return Err(message::no_place_for_policy(Place::file(path), FIRST));
    };
    let mut tags = String::new();
    if let Some(Site { script, styles, told }) = &additions.live {
        tags.push_str(&format!(
            "\n<link rel=\"stylesheet\" href=\"{}\">\
             \n<script defer src=\"{}\" data-site=\"{}\"></script>",
            attribute(styles),
            attribute(script),
            attribute(told)
        ));
    }
    if let Some(script) = additions.script {
        tags.push_str(&format!("\n<script defer src=\"{}\"></script>", attribute(script)));
    }
    let policy = content_security_policy::tag(html);
    Ok(format!("{before}{FIRST}\n{policy}{tags}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(html: &str, additions: &Additions) -> Result<String, Problem> {
        finished(Path::new("a.html"), html, additions)
    }

    const PAGE: &str = "<head><meta charset=\"UTF-8\"><script>a</script></head>";

    #[test]
    fn the_policy_comes_before_anything_it_governs() {
        let page = made(PAGE, &Additions::default()).unwrap();
        assert!(page.find("Content-Security-Policy") < page.find("<script>"));
    }

    #[test]
    fn a_page_that_would_have_no_policy_is_an_error() {
        for page in ["<p>no page</p>", "<meta charset=\"utf-8\">", "<meta charset=UTF-8>", ""] {
            let said = made(page, &Additions::default()).unwrap_err().to_string();
            assert!(said.starts_with("a.html: expected the line"), "{said}");
        }
    }

    #[test]
    fn what_a_page_is_told_is_text() {
        let live = Site { script: "s".into(), styles: "c".into(), told: "{\"a\":\"<&\"}".into() };
        let page = made(PAGE, &Additions { live: Some(live), script: None }).unwrap();
        assert!(page.contains("data-site=\"{&quot;a&quot;:&quot;&lt;&amp;&quot;}\""), "{page}");
    }
}
