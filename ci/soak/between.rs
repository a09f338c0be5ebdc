//! Lets one thread do something between two steps of a function that another thread runs.
//!
//! A lesson's extension reaches each function of the C API through a slot of a table, which the
//! loader has filled. `hook` puts a stub into such a slot. Before and after each call, in the one
//! thread that is armed, the stub asks the other thread to make its change, and goes on when it
//! is made, or cannot be made because it waits for a lock. Whatever a function holds without
//! owning it, from one call to the next, thus meets a change at each place where it could.
//!
//! Linux on x86-64 only, loaded with ctypes. It needs no header, no crate and no CPython.

use std::arch::global_asm;
use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_int, c_long};
use std::ptr;
use std::sync::atomic::{AtomicI32, AtomicU32, AtomicUsize, Ordering::SeqCst};

const STUBS: usize = 512;
static SHORT: [i64; 2] = [0, 300_000]; // seconds and nanoseconds of one look
const LOOKS: usize = 100_000; // half a minute, before a change that never comes is given up
const FUTEX: c_long = 202;
const GETTID: c_long = 186;
const WAIT: c_int = 128; // FUTEX_WAIT | FUTEX_PRIVATE_FLAG
const WAKE: c_int = 129;

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
    fn open(path: *const c_char, flags: c_int, ...) -> c_int;
    fn read(file: c_int, buffer: *mut u8, size: usize) -> isize;
    fn close(file: c_int) -> c_int;
    fn mprotect(address: usize, size: usize, protection: c_int) -> c_int;
    static stubs: u8;
}

// Each stub says which it is. What is called afterwards finds every register and the stack as
// the caller left them, except for the address to return to.
global_asm!(
    ".balign 16",
    "stubs:",
    ".set number, 0",
    ".rept 512",
    ".balign 16",
    "mov r11d, number",
    "jmp 2f",
    ".set number, number + 1",
    ".endr",
    "2:",
    "push rax", "push rdi", "push rsi", "push rdx", "push rcx", "push r8", "push r9",
    "sub rsp, 144",
    "movups [rsp], xmm0", "movups [rsp + 16], xmm1", "movups [rsp + 32], xmm2",
    "movups [rsp + 48], xmm3", "movups [rsp + 64], xmm4", "movups [rsp + 80], xmm5",
    "movups [rsp + 96], xmm6", "movups [rsp + 112], xmm7",
    "mov edi, r11d",
    "mov rsi, [rsp + 200]",
    "call {enter}",
    "mov r10, rax",
    "mov r11, rdx",
    "movups xmm0, [rsp]", "movups xmm1, [rsp + 16]", "movups xmm2, [rsp + 32]",
    "movups xmm3, [rsp + 48]", "movups xmm4, [rsp + 64]", "movups xmm5, [rsp + 80]",
    "movups xmm6, [rsp + 96]", "movups xmm7, [rsp + 112]",
    "add rsp, 144",
    "pop r9", "pop r8", "pop rcx", "pop rdx", "pop rsi", "pop rdi", "pop rax",
    "test r11, r11",
    "jz 3f",
    "lea r11, [rip + 4f]",
    "mov [rsp], r11",
    "3:",
    "jmp r10",
    "4:",
    "sub rsp, 8",
    "push rax", "push rdx",
    "sub rsp, 40",
    "movups [rsp], xmm0", "movups [rsp + 16], xmm1",
    "call {leave}",
    "mov [rsp + 56], rax",
    "movups xmm0, [rsp]", "movups xmm1, [rsp + 16]",
    "add rsp, 40",
    "pop rdx", "pop rax",
    "ret",
    enter = sym enter,
    leave = sym leave,
);

/// What each stub stands in front of.
static BEHIND: [AtomicUsize; STUBS] = [const { AtomicUsize::new(0) }; STUBS];
static USED: AtomicUsize = AtomicUsize::new(0);

/// How many changes were asked for, and how many are made.
static ASKED: AtomicU32 = AtomicU32::new(0);
static MADE: AtomicU32 = AtomicU32::new(0);
/// The thread that makes them.
static CHANGER: AtomicI32 = AtomicI32::new(0);

