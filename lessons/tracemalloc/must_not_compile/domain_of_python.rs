//~ error[E0080]: called `Option::unwrap()` on a `None` value
use std::num::NonZero;

pub const DOMAIN: NonZero<u32> = NonZero::new(0).unwrap();
