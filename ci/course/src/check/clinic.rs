//! Every bug that a lesson makes on purpose is measured, shown, and bears out its verdict.

use std::collections::{BTreeMap, BTreeSet};

use verify::{Place, Problem, Problems};

use super::typed_numbers;
use crate::message;
use crate::read::clinic::{Bug, Clinic, Verdict, order};
use crate::read::lessons::LessonData;

/// The rows that name what is not there, show no damage, or do not bear out their verdict,
/// and the functions of `src/wrong.rs` that have no row.
pub(crate) fn problems(data: &LessonData) -> Result<Problems, Problems> {
    let clinic = &data.clinic;
    let anchors = data.anchors("src/wrong.rs")?;
    let mut problems = Problems::new();
    for bug in &clinic.bugs {
        problems.extend(wrong_row(bug, data, &anchors));
    }
    let told = |name: &str| clinic.bugs.iter().any(|bug| bug.wrong.as_deref() == Some(name));
    let untold = anchors.keys().filter(|name| !told(name));
    problems.extend(untold.map(|name| message::bug_without_row(Place::file(&clinic.path), name)));
    // A number of the session's own is no more typed than the session is.
    let in_session = |number: &str| data.lesson.session.mentions(number);
    let sentences = clinic.sentences.iter();
    problems
        .extend(sentences.flat_map(|it| typed_numbers::sentence(&clinic.path, it, &in_session)));
    Ok(problems)
}

fn wrong_row(bug: &Bug, data: &LessonData, anchors: &BTreeMap<String, String>) -> Option<Problem> {
    let place = || data.clinic.place(bug);
    if let Some(number) = bug.number.as_deref().filter(|number| order(number).is_none()) {
        return Some(message::bad_number_of_bug(place(), number));
    }
    let evidence = [("case", &bug.case), ("proof", &bug.proof), ("why", &bug.why)];
    let evidence = evidence.iter().filter_map(|(key, value)| value.is_some().then_some(*key));
    let evidence: Vec<&str> = evidence.collect();
    let wanted = match (bug.wrong.is_some(), bug.verdict) {
        (true, Verdict::Refused) => "case",
        (true, Verdict::Harmless) => "proof",
        (false, Verdict::Refused) if bug.case.is_some() => "case",
        _ => "why",
    };
    if evidence != [wanted] {
        return Some(message::bad_evidence(place(), wanted, &evidence));
    }
    if let Some(name) = &bug.case {
        let Some(case) = data.cases.iter().find(|case| case.name == *name) else {
            let known: Vec<&str> = data.cases.iter().map(|case| case.name.as_str()).collect();
            return Some(message::unknown_case(place(), &data.lesson.topic, name, &known));
        };
        if case.code.as_deref() == Some("E0133") {
            return Some(message::forbids_nothing(place()));
        }
    }
    let Some(wrong) = &bug.wrong else {
        let tells = bug.cell.is_none() && bug.damage.is_none() && bug.unit.is_none();
        return (!tells).then(|| message::measures_nothing(place()));
    };
    if !anchors.contains_key(wrong) {
        let known: Vec<&str> = anchors.keys().map(String::as_str).collect();
        let path = data.lesson.folder().join("src/wrong.rs");
        return Some(message::unknown_anchor(place(), wrong, &path, &known));
    }
    let name = bug.cell.as_deref().unwrap_or_default();
    let Some(cell) = data.lesson.session.cell(name) else {
        return Some(message::unknown_cell(
            place(),
            &data.lesson.session_path(),
            name,
            &data.lesson.session.names(),
        ));
    };
    let ends = cell.crashes.is_some() || cell.raises.is_some();
    if bug.damage.is_none() && !ends {
        return Some(message::bug_without_damage(place()));
    }
    wrong_number(bug, data)
}

/// A damage of nothing, or a proof that is not 0, wherever they are recorded.
fn wrong_number(bug: &Bug, data: &LessonData) -> Option<Problem> {
    let was = |expression: &Option<String>| {
        let value = expression.as_ref().and_then(|known| data.record.value(known));
        value.map_or(&[][..], |value| &value.was)
    };
    let nothing = |text: &str| text.trim() == "0";
    let (damage, proof) = (was(&bug.damage), was(&bug.proof));
    if !damage.is_empty() && damage.iter().all(|shared| nothing(&shared.text)) {
        return Some(message::damages_nothing(data.clinic.place(bug)));
    }
    let harm = proof.iter().find(|shared| !nothing(&shared.text))?;
    let problem = message::proves_nothing(data.clinic.place(bug), harm.text.trim());
    Some(problem.on(*harm.tags.first()?))
}

/// The numbers from `B1` to the highest that no lesson has.
pub(crate) fn left_out(clinics: &[&Clinic]) -> Vec<String> {
    let bugs = clinics.iter().flat_map(|clinic| &clinic.bugs);
    let known: BTreeSet<u32> = bugs.filter_map(|bug| order(bug.number.as_deref()?)).collect();
    let last = known.last().copied().unwrap_or(0);
    (1..last).filter(|number| !known.contains(number)).map(|number| format!("B{number}")).collect()
}
