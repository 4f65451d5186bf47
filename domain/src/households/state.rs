//! What is known about the households of a case, read at a date.

use std::collections::BTreeMap;

use super::{HouseholdEvent, Source};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{EventId, HouseholdId, PersonId};
use crate::personal::Personal;
use crate::text::Line;
use crate::time::CivilDay;
use crate::timeline::Timeline;

/// People who live together.
#[derive(Clone, PartialEq, Debug)]
pub struct Household {
    /// The household.
    pub id: HouseholdId,
    /// Its label, always neutral.
    pub label: Personal<Line>,
    /// First day.
    pub from: CivilDay,
    /// The event that recorded it.
    pub formed_by: EventId,
    /// Who lives there, each through time.
    pub members: BTreeMap<PersonId, Timeline<()>>,
    /// Where it is, through time. Locating data.
    pub address: Timeline<(Personal<Line>, Source)>,
}

impl Household {
    /// Whether somebody lives there on a day.
    #[must_use]
    pub fn has_member_on(&self, person: PersonId, day: CivilDay) -> bool {
        self.members.get(&person).is_some_and(|days| days.at(day).is_some())
    }
}

/// The households of a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Households {
    households: Vec<Household>,
}

impl Households {
    /// All, in order of recording.
    pub fn iter(&self) -> impl Iterator<Item = &Household> {
        self.households.iter()
    }

    /// This household.
    #[must_use]
    pub fn household(&self, household: HouseholdId) -> Option<&Household> {
        self.households.iter().find(|known| known.id == household)
    }

    /// Whether this household is in the case.
    #[must_use]
    pub fn contains(&self, household: HouseholdId) -> bool {
        self.household(household).is_some()
    }

    /// Who lives there on a day, by id.
    #[must_use]
    pub fn members_on(&self, household: HouseholdId, day: CivilDay) -> Vec<PersonId> {
        let Some(known) = self.household(household) else { return Vec::new() };
        known.members.iter().filter(|(_, days)| days.at(day).is_some()).map(|(person, _)| *person).collect()
    }

    /// Where somebody lives on a day: a child may belong to several, in order of recording.
    #[must_use]
    pub fn households_of(&self, person: PersonId, day: CivilDay) -> Vec<HouseholdId> {
        self.households.iter().filter(|known| known.has_member_on(person, day)).map(|known| known.id).collect()
    }

    /// The label.
    #[must_use]
    pub fn label(&self, household: HouseholdId) -> Option<&Personal<Line>> {
        self.household(household).map(|known| &known.label)
    }

    /// The address on a day. Locating data: only for who may know it.
    #[must_use]
    pub fn address_on(&self, household: HouseholdId, day: CivilDay) -> Option<&Personal<Line>> {
        self.household(household)?.address.at(day).map(|(address, _)| address)
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &HouseholdEvent) {
        match event {
            HouseholdEvent::HouseholdFormed { household, label, from } if !self.contains(*household) => {
                self.households.push(Household {
                    id: *household,
                    label: label.clone(),
                    from: *from,
                    formed_by: fact.id,
                    members: BTreeMap::new(),
                    address: Timeline::new(),
                });
            }
            HouseholdEvent::HouseholdFormed { .. } => {}
            HouseholdEvent::HouseholdRelabelled { household, label } => {
                self.change(*household, |known| known.label = label.clone());
            }
            HouseholdEvent::MembershipRecorded { household, person, from, until } => self.change(*household, |known| {
                let days = known.members.entry(*person).or_default();
                match until {
                    Some(until) => days.set_between(*from, *until, (), fact.id),
                    None => days.set_from(*from, (), fact.id),
                }
            }),
            HouseholdEvent::MembershipEnded { household, person, last_day } => self.change(*household, |known| {
                if let Some(days) = known.members.get_mut(person) {
                    days.end(*last_day, fact.id);
                }
            }),
            HouseholdEvent::AddressRecorded { household, address, from, source } => self.change(*household, |known| {
                known.address.set_from(*from, (address.clone(), *source), fact.id);
            }),
        }
    }

    fn change(&mut self, household: HouseholdId, change: impl FnOnce(&mut Household)) {
        if let Some(known) = self.households.iter_mut().find(|known| known.id == household) {
            change(known);
        }
    }
}
