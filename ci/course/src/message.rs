//! Every sentence that the command says to a person; those about sessions and records are
//! in `verify::message`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use verify::interpreter::Interpreter;
use verify::problem::merge;
use verify::{Cell, Lesson, Place, Problem, Problems, Tag};

use crate::book::directive::NAMES;
use crate::book::picture::Node;

/// Problems as a person reads them, a blank line between two; what is the same on several
/// interpreters is told once.
pub(crate) fn all(problems: &Problems) -> String {
    let problems = merge(problems.clone());
    let texts: Vec<String> = problems.iter().map(|problem| format!("error: {problem}")).collect();
    texts.join("\n\n")
}

// Directives.

pub(crate) fn unknown_directive(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("unknown directive `{name}`"))
        .note(format!("directives there are: {}", NAMES.join(", ")))
}

pub(crate) fn bad_directive(place: Place, name: &str) -> Problem {
    let form = match name {
        "listing" => "{{#listing tuple/src/raw.rs:reverse_tuple}}",
        "edges" => "{{#edges tuple}}",
        "picture" => "{{#picture tuple}}",
        "clinic" => "{{#clinic refused}}`, `{{#clinic harmless}}` or `{{#clinic still yours}}",
        "notebook" => "{{#notebook cells}}` or `{{#notebook claims}}",
        "value" => "{{#value tuple: after - before}}",
        "diff" => "{{#diff tuple:reverse_tuple_leaks_result}}",
        "refused" => "{{#refused tuple:moved}}",
        "predict" => "{{#predict tuple:reverse}}",
        _ => "{{#cell tuple:reverse}}",
    };
    Problem::at(place, format!("a `{name}` directive is written otherwise"))
        .help(format!("such as `{form}`"))
}

pub(crate) fn directive_not_alone(place: Place, text: &str) -> Problem {
    Problem::at(place, format!("`{text}` starts a line, and is alone there"))
        .help("put it on a line of its own, not indented; only `value` stands in a sentence")
}

pub(crate) fn directive_not_closed(place: Place) -> Problem {
    Problem::at(place, "a directive is not closed on its line")
        .help("end it with `}}` on the same line; an expression cannot hold `}}`")
}

pub(crate) fn unknown_cell(place: Place, lesson: &Lesson, name: &str) -> Problem {
    Problem::at(place, format!("no cell `{name}` in {}", lesson.session_path().display()))
        .note(format!("cells there are: {}", lesson.session.names().join(", ")))
        .help(format!("name one of them, or start it there with `# %% {name}`"))
}

pub(crate) fn cell_not_shown(place: Place, topic: &str, cell: &Cell) -> Problem {
    let name = &cell.name;
    let help = match cell.edge {
        true => format!("put `{{{{#edges {topic}}}}}` at the end of book/{topic}.md"),
        false => {
            format!("put `{{{{#cell {topic}:{name}}}}}` in book/{topic}.md, or remove the cell")
        }
    };
    Problem::at(place, format!("no chapter shows cell `{name}`")).help(help)
}

pub(crate) fn no_edges(place: Place, topic: &str) -> Problem {
    Problem::at(place, format!("lesson `{topic}` has no edge cells"))
        .help("mark one with kind=\"edge\"")
}

pub(crate) fn unknown_file(place: Place, path: &Path, files: &[String]) -> Problem {
    Problem::at(place, format!("no file {}", path.display()))
        .note(format!("files there are: {}", files.join(", ")))
        .help("name one of them, or write it")
}

pub(crate) fn unknown_anchor(place: Place, name: &str, path: &Path, known: &[&str]) -> Problem {
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Problem::at(place, format!("no anchor `{name}` in {}", path.display()))
        .note(format!("anchors there are: {known}"))
        .help(format!(
            "put the comment `ANCHOR: {name}` above the part and `ANCHOR_END: {name}` below it"
        ))
}

pub(crate) fn anchor_twice(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("anchor `{name}` is opened a second time"))
        .help("give one of the two another name")
}

