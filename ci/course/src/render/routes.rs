//! The ways through the book, as paths of chapters. The page's script makes a button of each
//! title, which chooses the route.

use std::path::Path;

use super::duration::duration;
use super::escape::block;
use super::sentence::linkless;
use super::stop::Stop;
use crate::read::book::Book;
use crate::read::routes::Route;

/// So many chapters in the book's own order are drawn as the first and the last of them.
const RUN: usize = 4;

/// All routes, for the page at `from`; `None` where there is none.
pub(super) fn routes(book: &Book, from: &Path) -> Option<String> {
    let routes: String = book.routes.routes.iter().map(|one| route(book, one, from)).collect();
    (!routes.is_empty()).then(|| format!("<div class=\"routes\">{routes}</div>\n"))
}

/// The chapters of `route`; one that is not there has been told of already.
pub(super) fn stops<'a>(book: &'a Book, route: &'a Route) -> Vec<Stop<'a>> {
    route.stops.iter().filter_map(|stop| Stop::of(book, &stop.path)).collect()
}

fn route(book: &Book, route: &Route, from: &Path) -> String {
    let stops = stops(book, route);
    let minutes: usize = stops.iter().map(Stop::minutes).sum();
    let keys: Vec<String> = stops.iter().map(|stop| block(&stop.page.key)).collect();
    format!(
        "<section class=\"route\" data-route=\"{}\" data-stops=\"{}\"><h3><span>{}</span> \
         <span class=\"time\">{}</span></h3><p>{}</p>{}</section>",
        block(&route.name),
        keys.join(" "),
        linkless(&route.title),
        duration(minutes),
        linkless(&route.says),
        path(book, &stops, from),
    )
}

/// Stop after stop, with a line between them.
fn path(book: &Book, stops: &[Stop<'_>], from: &Path) -> String {
    let mut html = String::from("<ol class=\"path\">");
    let mut at = 0;
    while at < stops.len() {
        let run = run(book, &stops[at..]);
        html.push_str(&point(&stops[at], "", "", from));
        if run >= RUN {
            let last = &stops[at + run - 1];
            html.push_str(&point(last, " class=\"run\"", ", after all chapters between", from));
            at += run;
        } else {
            at += 1;
        }
    }
    html + "</ol>"
}

fn point(stop: &Stop<'_>, class: &str, more: &str, from: &Path) -> String {
    let title = stop.title();
    format!(
        "<li{class}><a data-page=\"{}\" href=\"{}\" title=\"{title}\">{}<span class=\"sr\"> {title}{more}</span>\
         </a></li>",
        block(&stop.page.key),
        stop.link(from),
        block(stop.page.number.as_deref().unwrap_or_default()),
    )
}

/// How many of `stops`, from the first, follow each other in the book.
fn run(book: &Book, stops: &[Stop<'_>]) -> usize {
    let Some(first) = stops.first() else { return 0 };
    let chapters = book.outline.chapters().skip_while(|page| page.key != first.page.key);
    chapters.zip(stops).take_while(|(page, stop)| page.key == stop.page.key).count()
}
