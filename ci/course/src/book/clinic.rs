//! The bugs that a lesson makes on purpose, what each costs, and what Rust makes of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use toml::Spanned;
use verify::{Lesson, Place, Problem, Problems};

use super::shelf::Volume;
use super::table;
use crate::message;

/// The rows of a lesson's `clinic.toml`; none where it has no such file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clinic {
    path: PathBuf,
    pub(crate) bugs: Vec<Bug>,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bug {
    /// `B2`: which of the lecture's bugs it is, if it is one of them.
    pub(crate) number: Option<String>,
    /// The function of `src/wrong.rs` that makes it; a bug without one is only told.
    pub(crate) wrong: Option<String>,
    /// One sentence, in Markdown.
    pub(crate) what: String,
    /// The cell that measures it.
    pub(crate) cell: Option<String>,
    /// The bound expression that says what it costs, where the cell ends as any other.
    pub(crate) damage: Option<String>,
    /// What the damage is a number of, in Markdown.
    pub(crate) unit: Option<String>,
    pub(crate) verdict: Verdict,
    /// What must not compile, where the verdict is *refused*.
    pub(crate) case: Option<String>,
    /// A bound expression that is 0 on every CPython, where it is *harmless*.
    pub(crate) proof: Option<String>,
    /// Why no type forbids it, where it is *still yours*; or a note to what was not made.
    pub(crate) why: Option<String>,
    /// The line of its `[[bug]]`, counted from 1.
    #[serde(skip)]
    pub(crate) line: usize,
}

/// What becomes of the mistake in safe Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Verdict {
    /// The compiler forbids it.
    #[serde(rename = "refused")]
    Refused,
    /// It can be written, and does no harm: `Drop` sees to that.
    #[serde(rename = "harmless")]
    Harmless,
    /// Nothing stops it.
    #[serde(rename = "still yours")]
    StillYours,
}

impl Verdict {
    /// The verdict that `word` names, as a table has it.
    pub(crate) fn from_word(word: &str) -> Option<Verdict> {
        let word: StrDeserializer<'_, serde::de::value::Error> = word.into_deserializer();
        Verdict::deserialize(word).ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    bug: Vec<Spanned<Bug>>,
}

impl Clinic {
    /// Reads the `clinic.toml` of `lesson`.
    ///
    /// # Errors
    ///
    /// The file is not TOML, or has another key.
    pub(crate) fn load(lesson: &Lesson) -> Result<Clinic, Problem> {
        let path = lesson.folder().join("clinic.toml");
        let Ok(text) = fs::read_to_string(lesson.root.join(&path)) else {
            return Ok(Clinic::default());
        };
        let table: Table = table::read(&path, &text)?;
        let bugs = table::with_lines(&text, table.bug).map(|(line, bug)| Bug { line, ..bug });
        Ok(Clinic { bugs: bugs.collect(), path })
    }

    /// Where `bug` stands.
    pub(crate) fn place(&self, bug: &Bug) -> Place {
        Place::line(&self.path, bug.line)
    }

    /// The expressions that a lesson's record must have for its rows.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (&Bug, &str)> {
        self.bugs.iter().flat_map(|bug| {
            let both = [&bug.damage, &bug.proof].into_iter().flatten();
            both.map(move |expression| (bug, expression.as_str()))
        })
    }

    /// The rows that name what is not there, show no damage, or do not bear out their verdict,
    /// and the functions of `src/wrong.rs` that have no row.
    pub(crate) fn problems(&self, volume: &Volume) -> Result<Problems, Problems> {
        if self.bugs.is_empty() {
            return Ok(Problems::new());
        }
        let anchors = volume.anchors("src/wrong.rs")?;
        let mut problems = Problems::new();
        for bug in &self.bugs {
            problems.extend(self.wrong_row(bug, volume, &anchors));
        }
        let told = |name: &str| self.bugs.iter().any(|bug| bug.wrong.as_deref() == Some(name));
        let untold = anchors.keys().filter(|name| !told(name));
        problems.extend(untold.map(|name| message::bug_without_row(Place::file(&self.path), name)));
        Ok(problems)
    }

