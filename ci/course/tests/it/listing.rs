//! Code of a lesson on a page: listings, both sides of a function, and what unfolds.

use snapbox::str;

use crate::scratch::Scratch;

const RAW: &str = "\
// ANCHOR: count
pub fn count() {
    one();
    two();
    three();
    // SAFETY: a reference that we own,
    // or NULL.
    four();
    five();
    six();
    seven();
}
// ANCHOR_END: count
";

const SAFE: &str = "// ANCHOR: count\npub fn count() {}\n// ANCHOR_END: count\n";

/// A course whose lesson has notes in place of code, and a chapter that asks for `directive`.
fn asks(directive: &str) -> Scratch {
    let course = Scratch::new();
    course.write("lessons/probe/src/raw.rs", RAW).write("lessons/probe/src/safe.rs", SAFE);
    course.say(directive);
    course
}

fn page(directive: &str) -> String {
    let course = asks(directive);
    course.passes(&["build"]);
    course.read("target/book/probe.html")
}

#[test]
fn a_listing_has_the_role_of_its_file() {
    for (file, role) in [("src/raw.rs:count", "raw"), ("src/safe.rs:count", "safe")] {
        let page = page(&format!("{{{{#listing probe/{file}}}}}"));
        let figure =
            format!("<figure class=\"listing\" id=\"probe-{role}-count\" data-role=\"{role}\">");
        assert!(page.contains(&figure), "{page}");
        assert!(page.contains(&format!("<span class=\"role {role}\">{role}</span>")), "{page}");
    }
}

#[test]
fn a_pair_is_both_sides_of_a_function_and_whole_without_a_script() {
    let page = page("{{#pair probe:count}}");
    let (_, pair) = page.split_once("<div class=\"pair wide\">").expect("a pair");
    let (raw, safe) = pair.split_once("data-role=\"safe\"").expect("a safe side");
    assert!(raw.contains("data-role=\"raw\"") && raw.contains("four();"), "{raw}");
    assert!(safe.contains("pub fn count() {}"), "{safe}");
    assert!(!pair.split_once("</main>").unwrap().0.contains("hidden"), "{pair}");
}

#[test]
fn a_pair_may_have_its_raw_side_in_a_module() {
    let course = asks("{{#pair probe:count}}");
    course.write("lessons/probe/src/raw.rs", "mod inside;\n");
    course.write("lessons/probe/src/raw/inside.rs", RAW);
    course.passes(&["build"]);
    assert!(course.read("target/book/probe.html").contains("raw/<wbr>inside.rs</span>"));
}

#[test]
fn a_side_that_is_not_there_is_named_with_those_there_are() {
    asks("{{#pair probe:reverse}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected an anchor of lessons/probe/src/raw.rs, found `reverse`
    anchors there are: count
help: put the comment `ANCHOR: reverse` above the part and `ANCHOR_END: reverse` below it

error: book/probe.md:5: expected an anchor of lessons/probe/src/safe.rs, found `reverse`
    anchors there are: count
help: put the comment `ANCHOR: reverse` above the part and `ANCHOR_END: reverse` below it

"#]],
    );
    let course = asks("{{#pair probe:count}}");
    std::fs::remove_file(course.root.join("lessons/probe/src/safe.rs")).unwrap();
    course.fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a file, found no lessons/probe/src/safe.rs
    files there are: Cargo.toml, build.rs, session.py, src/lib.rs, src/raw.rs
help: name one of them, or write it

"#]],
    );
}

#[test]
fn a_long_listing_unfolds_around_what_the_text_speaks_of() {
    for directive in ["listing probe/src/raw.rs:count", "pair probe:count"] {
        let page = page(&format!("{{{{#{directive} around=\"seven\"}}}}"));
        let (before, fold) = page.split_once("<details class=\"fold\">").expect("a fold");
        let (fold, after) = fold.split_once("</details>").unwrap();
        assert!(before.contains("pub fn count()") && after.contains("seven();"), "{page}");
        assert!(fold.contains("7 more lines") && fold.contains("four();"), "{fold}");
    }
}

#[test]
fn words_that_no_line_has_are_named() {
    for directive in ["listing probe/src/raw.rs:count", "pair probe:count"] {
        asks(&format!("{{{{#{directive} around=\"six, eight\"}}}}")).fails(
            &["build"],
            str![[r#"
error: book/probe.md:5: expected lines of this part of lessons/probe/src/raw.rs that have `eight`, found none
help: name in `around` what stands in the code, as it stands there, a comma between two

"#]],
        );
    }
}

#[test]
fn edge_cases_are_linked_from_the_function_that_they_call() {
    let course = asks("{{#listing probe/src/raw.rs:count}}\n\n{{#edges probe}}");
    course.edit("book/probe.md", "{{#cell probe:one}}\n", "");
    course.write(
        "lessons/probe/session.py",
        "# %% empty kind=\"edge\"\nfor side in raw, safe:\n    print(side.count())\n\n\
         # %% other kind=\"edge\"\nprint([].count(1))\n",
    );
    course.passes(&["build"]);
    let page = course.read("target/book/probe.html");
    assert!(page.contains("Edge case: <a href=\"#edge-empty\">empty</a></p>"), "{page}");
    for cell in ["empty", "other"] {
        assert!(page.contains(&format!("<figure class=\"cell\" id=\"edge-{cell}\"")), "{page}");
    }
}

#[test]
fn a_link_to_an_edge_case_that_is_not_there_is_named_with_those_there_are() {
    let course = asks("See [that](#edge-empty), [this](#edge-gone) and [more](probe.md#edge-far).");
    course.say("{{#edges probe}}");
    course.edit("book/probe.md", "{{#cell probe:one}}\n", "");
    course.write("lessons/probe/session.py", "# %% empty kind=\"edge\"\nprint(1)\n");
    course.fails(
        &["build"],
        str![[r##"
error: book/probe.md:4: expected an edge case, found a link to `#edge-gone`, which is none
    edge cases on that page are: empty
help: link to one as `#edge-name`, with the name of its cell

error: book/probe.md:4: expected an edge case, found a link to `probe.md#edge-far`, which is none
    edge cases on that page are: empty
help: link to one as `#edge-name`, with the name of its cell

"##]],
    );
}
