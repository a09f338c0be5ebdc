//! One page, finished.

use super::content_security_policy::policy;
use super::parts::Site;
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

/// The page `html` with a policy and with `additions`. What is no page of mdBook's stays as
/// it is.
pub(super) fn finished(html: &str, additions: &Additions) -> String {
    let Some((before, after)) = html.split_once(FIRST) else { return html.to_owned() };
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
    let policy = policy(html);
    format!(
        "{before}{FIRST}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">{tags}{after}",
        attribute(&policy)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"UTF-8\"><script>a</script></head>";

    #[test]
    fn the_policy_comes_before_anything_it_governs() {
        let page = finished(PAGE, &Additions::default());
        assert!(page.find("Content-Security-Policy") < page.find("<script>"));
        assert_eq!(finished("<p>no page</p>", &Additions::default()), "<p>no page</p>");
    }

    #[test]
    fn what_a_page_is_told_is_text() {
        let live = Site { script: "s".into(), styles: "c".into(), told: "{\"a\":\"<&\"}".into() };
        let page = finished(PAGE, &Additions { live: Some(live), script: None });
        assert!(page.contains("data-site=\"{&quot;a&quot;:&quot;&lt;&amp;&quot;}\""), "{page}");
    }
}
