//! The command, run as a person runs it: what it says, what it leaves, how it ends.

#![forbid(unsafe_code)]

mod bite;
mod book;
mod chapter;
mod checkouts;
mod clinic;
mod describe;
mod files;
mod interpreter;
mod keys;
mod lessons;
mod listing;
mod live;
mod machine;
mod map;
mod modules;
mod new;
mod notebook;
mod packages;
mod picture;
mod process;
mod question;
mod readme;
mod record;
mod refused;
mod repository;
mod scratch;
mod session;
mod stop;
mod tree;
mod value;
mod variables;
mod whole;
mod write;
