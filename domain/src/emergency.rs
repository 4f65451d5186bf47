//! Emergency access: somebody without a relation that opens the case sees what is needed, now, on a named ground with a written reason
//! (`privacy.md`, "Sharing is an act with a ground"; R03). Hours, not days; whoever guards privacy is told at once; and it stays open
//! until somebody else has reviewed it, also after it ended. A worker who is kept out of the case is kept out of this too; and while somebody of
//! it must not be found, so is whoever works or worked for a part of the family ([`barred_on`]).
//!
//! Nothing of it waits for a consent, and a closed case opens to it as well. What was opened stays on record: it is not struck out.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, Due, EventInfo, Fact, Organisation};
use crate::ids::{EmergencyId, Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::{CivilDay, Timestamp};

mod barred;
pub(crate) mod catalogue;
mod decide;
mod state;

pub use barred::barred_on;
pub use catalogue::{CATALOGUE, CODES, EMERGENCY_TOO_LONG};
pub use state::{Access, Emergencies, Review};

/// Within which somebody else reviews an emergency access (R03, PD 2 working days).
pub const EMERGENCY_REVIEW_DUE: &str = "emergency_review";

/// On what an emergency access rests.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyGround {
    /// Somebody's life or health is in danger now (AVG 6(1)(d), 9(2)(c)).
    VitalInterest,
    /// A conflict of duties: the duty to keep silent against the duty to prevent harm, weighed by its six questions.
    ConflictOfDuties {
        /// What was answered.
        answers: Box<SixAnswers<Personal<Text>>>,
    },
}

impl EmergencyGround {
    /// The stable word.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::VitalInterest => "vital_interest",
            Self::ConflictOfDuties { .. } => "conflict_of_duties",
        }
    }
}

/// The ground as given in a command.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewGround {
    /// Somebody's life or health is in danger now.
    VitalInterest,
    /// A conflict of duties, weighed.
    ConflictOfDuties(Box<SixAnswers<Text>>),
}

/// The six questions of a conflict of duties, each answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SixAnswers<T> {
    /// What was done to get consent.
    pub consent_sought: T,
    /// Which serious harm keeping silent would do.
    pub harm: T,
    /// Why keeping silent is not possible in conscience.
    pub conscience: T,
    /// Why there is no other way.
    pub subsidiarity: T,
    /// How breaking the silence prevents or limits the harm.
    pub effect: T,
    /// Why no more is looked at than is needed.
    pub proportionality: T,
}

impl<T> SixAnswers<T> {
    /// Each of them, in the order of the questions.
    pub fn each(&self) -> [(&'static str, &T); 6] {
        [
            ("consent_sought", &self.consent_sought),
            ("harm", &self.harm),
            ("conscience", &self.conscience),
            ("subsidiarity", &self.subsidiarity),
            ("effect", &self.effect),
            ("proportionality", &self.proportionality),
        ]
    }
}

/// What a review came to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// It was needed, and went no further than needed.
    Justified,
    /// It was not.
    NotJustified,
}

impl ReviewOutcome {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::NotJustified => "not_justified",
        }
    }
}

/// What can happen about emergency access.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum EmergencyEvent {
    /// A worker opened the case for themself.
    EmergencyAccessOpened {
        /// Names this access.
        emergency: EmergencyId,
        /// Who has it.
        worker: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// On which ground.
        ground: EmergencyGround,
        /// Why.
        reason: Personal<Text>,
        /// The moment it ends by itself.
        until: Timestamp,
    },
    /// It ended before its term.
    EmergencyAccessEnded {
        /// Which.
        emergency: EmergencyId,
    },
    /// Somebody else reviewed it.
    EmergencyAccessReviewed {
        /// Which.
        emergency: EmergencyId,
        /// What it came to.
        outcome: ReviewOutcome,
        /// In words.
        finding: Personal<Text>,
    },
}

/// What can be asked about emergency access.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum EmergencyCommand {
    /// Open the case for oneself.
    OpenEmergencyAccess {
        /// On which ground.
        ground: NewGround,
        /// Why.
        reason: Text,
        /// For how many hours; as many as policy allows when nothing is said, never more.
        hours: Option<u16>,
    },
    /// End an access before its term, as who has it or as the case director.
    EndEmergencyAccess {
        /// Which.
        emergency: EmergencyId,
    },
    /// Review an access of somebody else.
    ReviewEmergencyAccess {
        /// Which.
        emergency: EmergencyId,
        /// What it came to.
        outcome: ReviewOutcome,
        /// In words.
        finding: Text,
    },
}

impl EmergencyEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Nobody by name: an access is to the case as a whole.
    #[must_use]
    pub const fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::EmergencyAccessOpened { .. }
            | Self::EmergencyAccessEnded { .. }
            | Self::EmergencyAccessReviewed { .. } => Vec::new(),
        }
    }
}

impl EmergencyCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OpenEmergencyAccess { .. } => "openEmergencyAccess",
            Self::EndEmergencyAccess { .. } => "endEmergencyAccess",
            Self::ReviewEmergencyAccess { .. } => "reviewEmergencyAccess",
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &EmergencyCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history.state(), command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &EmergencyEvent) {
    state.emergency.apply(fact, event);
}

impl Emergencies {
    /// The reviews that wait, also in a closed case.
    pub(crate) fn open_dues(&self) -> Vec<Due> {
        self.unreviewed().filter_map(|(access, _)| access.review_due.clone()).collect()
    }

    /// The accesses whose last day for review lies before this one, and that nobody reviewed.
    pub fn overdue_on(&self, day: CivilDay) -> impl Iterator<Item = &Access> {
        self.unreviewed().filter(move |(_, last_day)| *last_day < day).map(|(access, _)| access)
    }
}

#[cfg(test)]
mod tests;
