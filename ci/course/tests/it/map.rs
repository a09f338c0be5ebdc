//! The frame of a book: its map, the routes through it, and the head, resting places and end of
//! a chapter.

use snapbox::str;

use crate::scratch::Scratch;

/// A book of a page before the chapters, two parts with three chapters, and a page after them.
fn book() -> Scratch {
    let course = Scratch::new();
    course.write(
        "book/SUMMARY.md",
        "# Summary\n\n[Start](start.md)\n\n# Walking\n\n- [Probe](probe.md)\n- [Feet & legs](feet.md)\n\n\
         # Running\n\n- [Last](deep/last.md)\n\n---\n\n[Words](words.md)\n",
    );
    course.write("book/start.md", "# Start\n\n{{#facts}}\n\n{{#routes}}\n\n{{#map}}\n");
    course.write(
        "book/probe.md",
        "# Probe\n\nAfter this chapter you can `walk` and stand.\n\nOne idea carries it.\n\
         Steps, *after* steps.\n\n{{#cell probe:one}}\n\nSo it is.\n\n{{#rest}}\n\n\
         ## What `comes`\n\nMore.\n",
    );
    course.write("book/feet.md", &format!("# Feet\n\n{}\n", "word ".repeat(1700)));
    course.write("book/deep/last.md", "# Last\n\nOne idea carries it.\nStop <b>.\n");
    course.write("book/words.md", "# Words\n");
    course.write(
        "book/routes.toml",
        "[[part]]\ntitle = \"Walking\"\nsays = \"With `feet`.\"\n\n[[part]]\ntitle = \"Running\"\n\
         says = \"Faster.\"\n\n[[route]]\nname = \"fast\"\ntitle = \"I run\"\nsays = \"To the end.\"\n\
         chapters = [\n    \"deep/last.md\",\n    \"probe.md\",\n]\n",
    );
    course
}

/// The page of a book's chapter.
fn page(course: &Scratch, name: &str) -> String {
    course.recorded();
    course.passes(&["build"]);
    course.read(&format!("target/book/{name}.html"))
}

/// What stands in `page` between `start` and `end`.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, after) = page.split_once(start).unwrap_or_else(|| panic!("no {start} in {page}"));
    after.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

#[test]
fn the_map_has_each_part_with_its_chapters_and_their_minutes() {
    let course = book();
    let page = page(&course, "start");
    let map = between(&page, "<div class=\"parts\">", "</div>").replace('\n', "");
    for expected in [
        "Walking <span class=\"time\">I · 20 min</span></h3><p>With <code>feet</code>.</p>",
        "href=\"probe.html\"><b>1</b><span>Probe</span><i>5 min</i>",
        "href=\"feet.html\"><b>2</b><span>Feet &amp; legs</span><i>15 min</i>",
        "Running <span class=\"time\">II · 5 min</span></h3>",
        "data-page=\"deep/last\" href=\"deep/last.html\"><b>3</b>",
    ] {
        assert!(map.contains(expected), "{expected}\n{map}");
    }
    assert_eq!(map.matches("class=\"tile\"").count(), 3);
    let facts = between(&page, "<p class=\"facts\">", "</p>");
    assert!(facts.contains("<b>3</b> chapters"), "{facts}");
    assert!(facts.contains("<b>25 min</b> in all"), "{facts}");
    assert!(facts.contains("checked on <b>1</b> CPythons"), "{facts}");
}

#[test]
fn a_route_is_a_path_of_chapters_in_its_own_order() {
    let course = book();
    let page = page(&course, "start");
    let routes = between(&page, "<div class=\"routes\">", "</div>");
    assert!(routes.contains("data-route=\"fast\" data-stops=\"deep/last probe\""), "{routes}");
    assert!(routes.contains("<span>I run</span> <span class=\"time\">10 min</span>"), "{routes}");
    assert!(routes.contains("title=\"Last\">3<span class=\"sr\"> Last</span>"), "{routes}");
}

#[test]
fn a_chapter_says_which_it_is_what_it_takes_and_what_it_is_about() {
    let course = book();
    let page = page(&course, "probe");
    let head = between(&page, "<header class=\"chapter-head\"", "</header>");
    assert!(head.contains("Part I · Walking · Chapter 1"), "{head}");
    assert!(head.contains("<h1 id=\"probe\">"), "{head}");
    assert!(head.contains("<b>5 min</b>"), "{head}");
    assert!(head.contains("<b>1</b> resting place<"), "{head}");
    assert!(head.contains("<p><code>walk</code> and stand.</p>"), "{head}");
    let idea = between(&page, "<div class=\"idea\">", "</div>");
    assert_eq!(idea.trim(), "<p>Steps, <em>after</em> steps.</p>");
    assert!(!course.read("target/book/start.html").contains("chapter-head"));
    assert!(!course.read("target/book/words.html").contains("chapter-head"));
}

