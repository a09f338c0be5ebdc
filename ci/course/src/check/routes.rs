//! What the ways through the book name is there.

use verify::Problems;

use super::typed_numbers;
use crate::message;
use crate::read::outline::Outline;
use crate::read::routes::{Route, Routes};

/// What is wrong with `routes`, held against the pages that there are.
pub(crate) fn check(routes: &Routes, outline: &Outline) -> Problems {
    let mut problems = Problems::new();
    let typed = |it| typed_numbers::sentence(&routes.path, it, &|_| false);
    problems.extend(routes.sentences.iter().flat_map(typed));
    for (index, route) in routes.routes.iter().enumerate() {
        problems.extend(name(routes, index));
        problems.extend(stops(routes, route, outline));
    }
    problems.extend(parts(routes, outline));
    problems
}

/// A browser keeps a route by its name, which stands in an attribute as well.
fn name(routes: &Routes, index: usize) -> Problems {
    let route = &routes.routes[index];
    let is_word = !route.name.is_empty() && route.name.bytes().all(|it| it.is_ascii_lowercase());
    let place = || routes.place(route.line);
    if !is_word {
        return vec![message::bad_route_name(place(), &route.name)];
    }
    let taken = routes.routes[..index].iter().any(|other| other.name == route.name);
    if taken { vec![message::twin_routes(place(), &route.name)] } else { Problems::new() }
}

fn stops(routes: &Routes, route: &Route, outline: &Outline) -> Problems {
    let mut problems = Problems::new();
    if route.stops.is_empty() {
        problems.push(message::empty_route(routes.place(route.line), &route.name));
    }
    for (index, stop) in route.stops.iter().enumerate() {
        let place = routes.place(stop.line);
        if !outline.chapters().any(|page| page.path == stop.path) {
            let known: Vec<&str> = outline.chapters().map(|page| page.key.as_str()).collect();
            problems.push(message::route_to_nowhere(place, &stop.name, &known));
        } else if route.stops[..index].iter().any(|other| other.path == stop.path) {
            problems.push(message::route_in_a_circle(place, &stop.name));
        }
    }
    problems
}

/// Each row is one part's; and if any part has a row, all have.
fn parts(routes: &Routes, outline: &Outline) -> Problems {
    let mut problems = Problems::new();
    for (index, part) in routes.parts.iter().enumerate() {
        let twice = routes.parts[..index].iter().any(|other| other.title == part.title);
        if twice || !outline.parts.contains(&part.title) {
            let place = routes.place(part.line);
            problems.push(message::no_such_part(place, &part.title, &outline.parts));
        }
    }
    let told = |title: &String| routes.parts.iter().any(|part| part.title == *title);
    if let Some(first) = routes.parts.first() {
        let left_out = outline.parts.iter().filter(|title| !told(title));
        let place = routes.place(first.line);
        problems.extend(left_out.map(|title| message::part_left_out(place.clone(), title)));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::outline::Page;

    /// What is said of `text`, in a book of the chapters a and b, in part One, and a page c.
    fn said(text: &str) -> Vec<String> {
        let page = |key: &str, number: Option<&str>| Page {
            path: format!("book/{key}.md").into(),
            key: key.to_owned(),
            title: key.to_uppercase(),
            number: number.map(str::to_owned),
            part: number.map(|_| 0),
        };
        let pages = vec![page("a", Some("1")), page("b", Some("2")), page("c", None)];
        let outline = Outline { parts: vec!["One".to_owned()], pages };
        let routes = Routes::parse("book/routes.toml".into(), text).unwrap();
        check(&routes, &outline).iter().map(ToString::to_string).collect()
    }

    fn route(name: &str, chapters: &str) -> String {
        format!(
            "[[route]]\nname = \"{name}\"\ntitle = \"T\"\nsays = \"S.\"\nchapters = {chapters}\n"
        )
    }

    #[test]
    fn a_route_leads_through_chapters_each_once() {
        assert_eq!(said(""), [""; 0]);
        assert_eq!(said(&route("walk", "['b.md', 'a.md']")), [""; 0]);
        for (chapters, expected) in [
            ("['a.md',\n'd.md']", "book/routes.toml:6: expected a chapter, found `d.md`"),
            ("['c.md']", "book/routes.toml:5: expected a chapter, found `c.md`"),
            ("['a']", "book/routes.toml:5: expected a chapter, found `a`"),
            ("['a.md',\n'b.md',\n'a.md']", "book/routes.toml:7: expected each chapter once"),
            ("[]", "book/routes.toml:1: expected chapters on route `walk`, found none"),
        ] {
            let said = said(&route("walk", chapters));
            assert!(said.len() == 1 && said[0].starts_with(expected), "{said:?}");
        }
    }

    #[test]
    fn a_route_is_known_by_a_name_of_its_own() {
        let two = route("walk", "['a.md']") + &route("walk", "['b.md']");
        assert!(
            said(&two)[0].starts_with("book/routes.toml:6: expected routes of different names")
        );
        for name in ["", "A", "a b", "a:b"] {
            let said = said(&route(name, "['a.md']"));
            assert!(said[0].starts_with("book/routes.toml:1: expected a name"), "{said:?}");
        }
    }

    #[test]
    fn a_part_has_one_row_if_any_has() {
        let part = |title: &str| format!("[[part]]\ntitle = \"{title}\"\nsays = \"S.\"\n");
        assert_eq!(said(&part("One")), [""; 0]);
        assert!(said(&(part("One") + &part("One")))[0].starts_with("book/routes.toml:4: expected"));
        let said = said(&part("Two"));
        assert!(said[0].starts_with("book/routes.toml:1: expected a part of the book"), "{said:?}");
        assert!(said[1].contains("expected a row for the part `One`"), "{said:?}");
    }

    #[test]
    fn a_number_in_its_sentences_is_typed() {
        let text = route("walk", "['a.md']").replace("S.", "In 3 steps.");
        assert!(said(&text)[0].starts_with("book/routes.toml:4: expected a number that comes"));
    }
}