pub(crate) fn anchor_not_open(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("anchor `{name}` ends and was not open"))
        .help(format!("put the comment `ANCHOR: {name}` above the part"))
}

pub(crate) fn anchor_not_closed(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("anchor `{name}` is never closed"))
        .help(format!("put the comment `ANCHOR_END: {name}` below the part"))
}

pub(crate) fn nothing_to_compare(
    place: Place,
    topic: &str,
    wrong: &str,
    known: &[&str],
) -> Problem {
    Problem::at(place, format!("no anchor in lessons/{topic}/src/raw.rs is the start of `{wrong}`"))
        .note(format!("anchors there are: {}", known.join(", ")))
        .help("a wrong function is named after the right one: `reverse_tuple_leaks_result`")
}

pub(crate) fn no_difference(place: Place, wrong: &str, right: &str) -> Problem {
    Problem::at(place, format!("`{wrong}` does not differ from `{right}`"))
        .help("make it wrong again, or take the directive out")
}

pub(crate) fn unknown_case(place: Place, topic: &str, name: &str, known: &[&str]) -> Problem {
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Problem::at(place, format!("no lessons/{topic}/must_not_compile/{name}.rs"))
        .note(format!("cases there are: {known}"))
        .help("name one of them, or write it")
}

// Pictures.

pub(crate) fn no_picture(place: Place, path: &Path) -> Problem {
    Problem::at(place, format!("no picture {}", path.display()))
        .help("a picture is a DOT file of that name, beside the chapter")
}

pub(crate) fn bad_picture(place: Place, what: &str) -> Problem {
    Problem::at(place, what)
        .help("such as `item [shape=box, count=\"after\"]` and `name -> item [style=dashed]`")
}

pub(crate) fn counts_nothing(place: Place) -> Problem {
    Problem::at(place, "the picture has no box with a count, so nothing can be compared with it")
        .help("give one box `count=\"after - before\"`, an expression of the lesson's session")
}

pub(crate) fn picture_not_recorded(place: Place, expression: &str, on: Tag) -> Problem {
    Problem::at(place, format!("`{expression}` is not recorded on CPython {on}"))
        .help("name another tag in `on`, or leave it out for all")
}

pub(crate) fn miscounted(
    place: Place,
    node: &Node,
    drawn: usize,
    expression: &str,
    counted: &str,
) -> Problem {
    let (name, noun) = (&node.name, if drawn == 1 { "arrow" } else { "arrows" });
    Problem::at(
        place,
        format!("{drawn} solid {noun} into `{name}`, where `{expression}` is {counted}"),
    )
    .help("draw an arrow for each owner; say `on=\"3.14\"` where it holds on one tag only")
}

// Tables.

pub(crate) fn bad_table(place: Place, why: &str) -> Problem {
    Problem::at(place, why.trim().replace('\n', " "))
        .help("the tables of tuple, lessons/tuple/clinic.toml, have each key")
}

pub(crate) fn bad_bug(place: Place, what: &str) -> Problem {
    Problem::at(place, what).help("mend the row, or the lesson that it speaks of")
}

pub(crate) fn bug_without_row(place: Place, wrong: &str) -> Problem {
    Problem::at(place, format!("`{wrong}` of src/wrong.rs has no row"))
        .help(format!("add a [[bug]] with `wrong = \"{wrong}\"`"))
}

pub(crate) fn bug_not_shown(place: Place, topic: &str, wrong: &str) -> Problem {
    Problem::at(place, format!("no chapter shows `{wrong}` as it differs from the right one"))
        .help(format!("put `{{{{#diff {topic}:{wrong}}}}}` in book/{topic}.md"))
}

pub(crate) fn bugs_left_out(place: Place, numbers: &[String]) -> Problem {
    Problem::at(place, format!("no lesson's clinic.toml has {}", numbers.join(", ")))
        .help("each number up to the highest has a row in some lesson")
}

pub(crate) fn no_notebook(place: Place, path: &Path) -> Problem {
    Problem::at(place, format!("no table {}", path.display()))
        .help("it stands beside the chapter, with a [[cell]] for each cell of the notebook")
}

