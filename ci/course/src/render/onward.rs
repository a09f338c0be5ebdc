//! Where to go from the end of a page: the pages before and after it with their titles, and the
//! same along each route. The page's script shows the way that its reader has chosen.

use std::path::Path;

use super::escape::block;
use super::routes::stops;
use super::sentence::linkless;
use super::stop::Stop;
use crate::read::book::Book;
use crate::read::outline::Page;
use crate::read::routes::Route;

/// The ways on from the page at `from`; nothing where there is no other page.
pub(super) fn onward(book: &Book, from: &Path) -> Option<String> {
    let pages: Vec<Stop<'_>> =
        book.outline.pages.iter().filter_map(|page| Stop::at(book, page)).collect();
    let at = pages.iter().position(|stop| stop.page.path == from)?;
    let (before, after) = (at.checked_sub(1).map(|at| &pages[at]), pages.get(at + 1));
    if before.is_none() && after.is_none() {
        return None;
    }
    let ways: String =
        book.routes.routes.iter().map(|route| along(book, route, pages[at].page)).collect();
    Some(format!(
        "\n\n<nav class=\"onward wide\" aria-label=\"Pages before and after\" data-page=\"{}\"{}>\
         <div class=\"way\">{}{}</div>{ways}</nav>\n",
        block(&pages[at].page.key),
        if pages[at].page.number.is_some() { " data-chapter" } else { "" },
        before.map(|stop| link(stop, "prev", "Previous", from)).unwrap_or_default(),
        after.map(|stop| link(stop, "next", "Next", from)).unwrap_or_default(),
    ))
}

/// The way on along `route`, hidden until it is chosen.
fn along(book: &Book, route: &Route, page: &Page) -> String {
    let stops = stops(book, route);
    let title = linkless(&route.title);
    let at = stops.iter().position(|stop| stop.page.key == page.key);
    let inside = match at {
        Some(at) => on_route(&stops, at, &title, &page.path),
        None => beside_route(&stops, &title, page),
    };
    format!("<div class=\"way\" data-route=\"{}\" hidden>{inside}</div>", block(&route.name))
}

fn on_route(stops: &[Stop<'_>], at: usize, title: &str, from: &Path) -> String {
    let before = at.checked_sub(1).map(|at| &stops[at]);
    let before = before.map(|stop| link(stop, "prev", "Previous on your route", from));
    let after = stops.get(at + 1).map(|stop| link(stop, "next", "Next on your route", from));
    let end = "<p class=\"end\">This is the last stop of your route.</p>";
    format!(
        "<p class=\"says\">Stop {} of {} on the route <b>{title}</b>.</p>{}{}",
        at + 1,
        stops.len(),
        before.unwrap_or_default(),
        after.unwrap_or_else(|| end.to_owned()),
    )
}

/// From beside the route one comes back to it: to one of its stops, which the script chooses.
fn beside_route(stops: &[Stop<'_>], title: &str, page: &Page) -> String {
    let says = if page.number.is_some() { "Not on your route" } else { "Your route" };
    let links = stops.iter().enumerate().map(|(index, stop)| {
        let html = link(stop, "next", "On your route", &page.path);
        let hidden = if index > 0 { " hidden" } else { "" };
        let key = block(&stop.page.key);
        html.replacen("<a ", &format!("<a data-page=\"{key}\"{hidden} "), 1)
    });
    format!("<p class=\"says\">{says}: <b>{title}</b>.</p>{}", links.collect::<String>())
}

fn link(stop: &Stop<'_>, style: &str, word: &str, from: &Path) -> String {
    let time = stop.time().map(|time| format!(" · {time}")).unwrap_or_default();
    let number = stop.page.number.as_deref();
    let number = number.map(|it| format!("<span class=\"no\">{}</span> ", block(it)));
    let idea = stop.idea().filter(|_| style == "next");
    format!(
        "<a class=\"{style}\" rel=\"{style}\" href=\"{}\"><span>{word}{time}</span>\
         <b>{}{}</b>{}</a>",
        stop.link(from),
        number.unwrap_or_default(),
        stop.title(),
        idea.map(|idea| format!("<small>{idea}</small>")).unwrap_or_default(),
    )
}
