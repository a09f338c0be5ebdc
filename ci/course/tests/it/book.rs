//! The pages: what they show as text, who may make them, and where they may be put.

use mdbook_driver::MDBook;
use snapbox::str;

use crate::repository::files_below;
use crate::scratch::Scratch;

/// A course whose cell prints `lines`, recorded and built; returns the chapter's page.
fn page_of(course: &Scratch, lines: &str) -> String {
    course
        .session(&format!("# %% one\ntext = {lines:?}\nprint(text)\nlast = text.split('|')[-1]\n"));
    course.say("It ends in {{#value probe: last}}.").recorded();
    course.passes(&["build", "--strict"]);
    course.read("target/book/probe.html")
}

/// `page` from the recorded output to its end, to leave the session's own text out.
fn printed(page: &str) -> &str {
    let at = page.find("<samp>").expect("a cell's output is shown");
    &page[at..page.find("</main>").expect("a page has a main part")]
}

#[test]
fn output_that_is_html_is_shown_as_text() {
    let course = Scratch::new();
    let page =
        page_of(&course, "</samp></pre></figure><script>alert(1)</script>|<b onclick='x'>&amp;");
    let page = printed(&page);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    assert!(!page.contains("<script>alert") && !page.contains("<b onclick"), "{page}");
    assert!(page.contains("&amp;amp;"), "{page}");
}

#[test]
fn output_that_is_markdown_is_shown_as_text() {
    let course = Scratch::new();
    let page =
        page_of(&course, "# Not a heading\n\n- *not* a list\n\n```\n|**[no](link.md)** `code`");
    let page = printed(&page);
    assert!(!page.contains("<h1") && !page.contains("<li>"), "{page}");
    assert!(!page.contains("<em>") && !page.contains("<strong>"), "{page}");
    assert!(!page.contains("link.html") && !page.contains("<code>"), "{page}");
    assert!(page.contains("# Not a heading"), "{page}");
    assert!(page.contains("**[no](link.md)** `code`</span>"), "{page}");
}

#[test]
fn output_that_is_a_directive_is_shown_as_text() {
    let course = Scratch::new();
    let page = page_of(
        &course,
        "{{#value probe: 1 + 1}}\n{{#include ../session.py}}\n{{#cell probe:none}}\n|{{#value probe: 2}}",
    );
    let page = printed(&page);
    assert!(page.contains("{{#value probe: 1 + 1}}"), "{page}");
    assert!(page.contains("{{#include ../session.py}}"), "{page}");
    assert!(page.contains("{{#cell probe:none}}"), "{page}");
    assert!(page.contains("{{#value probe: 2}}</span>"), "{page}");
}

#[test]
fn output_that_looks_like_a_session_or_a_record_is_shown_as_text() {
    let course = Scratch::new();
    let text =
        "# %% two\n[[cell]]\nname = \"\"\"\n'''\n<<<<<<< HEAD\n=======\n>>>>>>> other\n\\u0041|\\";
    let page = page_of(&course, text);
    assert!(printed(&page).contains("&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD"), "{page}");
    course.passes(&["check"]);
}

#[test]
fn mdbook_itself_makes_the_same_pages_by_the_external_preprocessor() {
    let course = Scratch::new();
    course.session("# %% one\na = 1\nprint(a)\n\n# %% two kind=\"edge\"\nprint('<&>')\n");
    course.say(
        "{{#listing probe/src/raw.rs:count}}\n\n{{#edges probe}}\n\nIt is {{#value probe: a}}.",
    );
    course.recorded();
    course.passes(&["build"]);
    let ours = files_below(&course.root.join("target/book"));

    let mut book = MDBook::load(&course.root).unwrap();
    book.config.build.build_dir = "target/external".into();
    book.build().unwrap();
    let theirs = files_below(&course.root.join("target/external"));
    assert!(ours.contains_key(std::path::Path::new("probe.html")));
    assert!(ours.keys().eq(theirs.keys()));
    for (path, bytes) in &ours {
        let text = String::from_utf8_lossy(bytes);
        let (policy, rest): (Vec<&str>, Vec<&str>) =
            text.split('\n').partition(|line| line.contains("Content-Security-Policy"));
        // mdBook adds no policy, and lets the page for what is not found begin at the host's root;
        // the rest is the same.
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        assert_eq!(policy.len(), usize::from(is_page), "{}", path.display());
        let same = if policy.is_empty() {
            *bytes == theirs[path]
        } else {
            let theirs = String::from_utf8_lossy(&theirs[path]);
            without_root(&rest.join("\n")) == theirs.replace("<base href=\"/\">", "")
        };
        assert!(same, "{} is not the same", path.display());
    }
}

/// `page` without the script by which the page for what is not found looks for its book.
fn without_root(page: &str) -> String {
    let Some((before, after)) = page.split_once("<script data-of-the-book=") else {
        return page.to_owned();
    };
    let (_, after) = after.split_once("</script>").expect("the script ends");
    format!("{before}{after}")
}

#[test]
fn the_external_preprocessor_refuses_what_the_other_refuses() {
    let course = Scratch::new();
    course.say("{{#cell probe:two}}");
    let error = MDBook::load(&course.root).unwrap().build().unwrap_err();
    assert!(format!("{error:#}").contains("course"), "{error:#}");
    assert!(!course.root.join("target/book").exists());
}

#[test]
fn a_build_folder_over_the_chapters_is_refused_and_they_are_unharmed() {
    for folder in ["book", ".", "book/out", "target/../book", "./book/"] {
        let course = Scratch::new();
        course.edit("book.toml", "\"target/book\"", &format!("\"{folder}\""));
        course.fails(&["build"], str![[r#"
error: book.toml: expected folders apart, found that the build folder `[ROOT][..]` and the source folder `[ROOT]/book` overlap: a build would delete chapters
help: set `build-dir = "target/book"` under [build]

"#]]);
    }
}

#[test]
fn mdbooks_own_preprocessors_are_refused() {
    let course = Scratch::new();
    course.edit("book.toml", "use-default-preprocessors = false", "");
    course.fails(
        &["build"],
        str![[r#"
error: book.toml: expected mdBook's own preprocessors off, found them on: they would interpret what a cell prints
help: set `use-default-preprocessors = false` under [build]

"#]],
    );
}

#[test]
fn nothing_recorded_is_shown_as_that_and_refused_where_it_counts() {
    let course = Scratch::new();
    course.passes(&["build"]);
    assert!(course.read("target/book/probe.html").contains("Not recorded yet"));
    course.fails(
        &["build", "--strict"],
        str![[r#"
error: lessons/probe/record.toml: lesson `probe`: expected a record, found none
help: `cargo course regen probe`

"#]],
    );
}

#[test]
fn a_chapter_inside_another_keeps_its_own_page() {
    let course = Scratch::new();
    course.session("# %% one\nprint('shown')\n").recorded();
    course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n  - [Inner](inner.md)\n");
    course.write("book/inner.md", "# Inner\n\nOnly here.\n");
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("shown"));
    assert!(!course.read("target/book/probe.html").contains("Only here"));
    assert!(course.read("target/book/inner.html").contains("Only here"));
}
