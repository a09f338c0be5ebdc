//! What the driver reports.

use serde::Deserialize;

/// One line of the driver's report.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) event: String,
    pub(super) at: u64,
    pub(super) cell: Option<String>,
    pub(super) line: Option<usize>,
    pub(super) raised: Option<Vec<String>>,
    pub(super) shows: Option<String>,
    pub(super) left: Option<String>,
    pub(super) signal: Option<i32>,
    pub(super) binds: Option<Vec<String>>,
    pub(super) index: Option<usize>,
    pub(super) text: Option<String>,
    pub(super) error: Option<String>,
    pub(super) names: Option<Vec<String>>,
    pub(super) builtins: Option<Vec<String>>,
}
