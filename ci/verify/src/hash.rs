//! Short hashes, by which a text is known again.

use sha2::{Digest, Sha256};

/// The digest of one text: 16 hexadecimal digits.
pub(crate) fn of_text(text: &str) -> String {
    short(&Sha256::digest(text))
}

/// The first 16 hexadecimal digits of a hash.
pub(crate) fn short(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
