//! What a session's events and output amount to.

use std::collections::BTreeMap;
use std::process::ExitStatus;

use super::bind::{self, Values};
use super::blame;
use super::event::{End, Event, What};
use super::job::{Job, Missing, Run};
use crate::lesson::{Cell, signal_name, signal_number};
use crate::mask::mask;
use crate::message;
use crate::problem::{Place, Problem, Problems};
use crate::process::{self, Ended};

impl Job<'_> {
    /// What the events and the output of a finished session amount to.
    ///
    /// # Errors
    ///
    /// Every cell that did not end as its keys say, or what ended the session before it was done.
    pub(super) fn judge(
        &self,
        events: &[Event],
        printed: &[u8],
        finished: &process::Finished,
    ) -> Result<Run, Problems> {
        let tag = self.interpreter.tag;
        let mut outputs = BTreeMap::new();
        let mut problems = Problems::new();
        let mut begun: Option<&Event> = None;
        let mut last_cell: Option<&Cell> = None;
        let mut silent_since = 0;
        for event in events {
            if !matches!(event.what, What::End(_)) && event.at > silent_since {
                problems.push(self.printed_between(last_cell, event, printed));
            }
            silent_since = event.at;
            match &event.what {
                What::Begin { .. } | What::Evaluate { .. } => begun = Some(event),
                What::Value(_) => begun = None,
                What::Skipped { .. } | What::Done => {}
                What::End(end) => {
                    let from = begun.take().map_or(0, |event| event.at);
                    let Some(cell) = self.lesson.session.cell(&end.cell) else { continue };
                    last_cell = Some(cell);
                    let bytes = slice(printed, from, event.at);
                    match std::str::from_utf8(bytes) {
                        Ok(text) => {
                            problems.extend(self.wrong_end(cell, end, text));
                            outputs.insert(cell.name.clone(), mask(text));
                        }
                        Err(error) => problems.push(message::printed_not_utf8(
                            self.place(cell),
                            &cell.name,
                            tag,
                            bytes,
                            error,
                        )),
                    }
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if events.is_empty() && !matches!(finished.ended, Ended::Stopped) {
            return Err(vec![self.ended_before(&finished.ended, printed)]);
        }
        // The session may have gone on before anybody saw how much a cell printed.
        let loud = events
            .iter()
            .find(|event| matches!(event.what, What::End(_)) && event.at > self.limits.output)
            .filter(|_| matches!(finished.ended, Ended::OutputLimit));
        let last = loud.or(begun);
        let done = events.iter().any(|event| matches!(event.what, What::Done));
        if !matches!(finished.ended, Ended::Itself(_)) || !done {
            return Err(vec![self.died(last, &finished.ended, printed)]);
        }
        if finished.left_behind {
            return Err(vec![message::left_process(self.lesson.place(1), tag)]);
        }
        let Values { values, unbound } = bind::values(self, events);
        Ok(Run {
            tag,
            version: self.interpreter.version.clone(),
            printed: outputs,
            missing: self.all_missing(),
            evaluated: self.expressions.to_vec(),
            values,
            unbound,
        })
    }

    /// The cells that run on this tag, but not on this machine.
    fn all_missing(&self) -> BTreeMap<String, Missing> {
        let cells = self.lesson.session.cells.iter();
        let cells = cells.filter(|cell| cell.runs_on(self.interpreter.tag));
        cells.filter_map(|cell| Some((cell.name.clone(), self.missing(cell)?))).collect()
    }

    /// What is wrong with the way a cell ended.
    fn wrong_end(&self, cell: &Cell, end: &End, text: &str) -> Option<Problem> {
        let (name, tag) = (cell.name.as_str(), self.interpreter.tag);
        let failed = end.line.map_or_else(|| self.place(cell), |line| self.lesson.place(line));
        if let Some(left) = &end.left {
            return Some(message::left_behind(self.place(cell), name, tag, left));
        }
        if let Some(kind) = &end.shows {
            return Some(message::shows_a_value(self.place(cell), name, kind));
        }
        if let Some(signal) = &cell.crashes {
            let ended = end.signal.map(signal_name);
            return (end.signal != signal_number(signal))
                .then(|| message::did_not_crash(self.place(cell), name, tag, signal, ended, text));
        }
        match (&cell.raises, &end.raised) {
            (None, None) => None,
            (Some(class), Some(names)) if names.contains(class) => None,
            (Some(class), Some(names)) => {
                let problem = message::raised_another(failed, name, tag, class, &names[0], text);
                Some(blame::exception(problem, &names[0], text))
            }
            (Some(class), None) => Some(message::did_not_raise(self.place(cell), name, tag, class)),
            (None, Some(names)) => {
                let problem = match names[0].as_str() {
                    "ModuleNotFoundError" => message::no_module(failed, name, tag, text),
                    class => message::raised(failed, name, tag, class, text),
                };
                Some(blame::exception(problem, &names[0], text))
            }
        }
    }

    /// Something was printed while no cell ran: after `cell`, or by an expression.
    fn printed_between(&self, cell: Option<&Cell>, event: &Event, printed: &[u8]) -> Problem {
        let place = cell.map_or_else(|| self.lesson.place(1), |cell| self.place(cell));
        let who = match (self.expression(event), cell) {
            (Some(expression), _) => format!("the bound expression `{expression}`"),
            (None, Some(cell)) => format!("cell `{}`, after its end", cell.name),
            (None, None) => return self.printed_before(slice(printed, 0, event.at)),
        };
        message::printed_between(place, &who, self.interpreter.tag)
    }

    /// The expression that an event is about.
    fn expression(&self, event: &Event) -> Option<&str> {
        let index = match &event.what {
            What::Evaluate { index } => *index,
            What::Value(value) => value.index,
            _ => return None,
        };
        self.expressions.get(index).map(String::as_str)
    }

    /// The cell that an event is about.
    fn cell(&self, event: &Event) -> Option<&Cell> {
        let name = match &event.what {
            What::Skipped { cell, .. } | What::Begin { cell } => cell,
            What::End(end) => &end.cell,
            _ => return None,
        };
        self.lesson.session.cell(name)
    }

    /// The process ended before the session did: in what `event` began, if anything had.
    fn died(&self, event: Option<&Event>, ended: &Ended, printed: &[u8]) -> Problem {
        let tag = self.interpreter.tag;
        let cell = event.and_then(|event| self.cell(event));
        let place = cell.map_or_else(|| self.lesson.place(1), |cell| self.place(cell));
        let name = match (cell, event.and_then(|event| self.expression(event))) {
            (Some(cell), _) => format!("cell `{}`", cell.name),
            (None, Some(expression)) => format!("the bound expression `{expression}`"),
            (None, None) => "the session".to_owned(),
        };
        let tail = tail(printed);
        match ended {
            Ended::TimeLimit => message::no_progress(place, &name, tag, self.limits.time),
            Ended::OutputLimit => message::too_much_output(place, &name, tag, self.limits.output),
            Ended::Stopped => message::stopped(),
            Ended::Itself(status) => match signal_of(*status) {
                Some(number) => {
                    let signal = signal_name(number);
                    let can_be_said = signal_number(&signal).is_some();
                    let problem = message::crashed(place, &name, tag, &signal, can_be_said, &tail);
                    blame::signal(problem, number)
                }
                None => blame::exit(message::exited(place, &name, tag, &status.to_string(), &tail)),
            },
        }
    }

    fn place(&self, cell: &Cell) -> Place {
        self.lesson.place(cell.line)
    }
}

fn slice(bytes: &[u8], from: u64, to: u64) -> &[u8] {
    let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    bytes.get(index(from)..index(to)).unwrap_or_default()
}

/// The last lines of what was printed.
fn tail(printed: &[u8]) -> String {
    let text = String::from_utf8_lossy(&printed[printed.len().saturating_sub(2000)..]).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal_of(_: ExitStatus) -> Option<i32> {
    None
}
