//! Which plans there are on a day, who may work in which, and whom a plan asks.

use std::collections::{BTreeMap, BTreeSet};

use super::PlanRef;
use super::catalogue::{CONCERNS_NOBODY, NO_PLAN_TO_OFFER, PLAN_FROZEN, PLAN_NOT_YOURS};
use crate::case::CaseState;
use crate::divorce::{check_apart, check_concerns_child, check_household_plan};
use crate::ids::{HouseholdId, PersonId};
use crate::once::each_once;
use crate::people::{FamilyRole, Holders};
use crate::regie::asked::Asked;
use crate::rejection::Rejection;
use crate::terms::ConsentAges;
use crate::time::CivilDay;

/// The plans of a case on a day: that of the family, and since the plans went apart that of each household with one, in the order in
/// which the case knows them.
#[must_use]
pub fn plans_on(state: &CaseState, day: CivilDay) -> Vec<PlanRef> {
    let apart = state.divorce.households_apart_on(day);
    let households = state.households.iter().map(|household| household.id).filter(|id| apart.contains(id));
    std::iter::once(PlanRef::Family).chain(households.map(PlanRef::Household)).collect()
}

/// Whether a plan can be read and no longer acted in: that of the family once the plans went apart, that of a household once they were
/// joined again.
#[must_use]
pub fn is_frozen(state: &CaseState, plan: PlanRef, day: CivilDay) -> bool {
    match plan {
        PlanRef::Family => state.divorce.split_on(day).is_some(),
        PlanRef::Household(household) => !state.divorce.households_apart_on(day).contains(&household),
        PlanRef::Child => state.divorce.households_apart_on(day).is_empty(),
        // What went into an agreement lies still: the agreement speaks for it.
        PlanRef::Agreement(_) => true,
    }
}

/// The plan exists on the day it happened and takes acts today, from whoever asks.
pub(super) fn check_acts(asked: &Asked<'_, '_>, plan: PlanRef) -> Result<(), Rejection> {
    check_is_there(asked, plan)?;
    if is_frozen(asked.state, plan, asked.today()) {
        return Err(Rejection::new(PLAN_FROZEN).with("day", asked.today()));
    }
    Ok(())
}

/// The plan exists on the day it happened, and is one that whoever asks works in.
pub(super) fn check_is_there(asked: &Asked<'_, '_>, plan: PlanRef) -> Result<(), Rejection> {
    if !is_theirs(asked, plan) {
        return Err(Rejection::new(PLAN_NOT_YOURS));
    }
    match plan {
        PlanRef::Family => Ok(()),
        PlanRef::Household(household) => check_household_plan(asked.state, household, asked.happened()),
        PlanRef::Child | PlanRef::Agreement(_) => check_apart(asked.state, asked.happened()),
    }
}

/// What concerns these people can stand there: in the layer of the children what concerns one. A minimal shared agreement takes nothing
/// besides what it is about.
pub(super) fn check_fits(asked: &Asked<'_, '_>, plan: PlanRef, concerns: &[PersonId]) -> Result<(), Rejection> {
    match plan {
        PlanRef::Family | PlanRef::Household(_) => Ok(()),
        PlanRef::Child => check_concerns_child(asked, concerns),
        PlanRef::Agreement(_) => Err(Rejection::new(NO_PLAN_TO_OFFER)),
    }
}

/// It is worked by as a plan: the layer of the children and an agreement are neither offered nor evaluated.
pub(super) fn check_is_plan(plan: PlanRef) -> Result<(), Rejection> {
    if plan.is_plan() { Ok(()) } else { Err(Rejection::new(NO_PLAN_TO_OFFER)) }
}

/// Whether whoever asks works in this plan: who coordinates households, in theirs; anybody else whom the gate lets act, in each.
pub(super) fn is_theirs(asked: &Asked<'_, '_>, plan: PlanRef) -> bool {
    let coordinated = coordinated(asked);
    coordinated.is_empty() || plan.household().is_some_and(|household| coordinated.contains(&household))
}

/// The households whose plans whoever asks coordinates today; none for who directs or stands in, whatever else they do.
fn coordinated(asked: &Asked<'_, '_>) -> Vec<HouseholdId> {
    let (actor, today) = (asked.context.actor, asked.today());
    if directs(asked) {
        return Vec::new();
    }
    let coordinators = asked.state.divorce.coordinators_on(today);
    coordinators.filter(|one| actor.is_or_acts_for(one.worker)).map(|one| one.household).collect()
}