pub(crate) fn cells_left_out(place: Place, cells: usize) -> Problem {
    Problem::at(place, format!("the cells are not numbered from 1 to {cells}"))
        .help("each cell of the notebook has its entry, in order; `cells` says how many there are")
}

pub(crate) fn bad_entry(place: Place, what: &str) -> Problem {
    Problem::at(place, what).help("mend the entry: the records have what is true today")
}

pub(crate) fn no_value_on(
    place: Place,
    topic: &str,
    expression: &str,
    on: Tag,
    tags: &[Tag],
) -> Problem {
    let tags: Vec<String> = tags.iter().map(Tag::to_string).collect();
    Problem::at(place, format!("`{expression}` is not recorded on CPython {on}"))
        .note(format!("recorded on: {}", tags.join(", ")))
        .help(format!("`cargo course regen {topic} --python {on}`, or another `on=`"))
}

pub(crate) fn not_recorded(place: Place, topic: &str) -> Problem {
    Problem::at(place, format!("nothing is recorded for lesson `{topic}`"))
        .help(format!("`cargo course regen {topic}`"))
}

// Prose, code and links.

pub(crate) fn typed_number(place: Place, number: &str) -> Problem {
    Problem::at(place, format!("`{number}` is typed; a number in the text comes from a run")).help(
        "bind it, `{{#value tuple: after - before}}`, or say on its line `<!-- typed: why -->`",
    )
}

pub(crate) fn typed_without_why(place: Place) -> Problem {
    Problem::at(place, "`<!-- typed: -->` does not say why")
}

pub(crate) fn typed_covers_nothing(place: Place) -> Problem {
    Problem::at(place, "`<!-- typed: … -->` stands on a line without a typed number")
        .help("remove it, or put it on the number's line")
}

const FENCES: &str = "a chapter types plain Rust (```rust) and commands (```console); \
                      whatever touches Python lives in a lesson, and is shown by a directive";

pub(crate) fn other_fence(place: Place, info: Option<&str>) -> Problem {
    let what = match info {
        None => "an indented block of code".to_owned(),
        Some("") => "a fence without a language".to_owned(),
        Some(info) => format!("a fence of `{info}`"),
    };
    Problem::at(place, what).note(FENCES)
}

pub(crate) fn rust_fence_with_words(place: Place, info: &str) -> Problem {
    Problem::at(
        place,
        format!("a fence of `{info}`: with more words skeptic may skip it, and still pass"),
    )
    .help("write ```rust alone")
}

pub(crate) fn snippet_without_main(place: Place) -> Problem {
    Problem::at(place, "a snippet without `fn main()`")
        .help("a snippet is a whole program: skeptic compiles and runs it as it stands")
}

pub(crate) fn empty_fence(place: Place) -> Problem {
    Problem::at(place, "an empty fence, which skeptic skips")
}

pub(crate) fn fence_touches_python(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("a typed snippet mentions `{name}`")).note(FENCES)
}

pub(crate) fn console_output(place: Place) -> Problem {
    Problem::at(place, "a line of a console block that is no command")
        .help("start commands with `$ `; output is not typed: it is printed by a cell")
}

pub(crate) fn dead_link(place: Place, target: &str) -> Problem {
    Problem::at(place, format!("the link to `{target}` leads to no file"))
        .help("links are relative to the chapter that has them")
}

// Commands.

pub(crate) fn no_course(here: &Path) -> String {
    format!(
        "no course at or above `{}`: no folder there has book.toml and lessons/",
        here.display()
    )
}

pub(crate) fn bad_topic(topic: &str) -> Problem {
    Problem::new(format!("`{topic}` cannot name a lesson"))
        .help("one word in small letters, such as `set`")
}

pub(crate) fn there_already(path: &str) -> Problem {
    Problem::new(format!("{path} is there already"))
        .help("choose another topic, or remove it first")
}

