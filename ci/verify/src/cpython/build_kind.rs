//! The kinds of build that a lesson can see, and all that depends on the kind.

use strum::VariantArray;

/// How a CPython was built, as far as a lesson can see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Build {
    /// The default build, with the global interpreter lock.
    Gil,
    /// `--disable-gil`.
    FreeThreaded,
    /// Pyodide: Emscripten's, run by a browser or by Node.js.
    Wasm,
    /// `--with-pydebug`. Serves the leak checks; has no column.
    Debug,
}

impl Build {
    /// Every kind, in the order in which tags are told.
    pub const ALL: &[Build] = Build::VARIANTS;

    /// The native build whose `sys` has these marks, if it is of a kind that lessons run on.
    pub fn native(debug: bool, free_threaded: bool) -> Option<Build> {
        match (debug, free_threaded) {
            (true, true) => None,
            (true, false) => Some(Build::Debug),
            (false, true) => Some(Build::FreeThreaded),
            (false, false) => Some(Build::Gil),
        }
    }

    /// What ends a tag of this kind: `t` of `3.14t`.
    pub fn suffix(self) -> &'static str {
        match self {
            Build::Gil => "",
            Build::FreeThreaded => "t",
            Build::Wasm => "-wasm",
            Build::Debug => "d",
        }
    }

    /// The word by which a session, and another program, names this kind.
    pub fn word(self) -> &'static str {
        match self {
            Build::Gil => "gil",
            Build::FreeThreaded => "free-threaded",
            Build::Wasm => "wasm",
            Build::Debug => "debug",
        }
    }

    /// Where a cell runs that names this kind, as a page says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Build::Gil => "on the default build",
            Build::FreeThreaded => "on the free-threaded build",
            Build::Wasm => "in the browser",
            Build::Debug => "on the debug build",
        }
    }

    /// The kind that the keys of a cell mean by it: to a session a debug build is a default build.
    #[must_use]
    pub fn as_cells_name_it(self) -> Build {
        match self {
            Build::Debug => Build::Gil,
            Build::Gil | Build::FreeThreaded | Build::Wasm => self,
        }
    }

    /// The kind whose extensions it loads: a debug build shares the ABI of the default build.
    #[must_use]
    pub fn abi(self) -> Build {
        match self {
            Build::Debug => Build::Gil,
            Build::Gil | Build::FreeThreaded | Build::Wasm => self,
        }
    }

    /// Whether its interpreters have a column in the records.
    pub fn has_column(self) -> bool {
        match self {
            Build::Gil | Build::FreeThreaded | Build::Wasm => true,
            Build::Debug => false,
        }
    }

    /// Whether it is a program of this machine, `python3.N` and the suffix. What is not is run by
    /// another program, has no process to fork, no shell, and is built by another linker.
    pub fn is_native(self) -> bool {
        match self {
            Build::Gil | Build::FreeThreaded | Build::Debug => true,
            Build::Wasm => false,
        }
    }

    /// The kind that `word` names, if a session may name it.
    pub fn from_word(word: &str) -> Option<Build> {
        let named = Build::ALL.iter().filter(|build| build.has_column());
        named.copied().find(|build| build.word() == word)
    }

    /// The kind that ends its tags so.
    pub fn from_suffix(suffix: &str) -> Option<Build> {
        Build::ALL.iter().copied().find(|build| build.suffix() == suffix)
    }
}
