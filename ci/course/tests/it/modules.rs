//! No circle of modules: what stands lower knows nothing of what stands above it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

use crate::repository::{REPOSITORY, files_below};

/// A module by its path from the crate's root, which is the empty one.
type Module = Vec<String>;

/// Which modules each module names.
type Uses = BTreeMap<Module, BTreeSet<Module>>;

/// Which modules name which, in a crate of `files`: the path below `src`, and the text.
fn uses(files: &BTreeMap<String, String>) -> Uses {
    let modules: BTreeSet<Module> = files.keys().map(|path| module_of(path)).collect();
    let of = |(path, text): (&String, &String)| {
        let module = module_of(path);
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut names = Names::default();
        names.visit_file(&file);
        let found = names.paths.iter().filter_map(|path| resolve(path, &module, &modules));
        let found = found.filter(|other| *other != module).collect();
        (module, found)
    };
    files.iter().map(of).collect()
}

/// `run::plan` of `run/plan.rs`, and `run` of `run/mod.rs`.
fn module_of(path: &str) -> Module {
    let parts = path.trim_end_matches(".rs").split('/');
    let mut module: Module = parts.map(str::to_owned).collect();
    if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        module.pop();
    }
    module
}

/// The module that `path`, written in `from`, leads into.
fn resolve(path: &[String], from: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let mut module = from.clone();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate" | "$crate") => (module, rest) = (Module::new(), &path[1..]),
        Some("self") => rest = &path[1..],
        Some("super") => {
            while let Some(("super", after)) = rest.split_first().map(|(a, b)| (a.as_str(), b)) {
                module.pop();
                rest = after;
            }
        }
        Some(child) if modules.contains(&[&module[..], &[child.to_owned()]].concat()) => {}
        _ => return None,
    }
    for part in rest {
        let inner = [&module[..], std::slice::from_ref(part)].concat();
        if !modules.contains(&inner) {
            break;
        }
        module = inner;
    }
    Some(module)
}

/// Every path that a file names, but in its tests.
#[derive(Default)]
struct Names {
    paths: Vec<Vec<String>>,
}

impl Names {
    fn tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            UseTree::Name(name) => self.paths.push(with(&name.ident)),
            UseTree::Rename(name) => self.paths.push(with(&name.ident)),
            UseTree::Glob(_) => self.paths.push(before.to_vec()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(before, tree)),
        }
    }

    /// What a macro is given is no syntax yet: its `a::b::c` are looked for.
    fn tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (Vec::new(), 0);
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.paths.push(std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(point) if point.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.paths.push(std::mem::take(&mut path));
                    self.tokens(group.stream());
                }
                _ => self.paths.push(std::mem::take(&mut path)),
            }
        }
        self.paths.push(path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let of_tests = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(of_tests)
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if is_test(&module.attrs) => {}
            Item::Mod(module) if module.content.is_some() => {
                panic!("`mod {}` has no file of its own", module.ident)
            }
            Item::Use(item) if is_test(&item.attrs) => {}
            Item::Use(item) => self.tree(&[], &item.tree),
            item => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, macro_call: &'ast syn::Macro) {
        self.visit_path(&macro_call.path);
        self.tokens(macro_call.tokens.clone());
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.visit_path(&list.path);
        self.tokens(list.tokens.clone());
    }

    /// Who may see an item is no use of it.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

/// What is left of `uses` when everything that is on no circle is taken away.
fn circles(mut uses: Uses) -> Uses {
    loop {
        let before: usize = uses.values().map(BTreeSet::len).sum();
        let used: BTreeSet<Module> = uses.values().flatten().cloned().collect();
        uses.retain(|module, others| used.contains(module) && !others.is_empty());
        let left: BTreeSet<Module> = uses.keys().cloned().collect();
        uses.values_mut().for_each(|others| others.retain(|other| left.contains(other)));
        if uses.values().map(BTreeSet::len).sum::<usize>() == before {
            return uses;
        }
    }
}

/// The same between the folders and files that stand directly in `src`.
fn by_folder(uses: &Uses) -> Uses {
    let folder = |module: &Module| module.first().map(|first| vec![first.clone()]);
    let mut folders = Uses::new();
    for (module, others) in uses {
        let Some(from) = folder(module) else { continue };
        let others = others.iter().filter_map(folder).filter(|to| *to != from);
        folders.entry(from.clone()).or_default().extend(others);
    }
    folders
}

fn shown(uses: &Uses) -> Vec<String> {
    let name = |module: &Module| ["crate"].into_iter().map(str::to_owned).chain(module.clone());
    let name = |module: &Module| name(module).collect::<Vec<_>>().join("::");
    let lines = uses.iter().flat_map(|(from, to)| to.iter().map(move |to| (from, to)));
    lines.map(|(from, to)| format!("{} uses {}", name(from), name(to))).collect()
}

fn read(name: &str) -> Uses {
    let folder = REPOSITORY.join("ci").join(name).join("src");
    let files = files_below(&folder).into_keys();
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let text = |path: &Path| fs::read_to_string(folder.join(path)).expect("it is there");
    let files: BTreeMap<String, String> =
        files.map(|path| (path.display().to_string().replace('\\', "/"), text(&path))).collect();
    assert!(files.len() > 20, "{} has hardly a file", folder.display());
    uses(&files)
}

#[test]
fn no_module_of_verify_or_of_the_command_stands_on_a_circle() {
    for name in ["verify", "course"] {
        let uses = read(name);
        assert_eq!(shown(&circles(by_folder(&uses))), [""; 0], "folders of {name}");
        assert_eq!(shown(&circles(uses)), [""; 0], "modules of {name}");
    }
}

#[test]
fn a_sentence_knows_places_and_tags_and_nothing_richer() {
    for (name, known) in
        [("verify", &["cpython", "layout", "message", "problem"][..]), ("course", &["message"])]
    {
        let uses = read(name);
        let of = |module: &Module| module.first().is_some_and(|first| first == "message");
        let others = uses.iter().filter(|(module, _)| of(module)).flat_map(|(_, others)| others);
        let richer: Vec<&Module> =
            others.filter(|other| !known.contains(&other[0].as_str())).collect();
        assert!(richer.is_empty(), "the sentences of {name} use {richer:?}");
    }
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let found = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        shown(&circles(uses(&files.collect())))
    };
    let both = ["crate::a uses crate::b", "crate::b uses crate::a"];
    for uses_a in [
        "use crate::a;",
        "use crate::{a::X};",
        "use super::a::*;",
        "fn f(_: crate::a::X) {}",
        "fn f() { crate::a::g() }",
        "fn f() { format!(\"{}\", crate::a::g()) }",
        "impl super::a::X {}",
        "#[derive(crate::a::X)] struct Y;",
        "macro_rules! m { () => { $crate::a::g() } }",
    ] {
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::Y;"), ("b.rs", uses_a)];
        assert_eq!(found(&files), both, "{uses_a}");
    }
    for fine in [
        "#[cfg(test)] mod tests { use crate::a; }",
        "#[cfg(test)] use crate::a;",
        "pub(crate) fn a() { a() }",
        "use other::a;",
    ] {
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::Y;"), ("b.rs", fine)];
        assert_eq!(found(&files), [""; 0], "{fine}");
    }
    let child = ("c/d.rs", "use super::X;");
    assert_eq!(
        found(&[("lib.rs", "mod c;"), ("c/mod.rs", "mod d; pub use d::Y;"), child]),
        ["crate::c uses crate::c::d", "crate::c::d uses crate::c"]
    );
}
