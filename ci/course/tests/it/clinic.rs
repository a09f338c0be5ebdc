//! The clinic: the bugs that lessons make on purpose, in tables by verdict.

use snapbox::str;

use crate::scratch::Scratch;

const SESSION: &str = "\
# %% one
lost, kept = 3, 0
print('wrong', lost)

# %% dies raises=\"ValueError\"
raise ValueError('wrong')
";

const CLINIC: &str = "\
[[bug]]
number = \"B1\"
wrong = \"count_leaks\"
what = \"It keeps `a` reference.\"
cell = \"one\"
damage = \"lost\"
unit = \"references\"
verdict = \"harmless\"
proof = \"kept\"

[[bug]]
number = \"B2\"
what = \"It looks | odd.\"
verdict = \"still yours\"
why = \"Looks are free.\"

[[bug]]
wrong = \"count_raises\"
what = \"It raises.\"
cell = \"dies\"
verdict = \"refused\"
case = \"moved\"
";

const WRONG: &str = "\
// ANCHOR: count_leaks
leaks
// ANCHOR_END: count_leaks
// ANCHOR: count_raises
raises
// ANCHOR_END: count_raises
";

/// A course with three bugs on two pages, recorded.
pub(crate) fn clinic() -> Scratch {
    let course = Scratch::new();
    course.session(SESSION);
    for paragraph in [
        "{{#diff probe:count_leaks}}",
        "{{#diff probe:count_raises}}",
        "{{#clinic refused}}",
        "{{#clinic harmless}}",
        "{{#clinic still yours}}",
    ] {
        course.say(paragraph);
    }
    course.write("lessons/probe/clinic.toml", CLINIC).write("lessons/probe/src/wrong.rs", WRONG);
    let moved = "//~ error[E0382]: use of moved value\nfn main() {\n    let a = String::new();\n    \
                 drop(a);\n    drop(a);\n}\n";
    course.write("lessons/probe/must_not_compile/moved.rs", moved);
    course.recorded();
    course
}

#[test]
fn bugs_are_listed_by_verdict_with_what_they_cost() {
    let course = clinic();
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    for piece in [
        "<tr id=\"bug-B1\" data-verdict=\"harmless\"><th scope=\"row\"><span class=\"whence\">\
         <a href=\"probe.html#probe-count_leaks\">Probe</a> <span class=\"bug\">B1</span></span>\
         <span class=\"what\">It keeps <code>a</code> reference.</span></th>",
        "<td data-is=\"what it costs\"><span class=\"value\">3</span> references</td>",
        "harmless</span> <span class=\"value\">0</span> through <code>safe</code></td>",
        "<span class=\"what\">It looks | odd.</span></th><td data-is=\"what it costs\">—</td>\
         <td data-is=\"what Rust makes of it\"><span class=\"verdict wrong\">still yours</span> \
         Looks are free.</td>",
        "<td data-is=\"what it costs\"><code>ValueError</code></td>",
        "<code>E0382</code></a>: use of moved value",
        "<figure class=\"listing\" id=\"probe-count_leaks\" data-role=\"wrong\">",
    ] {
        assert!(page.contains(piece), "{piece} is not in {page}");
    }
}

#[test]
fn all_bugs_stand_in_one_table_with_how_many_there_are_of_each_verdict() {
    let course = clinic();
    course.say("{{#clinic}}");
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    let (_, all) = page.rsplit_once("<section class=\"clinic").unwrap();
    assert!(all.contains("<b>3</b> mistakes"), "{all}");
    for verdict in ["refused", "harmless", "still yours"] {
        let count = format!("<span data-verdict=\"{verdict}\"><span class=\"verdict ");
        assert!(all.contains(&count), "{all}");
    }
    let order = ["It raises.", "It keeps", "It looks"].map(|what| all.find(what).unwrap());
    assert!(order.is_sorted(), "{all}");
}

