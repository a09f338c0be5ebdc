//! What the driver reports, a line of JSON an event.

use serde::Deserialize;

/// One line of the report.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    /// How many bytes the session had printed by then.
    pub(super) at: u64,
    /// What came to pass.
    #[serde(flatten)]
    pub(super) what: What,
}

/// What came to pass.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(super) enum What {
    /// A cell does not run here.
    /// `binds` are the names it would bind; `None` where this Python cannot read it.
    Skipped { cell: String, binds: Option<Vec<String>> },
    /// A cell begins.
    Begin { cell: String },
    /// It ended.
    End(End),
    /// The evaluation of a bound expression begins.
    Evaluate { index: usize },
    /// It was evaluated.
    Value(Evaluated),
    /// The session came to its end.
    Done,
}

/// How a cell ended.
#[derive(Debug, Deserialize)]
pub(super) struct End {
    pub(super) cell: String,
    /// The line of the session at which it failed, where one is known.
    pub(super) line: Option<usize>,
    /// The names of the exception's class, where it ended in one.
    pub(super) raised: Option<Vec<String>>,
    /// The class of the value that its last expression has.
    pub(super) shows: Option<String>,
    /// What it left for the next ones.
    pub(super) left: Option<String>,
    /// The signal in which its fork ended.
    #[serde(default)]
    pub(super) signal: Option<i32>,
    /// The names it binds.
    pub(super) binds: Vec<String>,
}

/// What a bound expression was.
#[derive(Debug, Deserialize)]
pub(super) struct Evaluated {
    /// Its place among the expressions.
    pub(super) index: usize,
    /// Its text, or else why it has none.
    pub(super) text: Option<String>,
    pub(super) error: Option<String>,
    /// The names it needs, and those of them that Python itself has.
    pub(super) names: Vec<String>,
    pub(super) builtins: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(text: &str) -> Result<Event, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn an_event_has_what_its_kind_has() {
        let skipped =
            event(r#"{"event": "skipped", "cell": "a", "binds": null, "at": 3}"#).unwrap();
        assert!(matches!(skipped, Event { at: 3, what: What::Skipped { binds: None, .. } }));
        let done = event(r#"{"event": "done", "at": 7}"#).unwrap();
        assert!(matches!(done, Event { at: 7, what: What::Done }));
    }

    #[test]
    fn an_event_of_no_kind_or_without_its_parts_is_refused() {
        for text in [
            r#"{"event": "began", "cell": "a", "at": 1}"#,
            r#"{"event": "begin", "at": 1}"#,
            r#"{"event": "end", "cell": "a", "at": 1}"#,
            r#"{"event": "evaluate", "cell": "a", "at": 1}"#,
            r#"{"event": "done"}"#,
        ] {
            assert!(event(text).is_err(), "{text}: {:?}", event(text));
        }
    }
}
