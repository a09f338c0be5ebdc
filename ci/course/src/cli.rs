//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use verify::Tag;

/// Everything about the course: check it, record it, build and serve the book.
#[derive(Debug, Parser)]
#[command(name = "cargo course", bin_name = "cargo course", disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What `describe --help` says.
const DESCRIBE: &str = "\
Describe the course to other programs: one JSON object on standard output.

  version       1; another number where a program must be changed to go on reading it
  command       the file of this very program, which cargo need not start
  root, target  the course's folder, and the folder of all that is built
  launch        how the Python of a session is started: its `options`; the variables that it has
                `kept` of its surroundings; its `environment`, in which {work} stands for the empty
                folder that it starts in and {temporary} for another one
  driver        the source of the program that runs the cells in it
  mask          what a record hides: each match of `find`, a regular expression, becomes `write`,
                in which $1 is its first group; a line without any of `among` has no match
  tags          the tags of the interpreters and of all columns, from old to new
  interpreters  each CPython found: its `tag`, `minor`, `build`, `version`, `executable`, the
                `source` that named it, and whether it is the `chosen` one of its tag
  lessons       each lesson: its `topic`, `package`, `module`, `folder` and the `files` below it,
                the text of its `session`, the `tags` of its columns, and its `cells`
  built         with --build: the `tag`, `version` and `executable` that it was built for, by topic the
                folders of the `extensions`, the `jobs` that the driver is given to run the
                sessions, and the words for what `failed`; by name, the folders of the `packages`
                that cells import, and why those that are `lacking` cannot be had; else null

Each cell has a `name`, the `line` of its marker, the `source` under it, the marker's `keys`, the
tags on which it `runs`, the first program it needs that is `missing` here or null, and what is
recorded of it: the texts it has `printed`, each with its `tags`.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run every lesson in every CPython and compare with the records; changes nothing
    Check {
        #[command(flatten)]
        matrix: Matrix,
        /// Tags that must be run, such as 3.9,3.15; without them or with a stale column, fail
        #[arg(long, value_delimiter = ',', value_name = "TAG,…")]
        require: Vec<Tag>,
        /// Run the lessons that are installed in these interpreters, as by a wheel; build none
        #[arg(long, requires = "python")]
        installed: bool,
    },
    /// Run the same, and write what was printed into the records
    Regen {
        #[command(flatten)]
        matrix: Matrix,
    },
    /// Run a lesson's session, or its cells up to one, and show what each prints
    Run {
        /// The lesson's topic, such as tuple
        lesson: String,
        /// The last cell to run
        cell: Option<String>,
        #[command(flatten)]
        python: Python,
    },
    /// Start a Python, IPython if installed, with a lesson's cells loaded
    Shell {
        /// The lesson's topic, such as tuple
        lesson: String,
        #[command(flatten)]
        python: Python,
    },
    /// Describe the course to other programs: lessons, cells, interpreters, how a session starts
    #[command(long_about = DESCRIBE)]
    Describe {
        /// The lessons' topics; all by default
        lessons: Vec<String>,
        /// In JSON, the one form there is
        #[arg(long, required = true)]
        json: bool,
        /// Build the lessons for this interpreter too, and say where they can be imported from
        #[arg(long, value_name = "TAG|PATH")]
        build: Option<PathBuf>,
    },
    /// List the lessons and the CPythons each is recorded on
    List,
    /// Start a lesson and its chapter, which pass once they are recorded
    New {
        /// One word in small letters, such as set
        topic: String,
    },
    /// Show what is there, what is missing, and how to get it
    Doctor,
    /// Build the book into the folder that book.toml names
    Build {
        /// Refuse what is stale or not recorded
        #[arg(long)]
        strict: bool,
    },
    /// Serve the book on this machine only; rebuild and reload it on every change
    Serve {
        /// Open a browser
        #[arg(long)]
        open: bool,
        /// The port; 0 for any that is free
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
    /// Speak mdBook's preprocessor protocol (book.toml calls this)
    #[command(hide = true)]
    Preprocess {
        #[command(subcommand)]
        question: Option<Question>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Question {
    /// Whether a renderer is supported: all are
    Supports { renderer: String },
}

/// Which lessons, in which interpreters.
#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// The lessons' topics; all by default
    pub(crate) lessons: Vec<String>,
    /// Only these interpreters, by tag or path; all that are found by default
    #[arg(long, value_name = "TAG|PATH,…", value_delimiter = ',')]
    pub(crate) python: Vec<String>,
    /// How many builds and sessions are under way at once; one more than cores by default
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    /// How long a cell may take, in seconds
    #[arg(long, default_value_t = 60.0, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: f64,
}

/// Which interpreter.
#[derive(Debug, Args)]
pub(crate) struct Python {
    /// The interpreter, by tag or path; by default the one PyO3 would take
    #[arg(long, value_name = "TAG|PATH")]
    pub(crate) python: Option<PathBuf>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds is meant".to_owned())?;
    if seconds > 0.0 && seconds < 1e6 {
        Ok(seconds)
    } else {
        Err("between 0 and 1000000".to_owned())
    }
}
