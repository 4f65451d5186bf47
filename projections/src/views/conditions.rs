//! The legal framework through time, and conditions in voluntary help with what each said of them.

use domain::framework::{Condition, ConditionWord};
use domain::ids::{ConditionId, PersonId, RulingId};
use domain::life::LegalFramework;
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// That the framework changed.
#[derive(Clone, PartialEq, Debug)]
pub struct FrameworkView {
    /// The framework from that day on.
    pub framework: Kept<LegalFramework>,
    /// The first day.
    pub from: CivilDay,
    /// The ruling it rests on.
    pub ruling: Option<RulingId>,
}

/// A condition in voluntary help.
#[derive(Clone, PartialEq, Debug)]
pub struct ConditionView {
    /// The condition, with who may know of it.
    pub condition: Kept<ConditionId>,
    /// Of whom it asks something, in order of joining.
    pub persons: Vec<PersonId>,
    /// What.
    pub what: Kept<Personal<Text>>,
    /// Why.
    pub why: Kept<Personal<Text>>,
    /// Who sets it.
    pub set_by: Kept<Personal<Line>>,
    /// The day.
    pub on: CivilDay,
    /// The last day.
    pub until: CivilDay,
    /// To whom it was explained that it may be refused, in order of joining.
    pub explained: Vec<PersonId>,
    /// What each said of it, in the order told.
    pub words: Vec<ConditionWordView>,
    /// When it ended before its last day, and why.
    pub ended: Option<(Kept<CivilDay>, Kept<Personal<Text>>)>,
    /// Whether it holds on the day looked at.
    pub holds: bool,
}

/// What somebody said of a condition.
#[derive(Clone, PartialEq, Debug)]
pub struct ConditionWordView {
    /// Who.
    pub person: PersonId,
    /// Whether they accept it.
    pub accepts: Kept<Personal<bool>>,
    /// In their words.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
}

/// The framework that holds on the day, when it changed since the opening.
#[must_use]
pub fn framework_now(reading: &Reading<'_>) -> Option<Kept<LegalFramework>> {
    let change = reading.state().conditions.change_on(reading.day())?;
    Some(reading.kept(change.framework, change.fact))
}

/// Every change of the framework that had begun by the day, in order of the first day.
#[must_use]
pub fn changes(reading: &Reading<'_>) -> Vec<FrameworkView> {
    let begun = reading.state().conditions.changes().iter().filter(|change| change.from <= reading.day());
    let mut changes: Vec<_> = begun.collect();
    changes.sort_by_key(|change| (change.from, reading.recorded(change.fact)));
    let view = |change: &domain::framework::Change| FrameworkView {
        framework: reading.kept(change.framework, change.fact),
        from: change.from,
        ruling: change.ruling,
    };
    changes.into_iter().map(view).collect()
}

/// Every condition by the day, in order of the day.
#[must_use]
pub fn conditions(reading: &Reading<'_>) -> Vec<ConditionView> {
    let mut known: Vec<_> = reading.state().conditions.all().iter().filter(|found| found.on <= reading.day()).collect();
    known.sort_by_key(|found| (found.on, reading.recorded(found.fact)));
    known.into_iter().map(|found| view(reading, found)).collect()
}

fn view(reading: &Reading<'_>, found: &Condition) -> ConditionView {
    let day = reading.day();
    let ended = found.ended.as_ref().filter(|(on, ..)| *on <= day);
    let word = |word: &ConditionWord| ConditionWordView {
        person: word.person,
        accepts: reading.kept(word.accepts.clone(), word.fact),
        words: word.words.clone().map(|words| reading.kept_words(words, word.fact)),
        on: word.on,
    };
    ConditionView {
        condition: reading.kept(found.id, found.fact),
        persons: reading.by_joining(&found.persons),
        what: reading.kept_words(found.what.clone(), found.fact),
        why: reading.kept_words(found.why.clone(), found.fact),
        set_by: reading.kept_words(found.set_by.clone(), found.fact),
        on: found.on,
        until: found.until,
        explained: reading.by_joining(&found.explained),
        words: found.words.iter().filter(|word| word.on <= day).map(word).collect(),
        ended: ended.map(|(on, reason, fact)| (reading.kept(*on, *fact), reading.kept_words(reason.clone(), *fact))),
        holds: ended.is_none() && day <= found.until,
    }
}
