//! Code that must not compile, and what the compiler says of it.

use std::sync::LazyLock;

use regex::Regex;
use verify::lesson::Case;
use verify::record::{CompilerOutput, Refused};

use super::code::{self, Language, Row};
use super::escape::block;
use super::listing::{at, caption, figure};
use super::role::Role;

/// Where the compiler points: the line and the column, and the arrows under the code.
static POINTS: LazyLock<Regex> = LazyLock::new(|| {
    let place = r"(?m)^ *--> \S+:(\d+):(\d+)$";
    Regex::new(&format!(r"{place}(?:\n.*?)*?\n *\| [^\n^]*(\^+)")).expect("compiles")
});

/// Code that must not compile, and the compiler's words where they are recorded: what is wrong
/// and where, and its notes folded under that.
pub(crate) fn refused(case: &Case, recorded: Option<&Refused>, topic: &str) -> String {
    let said = |refused: &'_ Refused| refused.cases.get(&case.name).cloned();
    let said = recorded.and_then(|refused| Some((&refused.rustc, said(refused)?)));
    let said = said.filter(|(_, said)| said.digest == case.digest);
    let rows = code::rows(Language::Rust, &case.source);
    let words = said.as_ref().map_or("", |(_, said)| &said.words);
    let lines = pointed_at(&rows, words.split_at(notes(words)).0);
    let mut body = code::pre(Language::Rust, "code", &lines);
    body.push_str(&match said {
        Some((rustc, CompilerOutput { words, .. })) => answer(&words, rustc),
        None => format!(
            "<p class=\"missing\">Not recorded yet: <code>cargo course regen {topic}</code>.</p>"
        ),
    });
    let id = format!("{topic}-refused-{}", case.name);
    let caption = caption(Role::Refused, &format!("does not compile {}", at(&case.path)));
    figure(Role::Refused, Some(&id), &caption, &body)
}

fn answer(words: &str, rustc: &str) -> String {
    let (error, notes) = words.split_at(notes(words));
    let mut html = output(error);
    if !notes.is_empty() {
        html.push_str(&format!(
            "<details class=\"notes\"><summary>The compiler's notes</summary>{}</details>",
            output(notes)
        ));
    }
    html + &format!("<p class=\"agree\">Refused by rustc {}.</p>", block(rustc))
}

/// The lines of `rows`, the place that `words` point at marked. The file's first line, which says
/// what is expected, is not among them.
fn pointed_at(rows: &[Row], words: &str) -> String {
    let points = POINTS.captures(words).and_then(|it| {
        let number = |group: usize| it[group].parse::<usize>().ok();
        Some((number(1)?.checked_sub(1)?, number(2)?.checked_sub(1)?, it[3].len()))
    });
    let mut line = 0;
    let html = rows.iter().map(|row| {
        let first = line + 1;
        line += row.lines();
        match points {
            Some((at, column, length)) if at == first => pointed(row, column, length),
            _ => row.html(),
        }
    });
    html.collect()
}

/// `row` with `length` characters from `column` on marked.
fn pointed(row: &Row, column: usize, length: usize) -> String {
    let cut = |from: usize, to: usize| -> String {
        row.text.chars().skip(from).take(to - from).collect()
    };
    let (end, all) = (column + length, row.text.chars().count());
    if row.remark || end >= all {
        return row.html();
    }
    let body = format!(
        "{}<mark>{}</mark>{}",
        block(&cut(0, column)),
        block(&cut(column, end)),
        block(&cut(end, all))
    );
    row.marked("span", "at", &body)
}

/// Where the compiler has said what is wrong, and begins to explain it.
fn notes(words: &str) -> usize {
    let explains = |line: &&str| {
        let line = line.trim_start_matches([' ', '=']);
        line.starts_with("note:") || line.starts_with("help:")
    };
    let before = words.split_inclusive('\n').take_while(|line| !explains(line));
    before.map(str::len).sum()
}

fn output(words: &str) -> String {
    format!(
        "<pre class=\"output\" data-label=\"the compiler says\"><samp>{}</samp></pre>",
        block(words.trim_end_matches(['\n', ' ', '|']))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "\
error[E0382]: borrow of moved value: `item`
   --> lessons/a/must_not_compile/b.rs:4:16
    |
  2 | pub fn consume(item: Bound) {
    |                ---- move occurs
  3 |     item.into_ptr();
    |          ---------- moved
  4 |     println!(\"{item}\");
    |                ^^^^ borrowed here
    |
";

    fn marked(words: &str) -> String {
        let source =
            "pub fn consume(item: Bound) {\n    item.into_ptr();\n    println!(\"{item}\");\n}\n";
        pointed_at(&code::rows(Language::Rust, source), words)
    }

    #[test]
    fn the_place_that_the_compiler_points_at_is_marked() {
        let html = marked(WORDS);
        let line = "<span class=\"l at\" style=\"--in:4\">    println!(&quot;{<mark>item</mark>}&quot;);</span>";
        assert!(html.contains(line), "{html}");
        assert_eq!(html.matches("<mark>").count(), 1);
    }

    #[test]
    fn a_place_that_is_not_in_the_code_is_not_marked() {
        for words in [
            "",
            "error: it is wrong\n",
            &WORDS.replace(":4:16", ":40:16"),
            &WORDS.replace(":4:16", ":4:160"),
            &WORDS.replace(":4:16", ":0:0"),
            &WORDS.replace('^', "_"),
        ] {
            assert!(!marked(words).contains("<mark>"), "{words}");
        }
    }
}
