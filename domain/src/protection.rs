//! Protection of locating data. Setting it takes one person and works at once; lifting it takes two and the protected parent
//! (`privacy.md`). A safety fact: its type is neutral in clear.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{HouseholdId, PersonId, Subject};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;

pub(crate) mod catalogue;
mod decide;
mod locating;
mod state;

pub use catalogue::{CATALOGUE, CODES};
pub(crate) use locating::lives_within;
pub use locating::{Locating, is_shown_wider, protected_households_from};
#[cfg(test)]
pub(crate) use state::protected_households_on;
pub use state::{Guard, Protection, is_weakened, uncovers_household};

/// What can happen about protection.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum ProtectionEvent {
    /// What could lead to this person is protected from now on.
    LocatingDataProtected {
        /// The protected person.
        person: PersonId,
        /// The households that could lead to the person.
        households: Vec<HouseholdId>,
        /// Why.
        reason: Personal<Text>,
    },
    /// Somebody proposed to lift it, and the protected person agreed.
    LiftingProposed {
        /// The protected person.
        person: PersonId,
        /// How the protected person said so.
        agreed: Personal<Text>,
    },
    /// A second worker confirmed; protection ended.
    ProtectionLifted {
        /// The person.
        person: PersonId,
    },
}

/// What can be asked about protection.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum ProtectionCommand {
    /// Protect somebody's locating data.
    ProtectLocatingData {
        /// The person.
        person: PersonId,
        /// The households that could lead to the person.
        households: Vec<HouseholdId>,
        /// Why.
        reason: Text,
    },
    /// Propose to lift it, with the protected person's agreement.
    ProposeLifting {
        /// The person.
        person: PersonId,
        /// How the protected person said so.
        agreed: Text,
    },
    /// Confirm as a second worker.
    ConfirmLifting {
        /// The person.
        person: PersonId,
    },
}

impl ProtectionEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Everyone and everything it is about. Households stay out: subjects stand in clear, and beside a neutral type they would point at
    /// what is hidden.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let (Self::LocatingDataProtected { person, .. }
        | Self::LiftingProposed { person, .. }
        | Self::ProtectionLifted { person }) = self;
        vec![Subject::Person(*person)]
    }
}

impl ProtectionCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ProtectLocatingData { .. } => "protectLocatingData",
            Self::ProposeLifting { .. } => "proposeLiftingProtection",
            Self::ConfirmLifting { .. } => "confirmLiftingProtection",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &ProtectionCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history.state(), command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &ProtectionEvent) {
    state.protection.apply(fact, event);
    cover(state);
}

/// Covers where everyone protected lives. Called after each fact that may add to it.
pub(crate) fn cover(state: &mut CaseState) {
    state.protection.cover(&state.households);
}

#[cfg(test)]
mod tests;