pub(crate) fn no_lessons() -> Problem {
    Problem::new("there is no lesson to run").help("`cargo course new TOPIC` starts one")
}

pub(crate) fn no_interpreters() -> Problem {
    Problem::new("no CPython 3.9 or later was found, so nothing would be checked").help(
        "install one, or name it with `--python PATH`; `cargo course doctor` shows where it looks",
    )
}

pub(crate) fn only_debug_builds(tags: &[Tag]) -> Problem {
    let tags: Vec<String> = tags.iter().map(Tag::to_string).collect();
    Problem::new(format!(
        "debug builds have no column ({}), so nothing would be checked",
        tags.join(", ")
    ))
    .help(format!("`cargo course run LESSON --python {}` runs a session in one", tags[0]))
}

/// What the pages' CPython misses, in one line.
pub(crate) fn not_live(missing: &Problem) -> String {
    let help = missing.help.as_ref().map_or_else(String::new, |help| format!("; help: {help}"));
    format!("3.14-wasm: {}{help}", missing.what)
}

pub(crate) fn no_shell(tag: Tag) -> Problem {
    Problem::new(format!("there is no shell in CPython {tag}"))
        .help("`cargo course run LESSON --python 3.14-wasm` shows what its cells print there")
}

pub(crate) fn no_rustc() -> Problem {
    Problem::new("rustc does not say its version").help("`cargo course doctor`")
}

pub(crate) fn command_missing(place: Place, cell: &str, command: &str) -> Problem {
    Problem::at(place, format!("cell `{cell}` needs `{command}`, which is not on PATH"))
        .help(format!("install `{command}`; without `--require` the cell is left unchecked"))
}

/// `missing` is what the tag's interpreter misses, where that is known.
pub(crate) fn required_not_run(
    tag: Tag,
    run: &BTreeMap<Tag, Interpreter>,
    missing: Option<Problem>,
) -> Problem {
    let run: Vec<String> = run.keys().map(Tag::to_string).collect();
    let problem = Problem::new(format!("CPython {tag} is required, and was not run"))
        .note(format!("run: {}", run.join(", ")));
    if let Some(missing) = missing {
        let problem = problem.note(missing.what);
        return match missing.help {
            Some(help) => problem.help(help),
            None => problem,
        };
    }
    problem.help("install it, or name it: `--python PATH`, or COURSE_PYTHONS for every command")
}

pub(crate) fn refusal_not_recorded(place: Place, topic: &str) -> Problem {
    Problem::at(place, "the compiler's words about this code are not recorded")
        .help(format!("`cargo course regen {topic}`"))
}

pub(crate) fn refusal_differs(place: Place, topic: &str, recorded: &str, now: &str) -> Problem {
    Problem::at(place, "the compiler does not say what is recorded")
        .note(verify::message::diff(recorded, now))
        .help(format!("if it is right, `cargo course regen {topic}`"))
}

pub(crate) fn output_over_source(output: &Path, source: &Path) -> Problem {
    Problem::at(
        Place::file("book.toml"),
        format!(
            "the build folder `{}` and the source folder `{}` overlap: a build would delete chapters",
            output.display(),
            source.display()
        ),
    )
    .help("set `build-dir = \"target/book\"` under [build]")
}

pub(crate) fn default_preprocessors() -> Problem {
    Problem::at(
        Place::file("book.toml"),
        "mdBook's own preprocessors are on: they would interpret what a cell prints",
    )
    .help("set `use-default-preprocessors = false` under [build]")
}

pub(crate) fn cannot_listen(address: SocketAddr) -> String {
    format!("cannot listen on {address}; `--port 0` takes any port that is free")
}

/// What a build misses for live pages, in one line.
pub(crate) fn whole_but_not_live(missing: &Problem) -> String {
    format!("note: the book is whole, and its cells are not live: {}", not_live(missing))
}

pub(crate) fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}

pub(crate) fn scripts_do_not_build(said: &str) -> String {
    format!("the pages' scripts do not build:\n{}help: `npm ci --prefix ci/web`", said)
}
