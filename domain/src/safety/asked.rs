//! What the state of a case asks about safety: who is still to be screened, what asks for the steps, which talk waits.

use super::{Lane, ScreeningOutcome};
use crate::case::CaseState;
use crate::conflict::Conflict;
use crate::ids::{ConflictId, EventId, LaneId, PersonId};
use crate::once::each_once;
use crate::people::{FamilyRole, Person};
use crate::personal::Personal;
use crate::terms::ConsentAges;
use crate::time::CivilDay;

/// The lowest stage of the ladder that asks for the safety steps (divorce.md, "Two ladders, one picture"; standards CC-H2).
const ASKS_FROM: u8 = 7;

/// Why the safety steps are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// Somebody experiences a conflict at stage 7 or more.
    Stage {
        /// The conflict.
        conflict: ConflictId,
        /// Who.
        person: PersonId,
    },
    /// A screening gave a signal.
    Screening {
        /// Of whom.
        person: PersonId,
    },
}

/// That the safety steps are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StepsAsked {
    /// Why.
    pub why: Why,
    /// The day on which that was assessed or found.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
    /// The lane that was open then, or was opened since: nothing while the steps still wait.
    pub lane: Option<LaneId>,
}

/// The parents and children of the case on a day of whom no whole screening is told: alone, with one-sided control in it. Each is open
/// until then.
#[must_use]
pub fn unscreened_on(state: &CaseState, day: CivilDay, ages: ConsentAges) -> Vec<PersonId> {
    let screened = |person: PersonId| {
        let mut all = state.safety.screenings().iter();
        all.any(|one| one.person == person && one.on <= day && one.is_whole())
    };
    let family = state.people.iter().filter(|person| is_parent(person) || person.is_child_on(day, ages));
    family.map(|person| person.id).filter(|person| !screened(*person)).collect()
}

/// Whether every parent and child of the case was screened by this day.
#[must_use]
pub fn screened_on(state: &CaseState, day: CivilDay, ages: ConsentAges) -> bool {
    unscreened_on(state, day, ages).is_empty()
}

/// Everything that asked for the safety steps until this day, in order of the day: a stage of 7 or more, a screening with a signal. What
/// has no lane still waits. Nothing is opened or sent by itself (standards CC-H2).
#[must_use]
pub fn safety_steps_asked_on(state: &CaseState, day: CivilDay) -> Vec<StepsAsked> {
    let stages = state.conflicts.all().into_iter().flat_map(|conflict| high_stages(conflict, day));
    let screenings = state.safety.screenings().iter().filter(|one| one.on <= day);
    let signals = screenings.filter(|one| one.outcome.known() == Some(&ScreeningOutcome::Signal));
    let found = signals.map(|one| (Why::Screening { person: one.person }, one.on, one.fact));
    let asked = |(why, on, fact)| StepsAsked { why, on, fact, lane: answers(state, on, day) };
    let mut all: Vec<_> = stages.chain(found).map(asked).collect();
    all.sort_by_key(|one| one.on);
    all
}

/// Where somebody experiences this conflict at a stage that asks for the steps.
fn high_stages(conflict: &Conflict, day: CivilDay) -> Vec<(Why, CivilDay, EventId)> {
    let of_each = conflict.stages.iter().flat_map(|(person, stages)| stages.iter().map(move |one| (*person, one)));
    let high = of_each.filter(|(_, one)| {
        let stage = one.stage.as_ref().and_then(Personal::known);
        one.on <= day && stage.is_some_and(|stage| stage.number() >= ASKS_FROM)
    });
    high.map(|(person, one)| (Why::Stage { conflict: conflict.id, person }, one.on, one.fact)).collect()
}

/// The lane that was open on a day, or the first that opened after it.
fn answers(state: &CaseState, on: CivilDay, day: CivilDay) -> Option<LaneId> {
    let later = state.safety.lanes().iter().filter(|lane| (on..=day).contains(&lane.since));
    let later = || later.min_by_key(|lane| lane.since);
    state.safety.lane_open_on(on).or_else(later).map(|lane| lane.id)
}

/// Because of which lane these people are not brought together in one conversation on a day (rule 19): both parents, or a child and a
/// grown-up whom an open lane concerns.
#[must_use]
pub fn joint_talk_barred(state: &CaseState, day: CivilDay, together: &[PersonId]) -> Option<LaneId> {
    let together = each_once(together);
    let parents = parents_of(state, &together).len();
    let barred = |lane: &&Lane| {
        let concerned: Vec<_> = together.iter().filter(|person| lane.concerns.contains(person)).collect();
        let grown_up = concerned.iter().any(|person| !lane.children.contains(person));
        parents > 1 || (concerned.len() > 1 && grown_up)
    };
    state.safety.lanes_open_on(day).find(barred).map(|lane| lane.id)
}

/// Whether both parents of a divorce, or of a conflict, are brought together on a day before each parent and each child was screened alone
/// (divorce.md, "Safety before everything"). It bars nothing, and is marked with [`super::SCREENED_BEFORE_JOINT`].
#[must_use]
pub fn joint_before_screening(state: &CaseState, day: CivilDay, together: &[PersonId], ages: ConsentAges) -> bool {
    let parents = parents_of(state, &each_once(together));
    parents.len() > 1 && are_at_odds(state, day, &parents) && !screened_on(state, day, ages)
}

/// Whether a divorce runs on this day, or two of these parents have a conflict that is known by then.
fn are_at_odds(state: &CaseState, day: CivilDay, parents: &[PersonId]) -> bool {
    let is_theirs = |conflict: &Conflict| parents.iter().filter(|parent| conflict.between.contains(parent)).count() > 1;
    let conflicts = state.conflicts.all();
    state.divorce.episode_on(day).is_some()
        || conflicts.into_iter().any(|conflict| conflict.since <= day && is_theirs(conflict))
}

fn parents_of(state: &CaseState, together: &[PersonId]) -> Vec<PersonId> {
    let known = |person: &&PersonId| state.people.person(**person).is_some_and(is_parent);
    together.iter().filter(known).copied().collect()
}

/// A role that cannot be read may be that of a parent.
pub(super) fn is_parent(person: &Person) -> bool {
    let mut roles = person.role.entries().iter().map(|entry| entry.value.known());
    roles.any(|role| role.is_none_or(|role| *role == FamilyRole::Parent))
}
