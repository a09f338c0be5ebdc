//! Edge cases: gathered at a chapter's end, and told of where the functions stand that they try.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use verify::Cell;
use verify::lesson::Session;

use super::escape::block;

/// A function, or a class, that Rust declares.
static DECLARED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:fn|struct) (\w+)").expect("compiles"));

/// `for side in raw, safe:` gives a module another name.
static SIDES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bfor (\w+) in (?:raw|safe)(?:, *\w+)*\s*:").expect("compiles"));

/// What is used of a module: `raw.append`.
static USED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\w+)\.(\w+)").expect("compiles"));

/// The name by which a link finds the edge case `cell`.
pub(super) fn id(cell: &str) -> String {
    format!("edge-{cell}")
}

/// The edge cases of a lesson, folded.
pub(super) fn gathered(cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| cell.trim_end()).collect();
    format!(
        "<details class=\"edges\"><summary>Edge cases, each of them run</summary>{cells}</details>\n"
    )
}

/// Who has been told of which edge cases: each function's, where a page first shows it.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeSet<(String, String)>);

impl Told {
    /// A line of links to the edge cases of `session` that use what `code` of `topic` declares.
    pub(super) fn line(&mut self, topic: &str, session: &Session, code: &str) -> String {
        let declared = DECLARED.captures_iter(code).map(|found| found[1].to_owned());
        let new: Vec<String> =
            declared.filter(|name| self.0.insert((topic.to_owned(), name.clone()))).collect();
        let edges = session.cells.iter().filter(|cell| cell.edge);
        let uses = |cell: &&Cell| used(&cell.source).iter().any(|name| new.contains(name));
        let links: Vec<String> = edges.filter(uses).map(|cell| link(&cell.name)).collect();
        match &links[..] {
            [] => String::new(),
            [one] => format!("<p class=\"under\">Edge case: {one}</p>"),
            some => format!("<p class=\"under\">Edge cases: {}</p>", some.join(", ")),
        }
    }
}

fn link(cell: &str) -> String {
    format!("<a href=\"#{}\">{}</a>", block(&id(cell)), block(&cell.replace('_', " ")))
}

/// What `source` uses of `raw` and `safe`, by whatever name a loop gives them.
fn used(source: &str) -> BTreeSet<String> {
    let mut modules = BTreeSet::from(["raw".to_owned(), "safe".to_owned()]);
    modules.extend(SIDES.captures_iter(source).map(|found| found[1].to_owned()));
    let uses = USED.captures_iter(source).filter(|found| modules.contains(&found[1]));
    uses.map(|found| found[2].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use verify::lesson::Pins;

    use super::*;

    const SESSION: &str = "\
# %% usual
raw.append([], 1)

# %% no_list kind=\"edge\"
for side in raw, safe:
    side.append((), 1)

# %% of_a_list kind=\"edge\"
[].append(1)
other.append(1)
safe.pop()
";

    fn session() -> Session {
        Session::parse(Path::new("session.py"), SESSION, &Pins::default()).unwrap()
    }

    #[test]
    fn edge_cases_are_told_of_where_the_function_that_they_use_stands_first() {
        let (session, mut told) = (session(), Told::default());
        let code = "pub(crate) fn append(a: &B) {}\nfn pop() {}";
        assert_eq!(
            told.line("list", &session, "fn append() {}"),
            "<p class=\"under\">Edge case: <a href=\"#edge-no_list\">no list</a></p>"
        );
        assert!(told.line("list", &session, code).contains("\"#edge-of_a_list\""));
        assert_eq!(told.line("list", &session, code), "");
        assert!(told.line("dict", &session, code).contains("Edge cases: "));
    }

    #[test]
    fn a_method_of_the_same_name_is_no_use_of_the_function() {
        assert_eq!(Told::default().line("list", &session(), "fn add() {}"), "");
        let used = used(&session().cells[2].source);
        assert_eq!(used.into_iter().collect::<Vec<_>>(), ["pop"]);
    }
}
