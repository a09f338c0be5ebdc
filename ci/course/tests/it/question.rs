//! Questions: asked on a page that is whole without a script, answered by the records, and
//! refused where the records give them two answers or none.

use std::collections::HashSet;

use snapbox::str;

use crate::scratch::{PYTHON, Scratch};

const SESSION: &str = "\
# %% one
held, lent, owed = 4, 3, 0
print('first')
print(held)

# %% two
names = ['a', 'b']
print(names)
";

const QUESTIONS: &str = r#"
[[question]]
name = "holders"
ask = "Which number does `one` print?"
cell = "one"
answer = "held"
says = "a *new* owner"
why = "The slot owns."

[[question.otherwise]]
on = "3.11"
why = "Up to 3.11 another did."

[[question.wrong]]
is = "lent"
says = "it only points"
why = "A slot is a duty."

[[question.wrong]]
text = "12"
why = "Nobody else | holds it."

[[question]]
name = "last"
ask = "What does it print last?"
cell = "two"
line = -1
typed = true
why = "A list of names."

[[question.wrong]]
text = "a, b"
why = "`print` shows a list by its `repr`."

[[question]]
name = "table"
ask = "Who holds it?"

[[question.row]]
label = "the name `held`"
answer = "held"
why = "It holds."

[[question.row]]
label = "the loan"
answer = "lent"
why = "It lends."
"#;

/// What two CPythons gave: the answer to `holders` is another on each.
const RECORD: &str = r#"
[ran]
"3.11" = { python = "3.11.2", digest = "0" }
"3.14" = { python = "3.14.1", digest = "0" }

[[cell]]
name = "one"
[[cell.printed]]
tags = ["3.11", "3.14"]
text = """
first
4
"""

[[cell]]
name = "two"
[[cell.printed]]
tags = ["3.11", "3.14"]
text = """
['a', 'b']
"""

[[value]]
expression = "held"
cells = ["one"]
[[value.was]]
tags = ["3.11"]
text = "5"
[[value.was]]
tags = ["3.14"]
text = "4"

[[value]]
expression = "lent"
cells = ["one"]
[[value.was]]
tags = ["3.11", "3.14"]
text = "3"

[[value]]
expression = "owed"
cells = ["one"]
[[value.was]]
tags = ["3.11"]
text = "1"
[[value.was]]
tags = ["3.14"]
text = "0"
"#;

/// Line 3 asks `holders`, line 9 `last`, line 15 `table`.
const CHAPTER: &str = "\
# Probe

