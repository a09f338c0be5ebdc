//! Code that must not compile, and lessons that must and do not.

use snapbox::str;

use crate::scratch::Scratch;

const MOVED: &str = "\
//~ error[E0382]: use of moved value
pub fn twice(text: String) -> (String, String) {
    (text, text)
}
";

/// A course with one case, `moved`, that its chapter shows.
fn case(source: &str) -> Scratch {
    let course = Scratch::new();
    course.write("lessons/probe/must_not_compile/moved.rs", source);
    course.say("{{#refused probe:moved}}");
    course
}

#[test]
fn the_compilers_words_are_recorded_and_shown() {
    let course = case(MOVED);
    course.recorded();
    course.passes(&["check"]);
    course.passes(&["regen"]).stdout_eq("probe: nothing changed\n");
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("error[E0382]: use of moved value"));
}

#[test]
fn the_page_says_what_is_wrong_and_folds_what_the_compiler_adds() {
    let course = case(MOVED);
    course.recorded();
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    let (error, notes) = page.split_once("<details class=\"notes\">").expect("a fold");
    assert!(error.contains("value used here after move"), "{error}");
    assert!(!error.contains("help: consider cloning"), "{error}");
    assert!(notes.contains("help: consider cloning"), "{notes}");
}

#[test]
fn words_that_the_compiler_does_not_say_are_named_with_their_case() {
    let course = case(MOVED);
    course.recorded();
    course.edit("lessons/probe/record.toml", "use of moved value", "use of lost value");
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/must_not_compile/moved.rs: expected the recorded words of the compiler, found others
    -error[E0382]: use of lost value: `text`
    +error[E0382]: use of moved value: `text`
...
help: if it is right, `cargo course regen probe`


"#]],
    );
}

#[test]
fn words_that_nobody_recorded_are_named_with_their_case() {
    let course = Scratch::new();
    course.recorded();
    course.write("lessons/probe/must_not_compile/moved.rs", MOVED);
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/must_not_compile/moved.rs: expected the compiler's words about this code in the record, found none
help: `cargo course regen probe`


"#]],
    );
}

#[test]
fn a_case_that_compiles_is_named() {
    case(&MOVED.replace("(text, text)", "(text.clone(), text)")).fails(
        &["regen"],
        str![[r#"

error: lessons/probe/must_not_compile/moved.rs: expected an error of the compiler, found that it compiles
help: make the mistake in it again, or remove it


"#]],
    );
}

#[test]
fn a_case_with_another_error_is_named() {
    case(&MOVED.replace("E0382", "E0308")).fails(&["regen"], str![[r#"

error: lessons/probe/must_not_compile/moved.rs: expected the error that the first line names, found another
    error[E0382]: use of moved value: `text`
...
help: say this error on its first line, or leave the other mistake alone in it


"#]]);
}

#[test]
fn a_case_with_two_errors_is_named() {
    case(&format!("{MOVED}\npub fn number() -> u8 {{\n    \"x\"\n}}\n")).fails(
        &["regen"],
        str![[r#"

error: lessons/probe/must_not_compile/moved.rs: expected one error, found 2
...
help: leave one mistake in it


"#]],
    );
}

#[test]
fn a_case_that_does_not_say_which_error_is_named() {
    case("pub fn twice() {}\n").fails(&["check"], str![[r#"
error: lessons/probe/must_not_compile/moved.rs:1: expected the error that this code ends in, found another first line
help: write `//~ error[E0382]: a piece of its message`, or `//~ error: …` for one without code

"#]]);
}

#[test]
fn a_lesson_that_does_not_build_is_named_and_the_others_are_checked() {
    let course = Scratch::new();
    course.recorded().passes(&["new", "broken"]);
    course.edit("lessons/broken/src/safe.rs", "object.len()", "object.get_reference_count()");
    let output = course.fails(
        &["check"],
        str![[r#"

error: lessons/broken: expected code that builds, found errors on CPython [TAG]
    error[E0599]: no method named `get_reference_count` found [..]
     --> lessons/broken/src/safe.rs:9:12
...
"#]],
    );
    output.stdout_eq(str![[r#"
        [TAG]
broken  failed
probe   ok
1 agree, 0 differ, 1 failed; 1 problems

"#]]);
}

#[test]
fn words_about_code_that_was_edited_since_are_refused_whatever_the_compiler() {
    let course = case(MOVED);
    course.recorded();
    course.edit("lessons/probe/must_not_compile/moved.rs", "text", "words");
    for arguments in [&["check"][..], &["build", "--strict"]] {
        course.fails(
            arguments,
            str![[r#"
...
error: lessons/probe/must_not_compile/moved.rs: expected the compiler's words about this code in the record, found none
help: `cargo course regen probe`
...
"#]],
        );
    }
}
