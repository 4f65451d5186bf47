//! What must follow in a case, by when (rule 33). A fact carries its due dates from the day it was decided; whether they still wait is
//! asked of the state, so that a correction, an end or an answer takes them away without a fact of its own.

use crate::case::CaseState;
use crate::fact::Due;
use crate::ids::EventId;
use crate::life::Phase;
use crate::terms::Terms;
use crate::time::{CivilDay, Timestamp};
use crate::{consent, informal, ownplan, plan, reflection, trajectory};

#[cfg(test)]
mod tests;

/// What must follow and has not, as the case stands on this day, in order of the moment: what is waited for, judged on the day it
/// comes, and what came already and still waits. In a closed case only the review of an emergency access.
#[must_use]
pub fn open_dues(state: &CaseState, today: CivilDay) -> Vec<Due> {
    let mut dues = state.emergency.open_dues();
    if matches!(state.life.phase, Phase::Open(_)) {
        dues.extend(state.regie.open_dues(today));
        dues.extend(state.consents.open_dues(today));
        dues.extend(state.divorce.open_dues(today));
        dues.extend(plan::open_dues(state, today));
        dues.extend(ownplan::open_dues(state));
        dues.extend(state.contacts.open_dues());
        dues.extend(state.requests.open_dues());
        dues.extend(state.rulings.open_dues(today));
        dues.extend(informal::open_dues(state));
        dues.extend(reflection::open_due(state));
        dues.extend(state.school.open_dues());
        dues.extend(trajectory::open_dues(state));
        dues.extend(state.weighings.open_dues());
        dues.extend(state.applications.open_dues());
        dues.extend(state.conditions.open_dues());
        dues.extend(state.safety.open_dues());
    }
    dues.sort_by_key(|due| due.at);
    dues
}

/// The same, with what no fact carries because a birthday, an authority or a ruling makes it: running help that lacks a consent, by the
/// policy of the day.
#[must_use]
pub fn all_open_dues(state: &CaseState, today: CivilDay, terms: &Terms) -> Vec<Due> {
    let mut dues = open_dues(state, today);
    if matches!(state.life.phase, Phase::Open(_)) {
        dues.extend(consent::incomplete_dues(state, today, terms));
    }
    dues.sort_by_key(|due| due.at);
    dues
}

/// On which facts an open term rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RestsOn<'s> {
    /// The term.
    pub due: &'s Due,
    /// The fact that said it.
    pub said_by: EventId,
    /// The fact of what it is about: an action that was moved is still what was agreed.
    pub about: EventId,
}

/// On which facts the open terms rest of which a case can have several that are alike: promises, requests, actions. Of every other term the
/// fact is the one that carries it.
#[must_use]
pub fn rests_on(state: &CaseState, today: CivilDay) -> Vec<RestsOn<'_>> {
    let promises = state.contacts.waiting().map(|(due, fact)| RestsOn { due, said_by: fact, about: fact });
    let others = state.requests.waiting().chain(plan::waiting(state, today)).chain(state.safety.waiting());
    promises.chain(others.map(|(due, said_by, about)| RestsOn { due, said_by, about })).collect()
}

/// The first moment after this one at which the system acts, if nothing follows until then.
#[must_use]
pub fn next_due(state: &CaseState, after: Timestamp, terms: &Terms) -> Option<Timestamp> {
    all_open_dues(state, after.day(), terms).into_iter().map(|due| due.at).find(|at| *at > after)
}

/// The day on which to look whether this still waits: the day it comes, or today once that has passed.
pub(crate) fn judged_on(due: &Due, today: CivilDay) -> CivilDay {
    due.at.day().max(today)
}
