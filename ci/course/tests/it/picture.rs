//! Pictures: drawn from a file beside the chapter, and held against what a run has counted.

use snapbox::str;

use crate::scratch::Scratch;

const SESSION: &str = "# %% one\nowners = 2\nprint('counted')\n";

/// A course whose chapter shows `picture`.
fn draws(picture: &str) -> Scratch {
    let course = Scratch::new();
    course.session(SESSION).say("{{#picture probe}}").write("book/probe.dot", picture);
    course
}

fn of_arrows(arrows: &str) -> String {
    format!(
        "digraph \"Who holds it\" {{\n  a\n  b\n  \
         item [shape=box, count=\"owners\"]\n  {arrows}\n}}\n"
    )
}

#[test]
fn a_picture_whose_owners_were_counted_is_drawn_and_told_in_words() {
    let course = draws(&of_arrows("a -> item b -> item a -> b [style=dashed]"));
    course.recorded();
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    let label = "aria-label=\"a owns item. b owns item. a borrows b. The count of item is 2.\"";
    assert!(page.contains(label), "{page}");
    // Two drawings, and every word once.
    assert_eq!(page.matches("<g class=\"own\"").count(), 4);
    assert_eq!(page.matches("<g class=\"lend\"").count(), 2);
    assert_eq!(page.matches("<span class=\"object\"").count(), 1);
    assert_eq!(page.matches("<span class=\"count value\"").count(), 1);
    assert!(page.contains("<figcaption>Who holds it</figcaption>"), "{page}");
}

#[test]
fn the_words_of_a_picture_stand_in_the_page_and_in_its_search_once() {
    let picture = of_arrows("a -> item b -> item")
        .replace("  a\n", "  a [label=\"an unmistakable name of several words\"]\n");
    let course = draws(&picture);
    course.recorded();
    course.passes(&["build"]);
    let page = course.read("target/book/probe.html");
    // Once to see, broken into lines, and once to hear.
    assert_eq!(page.matches("unmistakable").count(), 2, "{page}");
    assert!(!page.contains(" id=\"a\""), "{page}");
    let built = std::fs::read_dir(course.root.join("target/book")).unwrap();
    let search = built.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let search: Vec<String> = search.filter(|name| name.starts_with("searchindex")).collect();
    let read = |name: &String| course.read(&format!("target/book/{name}"));
    let found: usize = search.iter().map(|name| read(name).matches("unmistakable").count()).sum();
    assert_eq!(found, 1, "{search:?}");
}

#[test]
fn a_picture_with_an_owner_too_few_is_named_with_what_was_counted() {
    let course = draws(&of_arrows("a -> item b -> item"));
    course.recorded();
    course.edit("book/probe.dot", "b -> item", "b -> item [style=dashed]");
    for command in [&["check", "probe"][..], &["check"], &["build"]] {
        course.fails(
            command,
            str![[r#"
...
error: book/probe.dot:4: `item`: expected 2 solid arrows, as `owners` says, found 1 on CPython [TAG]
help: draw an arrow for each owner; give one that is not on every CPython `since`, `until`, `on` or `not_on`, and an object without a count of owners `immortal="3.14t"`
...
"#]],
        );
    }
}

#[test]
fn a_picture_that_is_not_there_or_counts_nothing_is_named() {
    let course = Scratch::new();
    course.say("{{#picture probe}}").fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: expected a picture book/probe.dot, found none
help: a picture is a DOT file of that name, beside the chapter

"#]],
    );
    course.write("book/probe.dot", "digraph a { b }\n").fails(
        &["build"],
        str![[r#"
error: book/probe.dot: expected a box with a count, found none: nothing can be compared
help: give one box `count="after - before"`, an expression of the lesson's session

"#]],
    );
}

#[test]
fn any_arrows_can_be_drawn() {
    for arrows in ["a -> b b -> a", "a -> item item -> a a -> a", "a -> item a -> item", ""] {
        // Nothing is recorded, so no count can be wrong.
        draws(&of_arrows(arrows)).passes(&["build"]);
    }
}

#[test]
fn a_number_in_the_words_of_a_picture_is_one_that_is_counted_or_of_the_session() {
    let arrows = "a -> item b -> item";
    for (words, fine) in [
        ("Two owners of the item", true),
        ("2 owners", true),
        ("Three owners of the item", false),
        ("It has 17 of them", false),
    ] {
        let picture = of_arrows(arrows).replace("Who holds it", words);
        let course = draws(&picture);
        match fine {
            true => drop(course.passes(&["build"])),
            false => {
                drop(course.fails(&["build"], "error: book/probe.dot:1: expected a number that comes from a run, found `[..]` typed[..]\n..."))
            }
        }
    }
    let labelled = of_arrows(&format!("{arrows} a -> b [style=dashed, label=\"9 calls\"]"));
    draws(&labelled).fails(&["build"], "error: book/probe.dot:5: expected a number that comes from a run, found `9[..]` typed[..]\n...");
}
