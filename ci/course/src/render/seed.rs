//! Chance that anyone can run again, for tests.

/// A generator of numbers (xorshift).
pub(super) struct Seed(pub(super) u64);

impl Seed {
    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).expect("less than a usize")
    }
}
