//! Whose locating data are protected now. Rights are always today's, also when an earlier day is looked at.
//!
//! What was covered stays covered until protection is lifted: where somebody protected lived since it began, and who lived there with
//! them, whatever is reported of it later. A report is always taken (rule 0), so it may not be what uncovers somebody.

use std::collections::{BTreeMap, BTreeSet};

use super::ProtectionEvent;
use crate::case::{CaseEvent, CaseState};
use crate::fact::{Actor, Fact};
use crate::households::{Household, Households};
use crate::ids::{EventId, HouseholdId, PersonId};
use crate::time::CivilDay;
use crate::timeline::{Entry, Timeline};

/// The protection of one person.
#[derive(Clone, PartialEq, Debug)]
pub struct Guard {
    /// The event that set it first.
    pub since: EventId,
    /// The day it was set.
    pub from: CivilDay,
    /// The households that could lead to the person, as named.
    pub households: BTreeSet<HouseholdId>,
    /// The households where the person lived since, as told at any time.
    pub lived: BTreeSet<HouseholdId>,
    /// Who lived with the person since, or in a household that could lead to them, as told at any time.
    pub housemates: BTreeSet<PersonId>,
    /// Who proposed to lift it, while nobody confirmed.
    pub proposed_by: Option<Actor>,
}

/// Protection of locating data: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Protection {
    guards: BTreeMap<PersonId, Guard>,
}

impl Protection {
    /// Whether somebody's locating data are protected.
    #[must_use]
    pub fn is_protected(&self, person: PersonId) -> bool {
        self.guards.contains_key(&person)
    }

    /// The protection of this person.
    #[must_use]
    pub fn guard(&self, person: PersonId) -> Option<&Guard> {
        self.guards.get(&person)
    }

    /// Everyone whose locating data are protected.
    pub fn protected_persons(&self) -> impl Iterator<Item = PersonId> {
        self.guards.keys().copied()
    }

    /// The protection of everyone who has it.
    pub(super) fn guards(&self) -> impl Iterator<Item = (PersonId, &Guard)> {
        self.guards.iter().map(|(person, guard)| (*person, guard))
    }

    /// The households that lead to somebody protected on whatever day: those named, and those where the person lived since protection
    /// began. Those of an earlier day besides are in [`super::protected_households_from`].
    #[must_use]
    pub fn protected_households(&self) -> BTreeSet<HouseholdId> {
        self.guards.values().flat_map(|guard| guard.households.union(&guard.lived)).copied().collect()
    }

    /// Covers where everyone protected lives, and with whom, as it is told now.
    pub(super) fn cover(&mut self, households: &Households) {
        for (person, guard) in &mut self.guards {
            guard.lived.extend(lived_from(households, *person, guard.from));
            guard.housemates.extend(housemates_from(households, *person, &guard.households, guard.from));
        }
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &ProtectionEvent) {
        match event {
            ProtectionEvent::LocatingDataProtected { person, households, .. } => {
                let guard = self.guards.entry(*person).or_insert_with(|| Guard {
                    since: fact.id,
                    from: fact.occurred.day(),
                    households: BTreeSet::new(),
                    lived: BTreeSet::new(),
                    housemates: BTreeSet::new(),
                    proposed_by: None,
                });
                guard.households.extend(households);
                // Who protects again takes the ground from under an earlier proposal to stop.
                guard.proposed_by = None;
            }
            ProtectionEvent::LiftingProposed { person, .. } => {
                if let Some(guard) = self.guards.get_mut(person) {
                    guard.proposed_by = Some(fact.actor.clone());
                }
            }
            ProtectionEvent::ProtectionLifted { person } => {
                self.guards.remove(person);
            }
        }
    }
}

/// Where somebody lives on this day or later.
pub(super) fn lived_from(
    households: &Households,
    person: PersonId,
    day: CivilDay,
) -> impl Iterator<Item = HouseholdId> {
    let lives = move |known: &&Household| stays(known, person).iter().any(|stay| reaches(stay, day));
    households.iter().filter(lives).map(|known| known.id)
}

/// Who lives with somebody on this day or later, or in a household that is named as leading to them: with whom they live need not be
/// recorded.
pub(super) fn housemates_from(
    households: &Households,
    person: PersonId,
    named: &BTreeSet<HouseholdId>,
    day: CivilDay,
) -> BTreeSet<PersonId> {
    let mut found = BTreeSet::new();
    for known in households.iter() {
        let meets = |stay: &Entry<()>| stays(known, person).iter().any(|other| reaches_together(stay, other, day));
        let there = |stay: &Entry<()>| if named.contains(&known.id) { reaches(stay, day) } else { meets(stay) };
        let others = known.members.iter().filter(|(_, days)| days.entries().iter().any(there));
        found.extend(others.map(|(other, _)| *other));
    }
    found
}

fn stays(household: &Household, person: PersonId) -> &[Entry<()>] {
    household.members.get(&person).map(Timeline::entries).unwrap_or_default()
}

fn reaches(stay: &Entry<()>, day: CivilDay) -> bool {
    stay.until.is_none_or(|until| until >= day)
}

/// Whether some day from this one on is part of both.
fn reaches_together(stay: &Entry<()>, other: &Entry<()>, day: CivilDay) -> bool {
    let first = day.max(stay.from).max(other.from);
    reaches(stay, first) && reaches(other, first)
}

/// Whether somebody would be less protected after than before: no longer, with a household less, or with a proposal to stop that did not
/// stand. Lifting takes two workers and the protected person, so a change of the past (rule 28) must not do it for one.
#[must_use]
pub fn is_weakened(before: &Protection, after: &Protection) -> bool {
    before.guards.iter().any(|(person, guard)| {
        after.guard(*person).is_none_or(|later| {
            let revived = guard.proposed_by.is_none() && later.proposed_by.is_some();
            revived || !guard.households.is_subset(&later.households)
        })
    })
}

/// Whether on some day a household is protected before and not after, because where somebody protected lives reads otherwise. Like
/// [`is_weakened`], a change of the past must not do so for one worker: who was put in the wrong household is protected there by name
/// first, and after that struck out. Other days in a household that stays covered uncover nothing, told by a correction as by a report.
/// Who lived there besides is not asked: whoever was never there must be able to be struck out, also when that shows their helpers.
#[must_use]
pub fn uncovers_household(before: &CaseState, after: &CaseState) -> bool {
    let days: BTreeSet<CivilDay> = [before, after].into_iter().flat_map(turning_days).collect();
    days.into_iter().any(|day| !protected_households_on(before, day).is_subset(&protected_households_on(after, day)))
}

/// The households that are protected by this day alone: those covered on whatever day, and those where somebody protected lives on it.
/// Whoever looks at a case goes by [`super::protected_households_from`], which protects where they go later as well.
pub(crate) fn protected_households_on(state: &CaseState, day: CivilDay) -> BTreeSet<HouseholdId> {
    let lived = |person| state.households.households_of(person, day);
    let mut households = state.protection.protected_households();
    households.extend(state.protection.protected_persons().flat_map(lived));
    households
}

/// The days on which somebody protected comes to live somewhere, or lives there no more: between them nothing changes.
fn turning_days(state: &CaseState) -> Vec<CivilDay> {
    let stays = state.households.iter().flat_map(|household| household.members.iter());
    let stays = stays.filter(|(person, _)| state.protection.is_protected(**person));
    stays
        .flat_map(|(_, days)| days.entries())
        .flat_map(|stay| std::iter::once(stay.from).chain(stay.until.map(|until| until.plus_days(1))))
        .collect()
}
