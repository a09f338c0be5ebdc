//! Sentences about directives.

use std::collections::BTreeSet;
use std::path::Path;

use verify::layout::LESSONS;
use verify::{Place, Problem};

pub(crate) fn unknown_directive(place: Place, name: &str, known: &[&str]) -> Problem {
    Problem::at(place, format!("expected a directive, found `{name}`"))
        .note(format!("directives there are: {}", known.join(", ")))
}

pub(crate) fn bad_directive(place: Place, name: &str, rest: &str, examples: &str) -> Problem {
    Problem::at(place, format!("expected `{examples}`, found `{{{{#{name} {rest}}}}}`"))
        .help(format!("write the `{name}` directive like this, with names of this book"))
}

pub(crate) fn value_on_no_tag(place: Place, on: &str) -> Problem {
    Problem::at(place, format!("expected a tag in `on=`, such as 3.9 or 3.14t, found `{on}`"))
        .help("`cargo course doctor` lists the tags of this machine")
}

pub(crate) fn directive_not_alone(place: Place, text: &str) -> Problem {
    Problem::at(place, format!("expected `{text}` alone on its line, found more"))
        .help("put it on a line of its own, not indented; only `value` stands in a sentence")
}

pub(crate) fn directive_not_closed(place: Place) -> Problem {
    Problem::at(place, "expected `}}` on the directive's line, found none")
        .help("end it with `}}` on the same line; an expression cannot hold `}}`")
}

pub(crate) fn unknown_cell(place: Place, session: &Path, name: &str, known: &[&str]) -> Problem {
    Problem::at(place, format!("expected a cell of {}, found `{name}`", session.display()))
        .note(format!("cells there are: {}", known.join(", ")))
        .help(format!("name one of them, or start it there with `# %% {name}`"))
}

pub(crate) fn cell_not_shown(place: Place, topic: &str, name: &str, is_edge: bool) -> Problem {
    let help = match is_edge {
        true => format!("put `{{{{#edges {topic}}}}}` at the end of book/{topic}.md"),
        false => {
            format!("put `{{{{#cell {topic}:{name}}}}}` in book/{topic}.md, or remove the cell")
        }
    };
    Problem::at(place, format!("cell `{name}`: expected a chapter that shows it, found none"))
        .help(help)
}

pub(crate) fn no_why(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("cell `{name}`: expected why the page does not run it, found none"))
        .help("say so behind `not_on`, in at most five words: why=\"needs threads\"")
}

pub(crate) fn why_of_nothing(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("cell `{name}`: expected no `why`, found one, and the page runs it"))
        .help("take it out, or say where the cell does not run: not_on=\"wasm\"")
}

pub(crate) fn no_such_edge(place: Place, target: &str, known: &BTreeSet<&str>) -> Problem {
    let known: Vec<&str> = known.iter().copied().collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Problem::at(place, format!("expected an edge case, found a link to `{target}`, which is none"))
        .note(format!("edge cases on that page are: {known}"))
        .help("link to one as `#edge-name`, with the name of its cell")
}

pub(crate) fn no_edges(place: Place, topic: &str) -> Problem {
    Problem::at(place, format!("lesson `{topic}`: expected edge cells, found none"))
        .help("mark one with kind=\"edge\"")
}

pub(crate) fn unknown_file(place: Place, path: &Path, files: &[String]) -> Problem {
    Problem::at(place, format!("expected a file, found no {}", path.display()))
        .note(format!("files there are: {}", files.join(", ")))
        .help("name one of them, or write it")
}

pub(crate) fn unknown_anchor(place: Place, name: &str, path: &Path, known: &[&str]) -> Problem {
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Problem::at(place, format!("expected an anchor of {}, found `{name}`", path.display()))
        .note(format!("anchors there are: {known}"))
        .help(format!(
            "put the comment `ANCHOR: {name}` above the part and `ANCHOR_END: {name}` below it"
        ))
}

pub(crate) fn not_in_listing(place: Place, word: &str, path: &Path) -> Problem {
    Problem::at(
        place,
        format!("expected lines of this part of {} that have `{word}`, found none", path.display()),
    )
    .help("name in `around` what stands in the code, as it stands there, a comma between two")
}

pub(crate) fn anchor_twice(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("anchor `{name}`: expected one opening, found a second"))
        .help("give one of the two another name")
}

pub(crate) fn anchor_not_open(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("anchor `{name}`: expected an opening above this end, found none"))
        .help(format!("put the comment `ANCHOR: {name}` above the part"))
}

pub(crate) fn anchor_not_closed(place: Place, name: &str) -> Problem {
    Problem::at(place, format!("anchor `{name}`: expected an end, found none"))
        .help(format!("put the comment `ANCHOR_END: {name}` below the part"))
}

pub(crate) fn nothing_to_compare(
    place: Place,
    topic: &str,
    wrong: &str,
    known: &[&str],
) -> Problem {
    Problem::at(
        place,
        format!(
            "expected an anchor of {LESSONS}/{topic}/src/raw.rs that begins `{wrong}`, found none"
        ),
    )
    .note(format!("anchors there are: {}", known.join(", ")))
    .help("a wrong function is named after the right one: `reverse_tuple_leaks_result`")
}

pub(crate) fn no_difference(place: Place, wrong: &str, right: &str) -> Problem {
    Problem::at(place, format!("`{wrong}`: expected a difference from `{right}`, found none"))
        .help("make it wrong again, or take the directive out")
}

pub(crate) fn unknown_case(place: Place, topic: &str, name: &str, known: &[&str]) -> Problem {
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Problem::at(
        place,
        format!("expected a case, found no {LESSONS}/{topic}/must_not_compile/{name}.rs"),
    )
    .note(format!("cases there are: {known}"))
    .help("name one of them, or write it")
}
