//! `serve`: the book on this machine only, rebuilt and reloaded on every change.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;
use mdbook_driver::MDBook;
use notify_debouncer_full::notify::event::ModifyKind;
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_livereload::predicate::Predicate;
use tower_livereload::{LiveReloadLayer, Reloader};
use verify::layout::{BOOK, BOOK_TOML, LESSONS, WEB};

use super::build::{finished, load};
use crate::live::Live;
use crate::message;
use crate::render::preprocessor::Course;

/// Where the news of a new build are to be had.
const PREFIX: &str = "/.reload";

/// The script that waits for them.
const SCRIPT: &str = "/.reload/script.js";

/// No page gets a script put into it.
#[derive(Clone, Copy)]
struct Never;

impl<T> Predicate<T> for Never {
    fn check(&mut self, _: &T) -> bool {
        false
    }
}

/// Builds, serves and watches until Ctrl-C.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
pub(crate) fn serve(root: &Path, open: bool, port: u16) -> Result<ExitCode> {
    let book = loaded(root)?;
    let output = book.build_dir_for("html");
    // A book with something wrong in it is still served, as it was, and mended while it is.
    let mut live = Live::new(root, Some(SCRIPT));
    show(&rebuilt(&book, &mut live));
    // A page's policy refuses the script that this would put into it: ours is a file.
    let layer = LiveReloadLayer::new().custom_prefix(PREFIX).request_predicate::<Body, _>(Never);
    let reloader = layer.reloader();
    let files = ServeDir::new(&output).precompressed_br().precompressed_gzip();
    let files = files.not_found_service(ServeFile::new(output.join("404.html")));
    // A browser asks again each time, so that no page is out of date.
    let fresh =
        SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let script = || async { ([(CONTENT_TYPE, "text/javascript")], include_str!("reload.js")) };
    let app =
        Router::new().route(SCRIPT, get(script)).fallback_service(files).layer(fresh).layer(layer);
    let watched = root.to_owned();
    thread::spawn(move || show(&watch(&watched, live, &reloader)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener =
            TcpListener::bind(address).await.with_context(|| message::cannot_listen(address))?;
        let url = format!("http://{}", listener.local_addr()?);
        println!("serving {url} (Ctrl-C ends it)");
        if open {
            open::that_detached(&url)
                .with_context(|| format!("cannot open a browser; open {url}"))?;
        }
        axum::serve(listener, app).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn loaded(root: &Path) -> Result<MDBook> {
    load(root, Course { strict: false })
}

/// Builds the book. What is missing to make its pages live is told once.
fn rebuilt(book: &MDBook, live: &mut Live) -> Result<()> {
    if let Some(missing) = finished(book, live)? {
        static TOLD: Once = Once::new();
        TOLD.call_once(|| eprintln!("{}", message::whole_but_not_live(&missing)));
    }
    Ok(())
}

/// Rebuilds whenever a chapter, a lesson or `book.toml` changes.
#[expect(clippy::print_stdout, reason = "this is the command's output")]
fn watch(root: &Path, mut live: Live, reloader: &Reloader) -> Result<()> {
    let (send, receive) = mpsc::channel();
    let report = move |events: DebounceEventResult| {
        let events = events.into_iter().flatten().filter(|event| is_change(event.kind));
        let paths: Vec<PathBuf> = events.flat_map(|event| event.event.paths).collect();
        // The receiver goes only when this process does.
        let _ = send.send(paths);
    };
    let mut debouncer = new_debouncer(Duration::from_millis(100), None, report)?;
    let scripts = format!("{WEB}/src");
    for (name, mode) in [
        (BOOK, RecursiveMode::Recursive),
        (LESSONS, RecursiveMode::Recursive),
        (&scripts, RecursiveMode::Recursive),
        // An editor may replace the file, so that a watch on it alone would see one change.
        ("", RecursiveMode::NonRecursive),
    ] {
        let path = root.join(name);
        if path.exists() {
            debouncer.watch(path, mode)?;
        }
    }
    for paths in receive {
        let matters = |path: &&PathBuf| {
            let path = path.strip_prefix(root).unwrap_or(path);
            [BOOK, LESSONS, &scripts].iter().any(|folder| path.starts_with(folder))
                || path == Path::new(BOOK_TOML)
        };
        let Some(path) = paths.iter().find(matters) else { continue };
        if paths.iter().any(|path| !path.starts_with(root.join(BOOK))) {
            live.forget();
        }
        let built = loaded(root).and_then(|book| rebuilt(&book, &mut live));
        if built.is_ok() {
            println!(
                "rebuilt after a change of {}",
                path.strip_prefix(root).unwrap_or(path).display()
            );
            reloader.reload();
        }
        show(&built);
    }
    Ok(())
}

/// Whether a file is another now. A build reads every one, and that is an event too.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)))
}

fn show(result: &Result<()>) {
    if let Err(error) = result {
        eprintln!("{error:#}\n");
    }
}
