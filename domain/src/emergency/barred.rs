//! Whom no emergency opens a case to: with a part of the family in hand it would be the way round the protection of another.

use std::collections::BTreeSet;

use crate::case::CaseState;
use crate::ids::{HouseholdId, WorkerId};
use crate::protection::lives_within;
use crate::time::CivilDay;

/// Whom no emergency opens this case to on a day: while the locating data of anybody are protected, whoever works or ever worked for a part
/// of the family. They call whoever directs, or the worker on call. Not who coordinates, that day, households in which everybody protected
/// lives: where that is they know anyway.
#[must_use]
pub fn barred_on(state: &CaseState, day: CivilDay) -> BTreeSet<WorkerId> {
    if state.protection.protected_persons().next().is_none() {
        return BTreeSet::new();
    }
    let mut barred = of_a_part(state);
    barred.retain(|worker| !coordinates_all_protected(state, *worker, day));
    barred
}

/// Who ever had a part in the case that is not the whole of it, or will have: a closed list, by role in the case. Whether a consent names them
/// makes no difference here, nor whether it still counts.
fn of_a_part(state: &CaseState) -> BTreeSet<WorkerId> {
    let parties = state.regie.parties().iter().map(|party| party.worker);
    let coordinators = state.divorce.coordinators().iter().map(|one| one.worker);
    let represent = state.representation.through_time().map(|((_, worker), _)| *worker);
    let duos = state.divorce.duos().iter().flat_map(|duo| duo.representatives.iter().map(|one| one.worker));
    let receivers = state.sharing.all().iter().map(|share| share.recipient);
    let advisors = state.divorce.sat_reviews().iter().filter_map(|review| review.accepted.as_ref());
    let joined = state.ret.all().iter().filter_map(|ret| ret.joined.as_ref());
    let experts = joined.flat_map(|joined| joined.members.iter().copied());
    let all = parties.chain(coordinators).chain(represent).chain(duos).chain(receivers);
    all.chain(advisors.map(|accepted| accepted.advisor)).chain(experts).collect()
}

fn coordinates_all_protected(state: &CaseState, worker: WorkerId, day: CivilDay) -> bool {
    let held = state.divorce.coordinators_on(day).filter(|one| one.worker == worker);
    let households: Vec<HouseholdId> = held.map(|one| one.household).collect();
    let mut protected = state.protection.protected_persons();
    protected.all(|person| households.iter().any(|household| lives_within(state, person, *household, day)))
}
