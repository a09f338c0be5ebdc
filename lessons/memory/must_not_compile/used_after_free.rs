//~ error[E0382]: use of moved value: `block`
use std::ffi::c_void;

pub struct Block(*mut c_void);

impl Block {
    pub fn free(self) {
        // SAFETY: attached; `PyMem_Malloc` gave it, it is ours and ends here.
        unsafe { pyo3::ffi::PyMem_Free(self.0) };
    }
}

pub fn free_and_look(block: Block) -> bool {
    block.free();
    block.0.is_null()
}