    fn wrong_row(
        &self,
        bug: &Bug,
        volume: &Volume,
        anchors: &BTreeMap<String, String>,
    ) -> Option<Problem> {
        let place = || self.place(bug);
        if bug.number.as_deref().is_some_and(|number| order(number).is_none()) {
            return Some(message::bad_bug(place(), "a number is written as `B2`"));
        }
        let evidence = (bug.case.is_some(), bug.proof.is_some(), bug.why.is_some());
        let wanted = match (bug.wrong.is_some(), bug.verdict) {
            (true, Verdict::Refused) => (true, false, false),
            (true, Verdict::Harmless) => (false, true, false),
            (false, Verdict::Refused) if bug.case.is_some() => (true, false, false),
            _ => (false, false, true),
        };
        if evidence != wanted {
            return Some(message::bad_bug(
                place(),
                "refused has a `case`, harmless a `proof`, still yours a `why`; \
                 a bug that is only told has a `why`",
            ));
        }
        if let Some(case) = &bug.case
            && !volume.cases.iter().any(|known| known.name == *case)
        {
            let known: Vec<&str> = volume.cases.iter().map(|case| case.name.as_str()).collect();
            return Some(message::unknown_case(place(), &volume.lesson.topic, case, &known));
        }
        let Some(wrong) = &bug.wrong else {
            let tells = bug.cell.is_none() && bug.damage.is_none() && bug.unit.is_none();
            return (!tells).then(|| message::bad_bug(place(), "it measures no function: `wrong`"));
        };
        if !anchors.contains_key(wrong) {
            let known: Vec<&str> = anchors.keys().map(String::as_str).collect();
            let path = volume.lesson.folder().join("src/wrong.rs");
            return Some(message::unknown_anchor(place(), wrong, &path, &known));
        }
        let name = bug.cell.as_deref().unwrap_or_default();
        let Some(cell) = volume.lesson.session.cell(name) else {
            return Some(message::unknown_cell(place(), &volume.lesson, name));
        };
        let ends = cell.crashes.is_some() || cell.raises.is_some();
        if bug.damage.is_none() && !ends {
            return Some(message::bad_bug(
                place(),
                "`damage` says what it costs, unless the cell ends in an exception or a signal",
            ));
        }
        self.wrong_number(bug, volume)
    }

    /// A damage of nothing, or a proof that is not 0, wherever they are recorded.
    fn wrong_number(&self, bug: &Bug, volume: &Volume) -> Option<Problem> {
        let was = |expression: &Option<String>| {
            let value = expression.as_ref().and_then(|known| volume.record.value(known));
            value.map_or(&[][..], |value| &value.was)
        };
        let nothing = |text: &str| text.trim() == "0";
        let (damage, proof) = (was(&bug.damage), was(&bug.proof));
        if !damage.is_empty() && damage.iter().all(|shared| nothing(&shared.text)) {
            return Some(message::bad_bug(self.place(bug), "its damage is 0 on every CPython"));
        }
        let harm = proof.iter().find(|shared| !nothing(&shared.text))?;
        let what = format!("its proof is {} and not 0", harm.text.trim());
        Some(message::bad_bug(self.place(bug), &what).on(*harm.tags.first()?))
    }
}

/// The numbers from `B1` to the highest that no lesson has.
pub(crate) fn left_out(clinics: &[&Clinic]) -> Vec<String> {
    let bugs = clinics.iter().flat_map(|clinic| &clinic.bugs);
    let known: BTreeSet<u32> = bugs.filter_map(|bug| order(bug.number.as_deref()?)).collect();
    let last = known.last().copied().unwrap_or(0);
    (1..last).filter(|number| !known.contains(number)).map(|number| format!("B{number}")).collect()
}

/// The order of a bug's number: 2 for `B2`.
pub(crate) fn order(number: &str) -> Option<u32> {
    number.strip_prefix('B')?.parse().ok()
}
