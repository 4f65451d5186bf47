//! Who lives together on a day, under a neutral label; where, only for who may know it.

use domain::case::CaseEvent;
use domain::households::{Household, HouseholdEvent};
use domain::ids::{HouseholdId, PersonId};
use domain::people::Source;
use domain::personal::Personal;
use domain::text::Line;
use domain::time::CivilDay;

use super::people::{Dated, dated};
use super::readers::PutTo;
use super::{Kept, Reading};

/// One household on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct HouseholdView {
    /// The household, with who may know that it is there.
    pub household: Kept<HouseholdId>,
    /// First day.
    pub since: CivilDay,
    /// Its label, always neutral.
    pub label: Kept<Personal<Line>>,
    /// Who lives there on the day, by id.
    pub members: Vec<Dated<PersonId>>,
    /// Where it is on the day: for the director and who coordinates the household by default; locating while the household is protected.
    pub address: Option<AddressView>,
    /// Whether it could lead to somebody whose locating data are protected now.
    pub protected: bool,
}

/// Where a household is.
#[derive(Clone, PartialEq, Debug)]
pub struct AddressView {
    /// The address, with its days.
    pub address: Dated<Personal<Line>>,
    /// Where it comes from.
    pub source: Source,
}

/// The households of the case, in order of recording.
#[must_use]
pub fn households(reading: &Reading<'_>) -> Vec<HouseholdView> {
    reading.state().households.iter().map(|household| view(reading, household)).collect()
}

fn view(reading: &Reading<'_>, household: &Household) -> HouseholdView {
    let day = reading.day();
    let members = household.members.iter().filter_map(|(person, timeline)| {
        let entry = timeline.entry_at(day)?;
        Some(dated(reading, timeline, entry, *person))
    });
    HouseholdView {
        household: reading.kept(household.id, household.formed_by),
        since: household.from,
        label: label(reading, household),
        members: members.collect(),
        address: address(reading, household),
        protected: reading.hidden.households().contains(&household.id),
    }
}

fn label(reading: &Reading<'_>, household: &Household) -> Kept<Personal<Line>> {
    let relabelled = |event: &CaseEvent| match event {
        CaseEvent::Households(HouseholdEvent::HouseholdRelabelled { household: id, .. }) => *id == household.id,
        _ => false,
    };
    let fact = reading.last_fact(relabelled).unwrap_or(household.formed_by);
    reading.kept(household.label.clone(), fact)
}

fn address(reading: &Reading<'_>, household: &Household) -> Option<AddressView> {
    let entry = household.address.entry_at(reading.day())?;
    let (line, source) = &entry.value;
    let address = dated(reading, &household.address, entry, line.clone());
    let value = PutTo::Home(household.id).told(address.value);
    Some(AddressView { address: Dated { value, ..address }, source: *source })
}
