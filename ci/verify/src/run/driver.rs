//! The program that runs a session in its interpreter.

/// Its text.
pub const DRIVER: &str = include_str!("driver.py");

/// The driver's MODE: a change of what it does that can move a count raises it.
pub(crate) fn mode() -> &'static str {
    let line = DRIVER.lines().find_map(|line| line.strip_prefix("MODE = "));
    line.expect("driver.py sets MODE")
}
