//! Code, line by line: each is an element, which can be marked, and wraps under itself.
//!
//! The page's script has mdBook's highlight.js colour it, which keeps the elements that it finds: so
//! what is made here is made of `span` and `mark`, and its text is the source's, byte for byte.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::escape::block;

/// A line that is a comment and nothing else: its indentation, its marker and its words.
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^( *)(//[/!]? ?)(.*)\n$").expect("compiles"));

/// Words that begin something of their own: an item of a list, a heading, a fence.
static BEGINS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[-*+#|>]|\d+\.|```|    )").expect("compiles"));

/// The language of a block of code, as highlight.js names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    Python,
    Toml,
    Text,
}

impl Language {
    /// The language of the file at `path`.
    pub(super) fn of(path: &Path) -> Language {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => Language::Rust,
            Some("py") => Language::Python,
            Some("toml") => Language::Toml,
            _ => Language::Text,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Language::Rust => "rust",
            Language::Python => "python",
            Language::Toml => "toml",
            Language::Text => "plaintext",
        }
    }
}

/// What stands together: a line of code, or the lines of one comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its lines, each with its end.
    pub(super) text: String,
    /// Whether it is a comment for the reader of the code.
    pub(super) remark: bool,
}

/// The rows of `source`. A comment over several lines is one row, for it is one text; in Python
/// the reader edits it, so there it is code.
pub(super) fn rows(language: Language, source: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut is_fenced = false;
    for line in source.lines() {
        let text = format!("{line}\n");
        let comment = COMMENT.captures(&text).filter(|_| language == Language::Rust);
        let remark = comment.is_some();
        let is_fence = comment.as_ref().is_some_and(|it| it[3].starts_with("```"));
        is_fenced = remark && (is_fenced != is_fence);
        match (rows.last_mut(), comment) {
            (Some(last), Some(this))
                if last.remark && !is_fenced && !is_fence && goes_on(&last.text, &this[0]) =>
            {
                last.text.push_str(&text);
            }
            _ => rows.push(Row { text, remark }),
        }
    }
    rows
}

/// Whether the comment in `line` goes on with the sentence that `before` leaves open.
fn goes_on(before: &str, line: &str) -> bool {
    let last = before.split_inclusive('\n').next_back().unwrap_or_default();
    let (Some(one), Some(two)) = (COMMENT.captures(last), COMMENT.captures(line)) else {
        return false;
    };
    let open = |words: &str| !words.trim().is_empty();
    one[1] == two[1]
        && one[2].trim_end() == two[2].trim_end()
        && open(&one[3])
        && open(&two[3])
        && !BEGINS.is_match(&two[3])
        && !one[3].starts_with('#')
        && !one[3].starts_with("```")
}

impl Row {
    /// How many lines it has.
    pub(super) fn lines(&self) -> usize {
        self.text.matches('\n').count()
    }

    /// By how many columns it is indented.
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The row as one line.
    pub(super) fn html(&self) -> String {
        self.marked("span", "", &self.body())
    }

    /// The row as one line, `body` its HTML, in `element` and of one class more. The end of the line
    /// stands behind the element, so that who copies what is seen gets no empty lines.
    pub(super) fn marked(&self, element: &str, class: &str, body: &str) -> String {
        let mut classes = vec!["l"];
        classes.extend(self.remark.then_some("remark"));
        classes.extend((!class.is_empty()).then_some(class));
        let style = match self.indent() {
            0 => String::new(),
            columns => format!(" style=\"--in:{columns}\""),
        };
        let body = body.trim_end_matches("&#10;");
        format!("<{element} class=\"{}\"{style}>{body}</{element}>&#10;", classes.join(" "))
    }

    /// What stands in it. In a comment the ends of its lines become spaces to the eye, and stay
    /// what they are to who copies it.
    pub(super) fn body(&self) -> String {
        if !self.remark {
            return block(&self.text);
        }
        let mut html = String::new();
        for (index, line) in self.text.split_inclusive('\n').enumerate() {
            let parts = COMMENT.captures(line).expect("a remark is made of comments");
            let (indent, marker, words) = (&parts[1], block(&parts[2]), block(&parts[3]));
            html.push_str(&match index {
                0 => format!("{indent}<span class=\"say\">{marker}{words}"),
                _ => format!(
                    "<span class=\"joint\">&#10;{indent}</span><span class=\"again\">{marker}</span>{words}"
                ),
            });
        }
        html + "</span>&#10;"
    }
}

/// `lines`, which are HTML, as code.
pub(super) fn pre(language: Language, class: &str, lines: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!(
        "<pre{class}><code class=\"nohighlight\" data-language=\"{}\">{lines}</code></pre>",
        language.name()
    )
}

/// All of `source` as a block of code.
pub(super) fn code(language: Language, source: &str) -> String {
    pre(language, "code", &html(&rows(language, source)))
}

/// `rows`, one after the other.
pub(super) fn html(rows: &[Row]) -> String {
    rows.iter().map(Row::html).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: Language, source: &str) -> Vec<String> {
        rows(language, source).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn the_lines_of_one_comment_are_one_row() {
        let source =
            "/// A doc.\n\nfn a() {\n    // SAFETY: a long\n    // sentence.\n    b();\n}\n";
        assert_eq!(
            texts(Language::Rust, source),
            [
                "/// A doc.\n",
                "\n",
                "fn a() {\n",
                "    // SAFETY: a long\n    // sentence.\n",
                "    b();\n",
                "}\n"
            ]
        );
        assert_eq!(texts(Language::Python, "# a\n# b\n"), ["# a\n", "# b\n"]);
    }

    #[test]
    fn what_is_no_part_of_a_sentence_is_not_joined_to_it() {
        for source in [
            "/// A title.\n///\n/// Another paragraph.\n",
            "// A list:\n// - an item\n// - another\n",
            "/// # Errors\n/// None.\n",
            "// one\n    // deeper\n// back\n",
            "/// one\n// two\n//! three\n",
            "/// Like this:\n/// ```\n/// let a = 1;\n/// let b = 2;\n/// ```\n/// So.\n",
        ] {
            assert_eq!(rows(Language::Rust, source).len(), source.lines().count(), "{source}");
        }
    }

    /// The text of HTML.
    fn text(html: &str) -> String {
        let tags = Regex::new("<[^>]*>").unwrap();
        let text = tags.replace_all(html, "").replace("&#10;", "\n").replace("&lt;", "<");
        text.replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn the_text_of_the_lines_is_the_source() {
        let source = "fn a<'py>() {\n\n    // SAFETY: \"long\" <and>\n    // wrapped & done.\n\
                      \n    b(); // why\n}\n";
        assert_eq!(text(&code(Language::Rust, source)), source);
        assert_eq!(text(&code(Language::Python, source)), source);
    }
}
