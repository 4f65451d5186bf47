//! Households: people who live together. A child may belong to several; membership is dated; the label is always neutral
//! ("bij mama", "huishouden A"), never a street, a place or a team.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{HouseholdId, PersonId, Subject};
use crate::people::Source;
use crate::personal::Personal;
use crate::protection;
use crate::rejection::{Detail, Rejection};
use crate::text::Line;
use crate::time::CivilDay;

pub(crate) mod catalogue;
mod decide;
mod label;
mod state;

pub use catalogue::{CATALOGUE, CODES, NOT_A_MEMBER};
pub(crate) use label::gives_away;
pub use state::{Household, Households};

/// What can happen about households.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum HouseholdEvent {
    /// A household was recorded.
    HouseholdFormed {
        /// The household.
        household: HouseholdId,
        /// A neutral label.
        label: Personal<Line>,
        /// Since when.
        from: CivilDay,
    },
    /// It got another label.
    HouseholdRelabelled {
        /// The household.
        household: HouseholdId,
        /// A neutral label.
        label: Personal<Line>,
    },
    /// Somebody lives there, wholly or partly.
    MembershipRecorded {
        /// The household.
        household: HouseholdId,
        /// The person.
        person: PersonId,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
    },
    /// Somebody no longer lives there.
    MembershipEnded {
        /// The household.
        household: HouseholdId,
        /// The person.
        person: PersonId,
        /// Last day.
        last_day: CivilDay,
    },
    /// Where it is. Locating data.
    AddressRecorded {
        /// The household.
        household: HouseholdId,
        /// The address.
        address: Personal<Line>,
        /// Since when.
        from: CivilDay,
        /// Where it comes from.
        source: Source,
    },
}

/// What can be asked about households.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum HouseholdCommand {
    /// Record a household and who lives there.
    FormHousehold {
        /// A neutral label.
        label: Line,
        /// Since when.
        from: CivilDay,
        /// Who lives there from that day.
        members: Vec<PersonId>,
    },
    /// Give it another label.
    RelabelHousehold {
        /// The household.
        household: HouseholdId,
        /// A neutral label.
        label: Line,
    },
    /// Record that somebody lives there.
    RecordMembership {
        /// The household.
        household: HouseholdId,
        /// The person.
        person: PersonId,
        /// First day.
        from: CivilDay,
        /// Last day, when known.
        until: Option<CivilDay>,
    },
    /// Record that somebody no longer lives there.
    EndMembership {
        /// The household.
        household: HouseholdId,
        /// The person.
        person: PersonId,
        /// Last day.
        last_day: CivilDay,
    },
    /// Record where it is.
    RecordAddress {
        /// The household.
        household: HouseholdId,
        /// The address.
        address: Line,
        /// Since when.
        from: CivilDay,
        /// Where it comes from.
        source: Source,
    },
}

impl HouseholdEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone and everything it is about.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::HouseholdFormed { household, .. }
            | Self::HouseholdRelabelled { household, .. }
            | Self::AddressRecorded { household, .. } => vec![Subject::Household(*household)],
            Self::MembershipRecorded { household, person, .. } | Self::MembershipEnded { household, person, .. } => {
                vec![Subject::Household(*household), Subject::Person(*person)]
            }
        }
    }
}

impl HouseholdCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::FormHousehold { .. } => "formHousehold",
            Self::RelabelHousehold { .. } => "relabelHousehold",
            Self::RecordMembership { .. } => "recordMembership",
            Self::EndMembership { .. } => "endMembership",
            Self::RecordAddress { .. } => "recordAddress",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &HouseholdCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history.state(), command, context)
}

/// Whether all of these are households of the case.
///
/// # Errors
/// `HOUSEHOLD_UNKNOWN` with the first that is not.
pub(crate) fn check_known(known: &Households, asked: &[HouseholdId]) -> Result<(), Rejection> {
    match asked.iter().find(|household| !known.contains(**household)) {
        Some(unknown) => Err(Rejection::new(catalogue::HOUSEHOLD_UNKNOWN).with("household", Detail::id(*unknown))),
        None => Ok(()),
    }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &HouseholdEvent) {
    state.households.apply(fact, event);
    protection::cover(state);
}

#[cfg(test)]
mod tests;
