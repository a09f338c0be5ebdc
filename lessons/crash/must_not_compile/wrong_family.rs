//~ error[E0133]: call to unsafe function
pub fn free(block: *mut u8, size: usize) {
    drop(Vec::from_raw_parts(block, size, size));
}
