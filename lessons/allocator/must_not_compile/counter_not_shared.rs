//~ error[E0277]: `Cell<usize>` cannot be shared between threads safely
use std::cell::Cell;

pub static NEW: Cell<usize> = Cell::new(0);
