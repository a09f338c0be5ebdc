//~ error[E0381]: used binding `block` isn't initialized
pub fn fresh() -> [u8; 8] {
    let block: [u8; 8];
    block
}
