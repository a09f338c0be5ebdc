//! What a page may load and run: its own site, and nothing else.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::render::attribute;

/// Whatever a page does not name is refused. Styles may stand in the page: mdBook's do, and
/// the editor's.
const RULES: &str = "default-src 'none'; img-src 'self' data:; font-src 'self'; \
    style-src 'self' 'unsafe-inline'; connect-src 'self'; worker-src 'self'; \
    frame-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; \
    script-src 'self' 'wasm-unsafe-eval'";

/// The tag that gives the page `html` its policy.
pub(super) fn tag(html: &str) -> String {
    let policy = attribute(&policy(html));
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
}

/// The policy of the page `html`, which names each script that stands in it by its digest.
fn policy(html: &str) -> String {
    let mut policy = RULES.to_owned();
    for script in inline_scripts(html) {
        let digest = BASE64_STANDARD.encode(Sha256::digest(script));
        let source = format!(" 'sha256-{digest}'");
        if !policy.contains(&source) {
            policy.push_str(&source);
        }
    }
    policy
}

/// The text of every script in `html` that has no file of its own.
fn inline_scripts(html: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((text, after)) = after.split_once("</script>") else { break };
        if !attributes.contains(" src=") {
            scripts.push(text);
        }
        rest = after;
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_in_the_page_are_named() {
        let html = "<script src=\"a.js\"></script> <script>alert(1)</script>";
        assert_eq!(inline_scripts(html), ["alert(1)"]);
        let digest = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(policy(html).contains(digest), "{}", policy(html));
    }
}
