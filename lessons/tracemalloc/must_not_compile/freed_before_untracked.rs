//~ error[E0505]: cannot move out of `room` because it is borrowed
pub struct Tracked<'a>(&'a [u8]);

impl Drop for Tracked<'_> {
    fn drop(&mut self) {
        // Here stands the call of `PyTraceMalloc_Untrack`.
        assert!(!self.0.is_empty());
    }
}

pub fn free_too_early(room: Vec<u8>) {
    let _tracked = Tracked(&room);
    drop(room);
}
