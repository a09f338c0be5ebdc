//~ error[E0308]: mismatched types
use std::rc::Rc;

pub fn append(items: &Rc<Vec<u32>>, item: u32) {
    Rc::make_mut(items).push(item);
}