{{#predict probe:holders}}

The answer is {{#value probe: held}}, and *nothing* less.

{{#answered}}

{{#predict probe:last}}

It is a list.

{{#answered}}

{{#predict probe:table}}

Both | of them.

{{#answered}}
";

/// A course that asks three questions, with a record of two CPythons.
fn asks() -> Scratch {
    let course = Scratch::new();
    course.session(SESSION).write("book/probe.md", CHAPTER);
    course.write("book/SUMMARY.md", "# Summary\n\n- [Probe](probe.md)\n- [Later](later.md)\n");
    course.write("book/later.md", "# Later\n\n{{#again probe:holders}}\n\n{{#questions}}\n");
    course.write("lessons/probe/questions.toml", QUESTIONS);
    course.write("lessons/probe/record.toml", RECORD);
    course
}

/// The error of a build where `old` in the questions is `new`.
fn refused(old: &str, new: &str, said: &str) {
    let course = asks();
    course.edit("lessons/probe/questions.toml", old, new);
    course.fails(&["build"], format!("...\nerror: lessons/probe/questions.toml:{said}\n..."));
}

fn ids(page: &str) -> Vec<&str> {
    let after = page.split(" id=\"").skip(1);
    after.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn a_page_asks_and_folds_what_answers() {
    let course = asks();
    course.passes(&["build"]);
    let page = course.read("target/book/probe.html").replace(">\n<", "><");
    let start = page.find("id=\"question-probe-holders\"").unwrap();
    let question = &page[start..page.find("id=\"question-probe-last\"").unwrap()];
    let (open, folded) = question.split_once("<details class=\"answer\">").unwrap();
    for piece in [
        "Which number does <code>one</code> print?",
        "data-cell=\"one\"",
        "<ul class=\"choices\"><li><samp>3</samp> <span>it only points</span></li>\
         <li><samp>4</samp> <span>a <em>new</em> owner</span></li>\
         <li><samp>5</samp></li><li><samp>12</samp></li></ul>",
        "data-keys=\"[[&quot;3.14&quot;,&quot;4&quot;],[&quot;3.11&quot;,&quot;5&quot;]]\" \
         data-newest=\"3.14\"",
    ] {
        assert!(open.contains(piece), "{piece} is not in {open}");
    }
    for closed in ["first&#10;4", "first\n4", "<samp>first", "nothing</em> less", "The slot owns"] {
        assert!(!open.contains(closed), "{closed} is in {open}");
    }
    for piece in [
        "data-right=\"3.14\" data-on=\"3.14\"><samp>4</samp> \
         <b class=\"verdict right\">right on CPython 3.14</b> <span>The slot owns.</span>",
        "<b class=\"verdict right\">right on CPython 3.11</b> <span>Up to 3.11 another did.</span>",
        "<b class=\"verdict wrong\">no</b> <span>A slot is a duty.</span>",
        "<div class=\"recorded\">",
        "<em>nothing</em> less.",
    ] {
        assert!(folded.contains(piece), "{piece} is not in {folded}");
    }
    let table = "<tr><th scope=\"row\">the name <code>held</code></th><td></td></tr>";
    assert!(page.contains(table), "{page}");
}

#[test]
fn on_paper_the_answers_stand_behind_the_chapter_and_no_id_twice() {
    let course = asks();
    course.passes(&["build"]);
    for name in ["probe", "later", "print"] {
        let page = course.read(&format!("target/book/{name}.html"));
        let all = ids(&page);
        let unique: HashSet<&&str> = all.iter().collect();
        assert_eq!(unique.len(), all.len(), "{name}: {all:?}");
    }
    let page = course.read("target/book/probe.html");
    let (asked, answers) = page.split_once("<div class=\"answers\">").unwrap();
    assert!(answers.contains("<em>nothing</em> less."), "{answers}");
    assert!(answers.contains("<samp>4</samp>") && answers.contains("It lends."), "{answers}");
    // What is wrong stands where it was asked, and what can be run stands once.
    assert!(!answers.contains("A slot is a duty.") && asked.contains("A slot is a duty."));
    assert!(!answers.contains("figure"), "{answers}");
}

#[test]
fn questions_are_listed_by_chapter_and_link_to_where_they_stand() {
    let course = asks();
    course.passes(&["build"]);
    let page = course.read("target/book/later.html");
    for (chapter, id) in [
        ("probe", "question-probe-holders"),
        ("probe", "question-probe-table"),
        ("later", "again-later-probe-holders"),
    ] {
        let link = format!("<a href=\"{chapter}.html#{id}\">");
        assert!(page.contains(&link), "{link} is not in {page}");
        let asked = course.read(&format!("target/book/{chapter}.html"));
        assert!(asked.contains(&format!("id=\"{id}\"")), "{id} is not in {asked}");
    }
}

#[test]
fn what_explains_an_answer_counts_once_as_words() {
    let course = asks();
    let long = format!("It is a list.{}", " word".repeat(3000));
    course.edit("book/probe.md", "It is a list.", &long).passes(&["build"]);
}

#[test]
fn a_malformed_question_is_named_at_its_line() {
    for (old, new, said) in [
        (
            "name = \"holders\"",
            "name = \"Holders\"",
            "2: expected a name of small letters, digits and `_`, found `Holders`",
        ),
        (
            "name = \"last\"",
            "name = \"table\"",
            "35: question `table`: expected one of that name, found another at line 23",
        ),
        (
            "answer = \"held\"\nsays",
            "says",
            "2: question `holders`: expected one of `answer`, `line` and [[question.row]], found none",
        ),
        (
            "line = -1",
            "line = -1\nanswer = \"held\"",
            "23: question `last`: expected one of [..], found `answer` and `line`",
        ),
        (
            "cell = \"two\"\n",
            "",
            "23: question `last`: expected `cell`, which prints the `line`, found none",
        ),
        (
            "cell = \"two\"",
            "cell = \"gone\"",
            "23: expected a cell of lessons/probe/session.py, found `gone`",
        ),
        (
            "line = -1",
            "line = 2",
            "23: question `last`: expected a line 2 of what `two` printed, found none on CPython [..]",
        ),
        (
            "ask = \"Who holds it?\"",
            "ask = \"Who?\"\ntyped = true\nwhy = \"a\"",
            "35: question `table`: expected nothing but rows in a table, found `why` and `typed`",
        ),
        (
            "why = \"The slot owns.\"",
            "",
            "2: question `holders`: expected `why` of its answer, found none",
        ),
        ("why = \"The slot owns.\"", "why = \"  \"", "8: expected a sentence, found none"),
        (
            "is = \"lent\"",
            "",
            "14: question `holders`: expected one of `is` and `text` in a wrong choice, found none",
        ),
        (
            "[[question.otherwise]]\non = \"3.11\"\nwhy = \"Up to 3.11 another did.\"\n",
            "",
            "2: question `holders`: expected a [[question.otherwise]] about the answer `5`, found none",
        ),
        (
            "on = \"3.11\"",
            "on = \"3.14\"",
            "10: question `holders`: expected another answer on CPython [..] than on the newest release, found `4`",
        ),
        (
            "on = \"3.11\"",
            "on = \"3.9\"",
            "10: question `holders`: expected an answer recorded on CPython [..], found none",
        ),
        ("typed = true", "typed = true\nkind = \"x\"", "29: unknown field `kind`[..]"),
        (
            "why = \"It lends.\"",
            "why = \"It lends 7 of them.\"",
            "47: expected a number that comes from a run, found `7` typed",
        ),
        (
            "says = \"it only points\"",
            "says = \"it points 7 times\"",
            "16: expected a number that comes from a run, found `7` typed",
        ),
    ] {
        refused(old, new, said);
    }
    refused(
        "why = \"The slot owns.\"",
        "why = \"The slot [owns](later.md), and [so](gone.md) it is.\"",
        "8: expected a file, found a link to `gone.md`, which leads to none",
    );
    let wrong = "[[question.wrong]]\ntext = \"12\"\nwhy = \"Nobody else | holds it.\"\n";
    let course = asks();
    course.edit("lessons/probe/questions.toml", wrong, "").passes(&["build"]);
    let other = "[[question.wrong]]\nis = \"lent\"\nsays = \"it only points\"\nwhy = \"A slot is a duty.\"\n";
    course.edit("lessons/probe/questions.toml", other, "").fails(
        &["build"],
        "error: lessons/probe/questions.toml:2: question `holders`: expected two choices at least \
         that are wrong somewhere, found 1\n...",
    );
}

#[test]
fn what_is_said_twice_or_of_another_run_is_named() {
    let row = "[[question.otherwise]]\non = \"3.11\"\nwhy = \"Up to 3.11 another did.\"\n";
    refused(
        row,
        &format!("{row}\n{row}"),
        "14: question `holders`: expected one row for the answer `5`, found another at line 10",
    );
    refused(
        "is = \"lent\"",
        "is = \"lent\"\ntext = \"7\"",
        "14: question `holders`: expected one of `is` and `text` [..], found `is` and `text`",
    );
    let course = asks();
    course.edit("lessons/probe/session.py", "# %% two", "# %% two varies=\"integers\"");
    course.fails(
        &["build"],
        "error: lessons/probe/questions.toml:23: question `last`: expected a cell that prints the \
         same on each run, found `two`, which varies\n...",
    );
    let course = asks();
    let again = "{{#again probe:holders}}\n";
    course.edit("book/later.md", again, &format!("{again}\n{again}"));
    course.fails(
        &["build"],
        "error: book/later.md:5: question `holders`: expected one place in a chapter that asks it \
         again, found another above\n...",
    );
}

#[test]
fn two_right_choices_are_named_with_the_tag_and_both() {
    refused(
        "text = \"12\"",
        "text = \"4\"",
        "2: question `holders`: expected one right choice, found two: the answer (line 2) and the \
         wrong choice of line 19 are both `4` on CPython [..]",
    );
    refused(
        "text = \"12\"",
        "text = \" 5 \"",
        "2: question `holders`: expected one right choice, found two: the answer (line 10) and the \
         wrong choice of line 19 are both `5` on CPython [..]",
    );
    refused(
        "text = \"12\"",
        "text = \"3\"",
        "2: question `holders`: expected choices that differ, found `3` twice: by the rows of lines \
         14 and 19 on CPython [..]",
    );
    // Wrong everywhere but on one CPython.
    let course = asks();
    course.edit("lessons/probe/questions.toml", "is = \"lent\"", "is = \"owed\"");
    course.passes(&["build"]);
    let other =
        RECORD.replace("tags = [\"3.11\"]\ntext = \"1\"", "tags = [\"3.11\"]\ntext = \"5\"");
    course.write("lessons/probe/record.toml", &other).fails(
        &["build"],
        "error: lessons/probe/questions.toml:2: question `holders`: expected one right choice, \
         found two: the answer (line 10) and the wrong choice of line 14 are both `5` on CPython [..]\n...",
    );
}

#[test]
fn a_chapter_that_asks_what_is_not_there_or_leaves_it_open_is_named() {
    for (old, new, said) in [
        (
            "{{#predict probe:last}}",
            "{{#predict probe:gone}}",
            "9: expected a question of lessons/probe/questions.toml, found `gone`\n    questions there are: holders, last, table",
        ),
        (
            "{{#predict probe:last}}",
            "{{#predict probe:holders}}",
            "9: question `holders`: expected one place that asks it, found another at book/probe.md:3",
        ),
        (
            "{{#answered}}\n\n{{#predict probe:last}}",
            "{{#predict probe:last}}",
            "3: expected `{{#answered}}` as the next directive after the question, found `{{#predict probe:last}}`",
        ),
        (
            "Both | of them.\n\n{{#answered}}\n",
            "Both of them.\n",
            "15: expected `{{#answered}}` as the next directive after the question, found none",
        ),
        (
            "It is a list.",
            "",
            "9: expected text that explains the answer up to `{{#answered}}`, found none",
        ),
        (
            "It is a list.",
            "## A list",
            "11: expected nothing but text before `{{#answered}}`, found a heading",
        ),
        (
            "{{#predict probe:last}}\n",
            "",
            "12: expected a question above this `{{#answered}}`, found none",
        ),
        (
            "It is a list.",
            "{{#cell probe:two}}",
            "9: expected `{{#answered}}` as the next [..], found `{{#cell probe:two}}`",
        ),
    ] {
        let course = asks();
        course.edit("book/probe.md", old, new);
        course.fails(&["build"], format!("...\nerror: book/probe.md:{said}\n..."));
    }
    let course = asks();
    course.edit("book/later.md", "{{#again probe:holders}}", "").edit(
        "book/probe.md",
        "# Probe\n",
        "# Probe\n\n{{#again probe:holders}}\n",
    );
    course.fails(
        &["build"],
        str![[r#"
error: book/probe.md:3: question `holders`: expected a chapter before this one that asks it, found none
help: `{{#predict probe:holders}}` asks it first

"#]],
    );
}

#[test]
fn an_answer_that_stands_above_its_question_is_named() {
    let picture = "digraph \"One\" {\n  a [shape=box, label=\"a\", count=\"held\"]\n  \
                   b [shape=ellipse, label=\"b\"]\n  b -> a [label=\"owns\"]\n}\n";
    for shown in ["{{#cell probe:one}}", "It is {{#value probe: held}}.", "{{#picture probe}}"] {
        let course = asks();
        course.write("book/probe.dot", picture);
        course.edit("book/probe.md", "# Probe\n", &format!("# Probe\n\n{shown}\n"));
        course.fails(
            &["build"],
            "...\nerror: book/probe.md:5: question `holders`: expected its answer nowhere above it, \
             found `{{#[..] at line 3\n...",
        );
    }
}

#[test]
fn a_question_that_nobody_asks_is_named() {
    let course = asks();
    course.edit(
        "book/probe.md",
        "{{#predict probe:last}}\n\nIt is a list.\n\n{{#answered}}\n",
        "{{#cell probe:two}}\n",
    );
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/questions.toml:23: question `last`: expected a chapter that asks it, found none
help: put `{{#predict probe:last}}` in book/probe.md

"#]],
    );
}

/// One interpreter's record, in which no answer is another's.
fn recorded() -> Scratch {
    let course = asks();
    let row = "[[question.otherwise]]\non = \"3.11\"\nwhy = \"Up to 3.11 another did.\"\n";
    course.edit("lessons/probe/questions.toml", row, "");
    std::fs::remove_file(course.root.join("lessons/probe/record.toml")).unwrap();
    course.recorded();
    course
}

#[test]
fn what_a_question_needs_is_recorded_and_is_stale_until_then() {
    let course = recorded();
    course.passes(&["build", "--strict"]);
    course.passes(&["check"]);
    course.edit("lessons/probe/questions.toml", "text = \"12\"", "is = \"held + lent\"");
    course.passes(&["build"]);
    assert!(course.read("target/book/probe.html").contains("Out of date on CPython"));
    course.fails(
        &["build", "--strict"],
        "error: lessons/probe/questions.toml:16: stale: expected `held + lent` [..]\n...",
    );
    course.recorded();
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("<li><samp>7</samp></li>"));
}

#[test]
fn the_questions_whose_answers_moved_are_named_by_check_and_by_regen() {
    let course = recorded();
    let record = course.read("lessons/probe/record.toml");
    let held =
        "expression = \"held\"\ncells = [\"one\"]\n[[value.was]]\ntags = [\"[TAG]\"]\ntext = \"4\"";
    let held = held.replace("[TAG]", &PYTHON.tag.to_string());
    assert!(record.contains(&held), "{record}");
    let moved =
        record.replace(&held, &held.replace("\"4\"", "\"9\"")).replace("['a', 'b']", "['a']");
    course.write("lessons/probe/record.toml", &moved);
    course.fails(
        &["check"],
        "...\nerror: lessons/probe/questions.toml:2: question `holders`: expected the answer `9`, \
         found `4` on CPython [TAG]\n...\nerror: lessons/probe/questions.toml:20: question `last`: \
         expected the answer `['a']`, found `['a', 'b']` on CPython [TAG]\n...\nerror: \
         lessons/probe/questions.toml:32: question `table`: expected the answer `9, 3`, found \
         `4, 3` on CPython [TAG]\n...",
    );
    course.passes(&["regen"]).stdout_eq(
        "...\n  question `holders` at lessons/probe/questions.toml:2: the answer moved on [TAG]: 9 → 4\n  \
         question `last` at lessons/probe/questions.toml:20: the answer moved on [TAG]: ['a'] → ['a', 'b']\n  \
         question `table` at lessons/probe/questions.toml:32: the answer moved on [TAG]: 9, 3 → 4, 3\n...",
    );
}
