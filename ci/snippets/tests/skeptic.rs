//! One test a snippet, named after its chapter, section and line.

include!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