#[test]
fn a_row_that_does_not_hold_is_named_at_its_line() {
    let course = clinic();
    for (old, new, said) in [
        (
            "damage = \"lost\"",
            "damage = \"kept\"",
            "1: expected a damage, found 0 on every CPython",
        ),
        ("proof = \"kept\"", "proof = \"lost\"", "1: expected a proof that is 0, found 3"),
        (
            "case = \"moved\"",
            "case = \"gone\"",
            "17: expected a case, found no lessons/probe/must_not_compile/gone.rs",
        ),
        ("case = \"moved\"", "why = \"x\"", "17: expected `case`, as its verdict has, found `why`"),
        (
            "cell = \"one\"",
            "cell = \"two\"",
            "1: expected a cell of lessons/probe/session.py, found `two`",
        ),
        (
            "wrong = \"count_raises\"",
            "wrong = \"gone\"",
            "17: expected an anchor of lessons/probe/src/wrong.rs, found `gone`",
        ),
        ("number = \"B1\"", "number = \"1\"", "1: expected a number such as `B2`, found `1`"),
        (
            "number = \"B2\"",
            "number = \"B3\"",
            "expected a row in some clinic.toml for B2, found none",
        ),
        ("cell = \"dies\"", "cell = \"one\"", "17: expected `damage`, or a cell that ends in"),
        ("verdict = \"refused\"", "verdict = \"fine\"", "21: unknown variant `fine`"),
        ("what = \"It raises.\"", "", "17: missing field `what`"),
    ] {
        course.write("lessons/probe/clinic.toml", &CLINIC.replace(old, new));
        course.fails(&["build"], format!("error: [..]{said}[..]\n..."));
    }
    course.write("lessons/probe/clinic.toml", CLINIC);
    let asks = "//~ error[E0133]: call to unsafe function\nunsafe fn free() {}\nfn main() {\n    free();\n}\n";
    let moved = course.read("lessons/probe/must_not_compile/moved.rs");
    course.write("lessons/probe/must_not_compile/moved.rs", asks).fails(
        &["build"],
        str![[r#"
error: lessons/probe/clinic.toml:17: expected a case that Rust forbids, found E0133, which only asks for the word `unsafe`: it is still yours
...
"#]],
    );
    course.write("lessons/probe/must_not_compile/moved.rs", &moved);
    let row = CLINIC.find("\n[[bug]]\nwrong").unwrap();
    course.write("lessons/probe/clinic.toml", &CLINIC[..row]).fails(
        &["build"],
        str![[r#"
error: lessons/probe/clinic.toml: expected a row for `count_raises` of src/wrong.rs, found none
help: add a [[bug]] with `wrong = "count_raises"`

"#]],
    );
}

#[test]
fn a_wrong_function_may_differ_from_one_in_a_module_of_raw() {
    let course = clinic();
    let raw = course.read("lessons/probe/src/raw.rs");
    course.edit("lessons/probe/src/raw.rs", "ANCHOR: count\n", "ANCHOR: other\n");
    course.edit("lessons/probe/src/raw.rs", "ANCHOR_END: count\n", "ANCHOR_END: other\n");
    course.fails(
        &["build"],
        "error: [..]expected an anchor of lessons/probe/src/raw.rs that begins [..]\n...",
    );
    course.write("lessons/probe/src/raw/inside.rs", &raw);
    course.passes(&["build"]);
}

#[test]
fn a_number_that_a_row_types_is_named_at_its_line() {
    let course = clinic();
    for (old, new, said) in [
        (
            "unit = \"references\"",
            "unit = \"in 1000 calls\"",
            "7: expected a number that comes from a run, found `1000` typed",
        ),
        (
            "what = \"It raises.\"",
            "what = \"It raises 7 times.\"",
            "19: expected a number that comes from a run, found `7` typed",
        ),
        (
            "why = \"Looks are free.\"",
            "why = \"Two references.\"",
            "15: expected a number that comes from a run, found `Two references` typed",
        ),
        (
            "unit = \"references\"",
            "unit = \"in 3.7 seconds\"",
            "7: expected a number that comes from a run, found `3.7` typed",
        ),
    ] {
        course.write("lessons/probe/clinic.toml", &CLINIC.replace(old, new));
        course.fails(&["build"], format!("error: lessons/probe/clinic.toml:{said}[..]\n..."));
        let allowed = format!("{new} # typed: a test");
        course.write("lessons/probe/clinic.toml", &CLINIC.replace(old, &allowed));
        course.passes(&["build"]);
    }
    // A number of the session's own follows it.
    course.write("lessons/probe/clinic.toml", &CLINIC.replace("\"references\"", "\"in 3 calls\""));
    course.passes(&["build"]);
}

#[test]
fn functions_without_any_row_are_named_whether_there_is_a_file_or_not() {
    let course = clinic();
    for path in ["lessons/probe/clinic.toml", "lessons/probe/gone.toml"] {
        course.write(path, "");
        course.fails(
            &["build"],
            "error: lessons/probe/clinic.toml: expected a row for `count_leaks` of src/wrong.rs, found none\n...",
        );
        std::fs::remove_file(course.root.join(path)).unwrap();
    }
}

#[test]
fn a_wrong_function_that_no_chapter_shows_is_named() {
    let course = clinic();
    course.edit("book/probe.md", "{{#diff probe:count_raises}}\n", "").fails(
        &["build"],
        str![[r#"
error: lessons/probe/clinic.toml:17: `count_raises`: expected a chapter that shows its difference, found none
help: put `{{#diff probe:count_raises}}` in book/probe.md

"#]],
    );
}