/// Whether whoever asks may record something of these people: who coordinates households, of who lives there; anybody else whom the
/// gate lets act, of everyone.
pub(crate) fn works_for(asked: &Asked<'_, '_>, persons: &[PersonId]) -> bool {
    let coordinated = coordinated(asked);
    let lives = |person: &PersonId| {
        let mut households =
            coordinated.iter().map(|household| asked.state.households.members_on(*household, asked.today()));
        households.any(|members| members.contains(person))
    };
    coordinated.is_empty() || persons.iter().all(lives)
}

/// Whether whoever asks directs the case today, or stands in.
pub(crate) fn directs(asked: &Asked<'_, '_>) -> bool {
    let (actor, today) = (asked.context.actor, asked.today());
    let director = asked.regie().director_on(today).map(|held| held.worker);
    let deputy = asked.regie().deputy_on(today).map(|held| held.worker);
    [director, deputy].into_iter().flatten().any(|worker| actor.is_or_acts_for(worker))
}

/// Whom an item concerns: people of the case, at least one, each once.
pub(super) fn concerned(asked: &Asked<'_, '_>, concerns: &[PersonId]) -> Result<Vec<PersonId>, Rejection> {
    concerns.iter().try_for_each(|person| asked.check_person(*person))?;
    if concerns.is_empty() {
        return Err(Rejection::new(CONCERNS_NOBODY));
    }
    Ok(each_once(concerns))
}

/// Whom a plan asks on a day, and about which children each of them has a say.
pub(super) struct Asking {
    candidates: BTreeSet<PersonId>,
    holders: BTreeMap<PersonId, BTreeSet<PersonId>>,
}

/// Whom a plan asks: that of the family everyone with authority over a child of it; that of a household its parents, with authority or
/// without (rule 9). Where the record does not say who has authority, every parent is asked: rather one too many than one too few.
pub(super) fn asking(state: &CaseState, plan: PlanRef, day: CivilDay, ages: ConsentAges) -> Asking {
    let parents: BTreeSet<_> = with_role(state, FamilyRole::Parent, day).collect();
    let children = state
        .people
        .iter()
        .filter(|person| person.is_child_on(day, ages) && person.age_on(day).is_none_or(|age| age < ages.adult()));
    let of = |child: PersonId| match state.people.holders_at(child, day, ages) {
        Holders::Known(holders) => holders.into_iter().collect(),
        Holders::PersonMustDecide(_) | Holders::Unknown => parents.clone(),
    };
    let holders: BTreeMap<_, BTreeSet<_>> = children.map(|child| (child.id, of(child.id))).collect();
    let everyone: BTreeSet<_> = holders.values().flatten().copied().collect();
    let candidates = match plan {
        PlanRef::Family | PlanRef::Child | PlanRef::Agreement(_) => everyone,
        PlanRef::Household(household) => {
            let members = state.households.members_on(household, day).into_iter();
            members.filter(|person| everyone.contains(person) || parents.contains(person)).collect()
        }
    };
    Asking { candidates, holders }
}

/// Whom a plan asks on a day (rule 9), in order; nobody when there is no child, or nobody of its household with a say.
#[must_use]
pub fn asked_on(state: &CaseState, plan: PlanRef, day: CivilDay, ages: ConsentAges) -> Vec<PersonId> {
    asking(state, plan, day, ages).candidates.into_iter().collect()
}

/// Everyone with authority over a child of the family on a day, in order.
pub(crate) fn asked_of_family(state: &CaseState, day: CivilDay, ages: ConsentAges) -> Vec<PersonId> {
    asked_on(state, PlanRef::Family, day, ages)
}

fn with_role(state: &CaseState, role: FamilyRole, day: CivilDay) -> impl Iterator<Item = PersonId> {
    state.people.iter().filter(move |person| person.role_on(day) == Some(role)).map(|person| person.id)
}

impl Asking {
    /// Whether nobody is asked.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Whom of those asked an item touches: who is concerned, and who has authority over a child that is. One that would touch nobody
    /// touches each of them: nothing in a plan escapes everyone.
    pub fn touched(&self, concerns: &[PersonId]) -> Vec<PersonId> {
        let decides = |person: &PersonId| {
            concerns.iter().any(|one| one == person || self.holders.get(one).is_some_and(|held| held.contains(person)))
        };
        let touched: Vec<_> = self.candidates.iter().copied().filter(decides).collect();
        if touched.is_empty() { self.candidates.iter().copied().collect() } else { touched }
    }
}