#[test]
fn a_resting_place_says_how_far_one_is_and_what_comes() {
    let course = book();
    let page = page(&course, "probe");
    let rest = between(&page, "<aside class=\"rest\"", "</aside>");
    assert!(rest.contains("About 5 min are behind you, and 5 min are left."), "{rest}");
    assert!(rest.contains("Next: <b>What <code>comes</code></b>, about 5 min."), "{rest}");
}

#[test]
fn a_page_ends_with_its_neighbours_by_title_minutes_and_idea() {
    let course = book();
    let probe = page(&course, "probe");
    let way = between(&probe, "<div class=\"way\">", "</div>");
    assert!(way.contains("href=\"start.html\"><span>Previous</span><b>Start</b></a>"), "{way}");
    assert!(way.contains("href=\"feet.html\"><span>Next · 15 min</span>"), "{way}");
    assert!(way.contains("<b><span class=\"no\">2</span> Feet &amp; legs</b></a>"), "{way}");
    let feet = course.read("target/book/feet.html");
    let way = between(&feet, "<div class=\"way\">", "</div>");
    assert!(way.contains("href=\"deep/last.html\""), "{way}");
    assert!(way.contains("<small>Stop .</small>"), "{way}");
    let last = course.read("target/book/deep/last.html");
    let way = between(&last, "<div class=\"way\">", "</div>");
    assert!(way.contains("href=\"../feet.html\"><span>Previous · 15 min</span>"), "{way}");
    assert!(way.contains("href=\"../words.html\"><span>Next</span>"), "{way}");
}

#[test]
fn a_page_has_the_way_on_along_each_route_ready() {
    let course = book();
    let last = page(&course, "deep/last");
    let way = between(&last, "data-route=\"fast\" hidden", "</div>");
    assert!(way.contains("Stop 1 of 2 on the route <b>I run</b>."), "{way}");
    assert!(
        way.contains("href=\"../probe.html\"><span>Next on your route · 5 min</span>"),
        "{way}"
    );
    let probe = course.read("target/book/probe.html");
    let way = between(&probe, "data-route=\"fast\" hidden", "</div>");
    assert!(way.contains("Stop 2 of 2") && way.contains("last stop"), "{way}");
    let feet = course.read("target/book/feet.html");
    let way = between(&feet, "data-route=\"fast\" hidden", "</div>");
    assert!(way.contains("Not on your route"), "{way}");
    assert!(way.contains("data-page=\"probe\" hidden"), "{way}");
}

#[test]
fn a_route_to_a_chapter_that_is_not_there_is_named_with_its_line() {
    let course = book();
    course.edit("book/routes.toml", "\"probe.md\"", "\"prob.md\"");
    course.fails(
        &["build"],
        str![[r#"
error: book/routes.toml:15: expected a chapter, found `prob.md`
    chapters with a number: probe, feet, deep/last
help: name the file as SUMMARY.md does, with its `.md`

"#]],
    );
}

#[test]
fn routes_that_nobody_wrote_cannot_be_shown() {
    let course = book();
    course.write("book/routes.toml", "");
    course.fails(
        &["build"],
        str![[r#"
error: book/start.md:5: expected routes in routes.toml, beside SUMMARY.md, found none
help: write a [[route]] with name, title, says and chapters, or take the directive out

"#]],
    );
}

#[test]
fn a_tally_shows_which_function_leaves_references_behind() {
    let course = Scratch::new();
    course.session("# %% one\nleft = {'good': 0, 'bad': 5, 'worse': -2}\nprint(left)\n");
    course.say("{{#tally probe: left[*] of good bad worse}}");
    course.recorded();
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    let rows: Vec<&str> = between(&page, "<tbody>", "</tbody>").split("</tr>").collect();
    assert!(rows[0].contains(">0<") && rows[0].contains("right\">balanced"), "{}", rows[0]);
    assert!(rows[1].contains(">5<") && rows[1].contains("wrong\">leaks"), "{}", rows[1]);
    assert!(rows[1].trim_start().starts_with("<tr class=\"bad\">"), "{}", rows[1]);
    assert!(rows[2].contains("wrong\">over-releases"), "{}", rows[2]);
}

#[test]
fn a_tally_of_what_is_no_number_is_refused() {
    let course = Scratch::new();
    course.session("# %% one\nleft = {'good': 'none'}\nprint(left)\n");
    course.say("{{#tally probe: left[*] of good}}");
    course.recorded();
    course.fails(
        &["build"],
        str![[r#"
error: book/probe.md:5: `left["good"]`: expected a whole number, found `none`
help: a tally counts references: by how many they are too many or too few

"#]],
    );
}