thread_local! {
    static ARMED: Cell<bool> = const { Cell::new(false) };
    static ONLY: Cell<i64> = const { Cell::new(-1) };
    static MOST: Cell<i64> = const { Cell::new(0) };
    static MOMENT: Cell<i64> = const { Cell::new(0) };
    static RETURNS: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Puts a stub into the slot, in front of what is in it; 0, or -1 where that cannot be.
#[unsafe(no_mangle)]
extern "C" fn hook(slot: usize) -> c_int {
    let number = USED.fetch_add(1, SeqCst);
    // SAFETY: readable and writable from here on; the page holds such slots and no code.
    if number >= STUBS || unsafe { mprotect(slot & !4095, 4096, 3) } != 0 {
        return -1;
    }
    // SAFETY: our caller has read in the file that this is a slot, and it is aligned.
    let slot = unsafe { &*(slot as *const AtomicUsize) };
    BEHIND[number].store(slot.load(SeqCst), SeqCst);
    slot.store(&raw const stubs as usize + 16 * number, SeqCst);
    0
}

/// From here on this thread asks for changes: at its moment `only`, or if that is -1, at each of
/// its first `most`.
#[unsafe(no_mangle)]
extern "C" fn arm(only: i64, most: i64) {
    ONLY.set(only);
    MOST.set(most);
    MOMENT.set(0);
    RETURNS.with_borrow_mut(|returns| returns.reserve(1024));
    ARMED.set(true);
}

/// Ends that, and tells how many moments there were.
#[unsafe(no_mangle)]
extern "C" fn disarm() -> i64 {
    ARMED.set(false);
    MOMENT.get()
}

/// Asks for one change and waits for it.
#[unsafe(no_mangle)]
extern "C" fn ask() -> c_int {
    settle(true);
    ASKED.fetch_add(1, SeqCst);
    wake(&ASKED);
    settle(true)
}

/// The changer: has made what it was asked for, and waits until it is asked again.
#[unsafe(no_mangle)]
extern "C" fn wait() {
    // SAFETY: it takes nothing and gives a number.
    CHANGER.store(unsafe { syscall(GETTID) } as i32, SeqCst);
    let asked = ASKED.load(SeqCst);
    MADE.store(asked, SeqCst);
    wake(&MADE);
    while ASKED.load(SeqCst) == asked {
        sleep(&ASKED, asked, ptr::null());
    }
}

#[repr(C)]
struct Entered {
    behind: usize,
    returns_to_us: usize,
}

extern "C" fn enter(number: u32, returns: usize) -> Entered {
    let behind = BEHIND[number as usize].load(SeqCst);
    let armed = ARMED.get();
    if armed {
        moment();
        RETURNS.with_borrow_mut(|kept| kept.push(returns));
    }
    Entered { behind, returns_to_us: armed.into() }
}

extern "C" fn leave() -> usize {
    if ARMED.get() {
        moment();
    }
    RETURNS.with_borrow_mut(Vec::pop).expect("each call was entered")
}

/// A place between two steps of the function.
fn moment() {
    let now = MOMENT.replace(MOMENT.get() + 1);
    let here = if ONLY.get() < 0 { now < MOST.get() } else { now == ONLY.get() };
    // A change that still waits for a lock is enough.
    if here && settle(false) == 0 {
        ASKED.fetch_add(1, SeqCst);
        wake(&ASKED);
        settle(false);
    }
}

/// Waits until all changes are made that were asked for: 0. Where the changer itself waits, -1,
/// except `really`.
fn settle(really: bool) -> c_int {
    for _ in 0..LOOKS {
        let made = MADE.load(SeqCst);
        if made == ASKED.load(SeqCst) {
            return 0;
        }
        if sleep(&MADE, made, &SHORT) && !really && waits() {
            return if MADE.load(SeqCst) == ASKED.load(SeqCst) { 0 } else { -1 };
        }
    }
    -1
}

fn wake(word: &AtomicU32) {
    // SAFETY: `word` is alive; nobody else is woken.
    unsafe { syscall(FUTEX, word.as_ptr(), WAKE, 1) };
}

/// Sleeps while `word` has this value, no longer than `most`; whether it still has it.
fn sleep(word: &AtomicU32, value: u32, most: *const [i64; 2]) -> bool {
    // SAFETY: `word` is alive, and so is `most`, if it is not NULL.
    unsafe { syscall(FUTEX, word.as_ptr(), WAIT, value, most) };
    word.load(SeqCst) == value
}

/// Whether the changer sleeps: the state in /proc/self/task/<thread>/stat is the letter behind
/// the last parenthesis.
fn waits() -> bool {
    let path = format!("/proc/self/task/{}/stat\0", CHANGER.load(SeqCst));
    let mut text = [0; 256];
    // SAFETY: the path ends in NUL.
    let file = unsafe { open(path.as_ptr().cast(), 0) };
    // SAFETY: `text` is ours, and as long as we say.
    let size = unsafe { read(file, text.as_mut_ptr(), text.len()) }.max(0) as usize;
    // SAFETY: ours; nobody uses it any more.
    unsafe { close(file) };
    let text = &text[..size];
    let behind = text.iter().rposition(|&byte| byte == b')').map_or(0, |at| at + 2);
    text.get(behind) == Some(&b'S')
}
