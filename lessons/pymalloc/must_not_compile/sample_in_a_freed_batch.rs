//~ error[E0505]: cannot move out of `blocks` because it is borrowed
pub fn sample(blocks: Vec<Vec<u8>>) -> usize {
    let sample = &blocks[0];
    drop(blocks);
    sample.len()
}
