//! What the system does by itself (divorce.md, "What happens by itself"): it tells somebody that a term ran out or that a day comes near,
//! step by step along a chain, and it proposes what a person then accepts or dismisses with a reason. It decides nothing about a family.
//!
//! An alert rests on a term of the case ([`crate::dues`]) or on a day that comes by itself; whether that still waits is asked of the state,
//! so that an alert is over without a fact of its own. What is told to whom stands in one table ([`table`]). Every alert and proposal is a
//! fact with what caused it, appended once: whoever asks again finds it there and writes nothing.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact};
use crate::ids::{AlertId, ConferenceId, ConflictId, EventId, PersonId, ProposalId, Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;
use crate::time::{CivilDay, Timestamp};

pub mod announced;
pub(crate) mod catalogue;
mod decide;
mod pending;
pub mod proposals;
mod state;
pub mod table;
#[cfg(test)]
pub(crate) mod tests;
mod waiting;

pub use catalogue::{CATALOGUE, CODES, PROPOSAL_UNKNOWN};
pub use pending::{Look, Next, Pending, next_at, next_look, owed_or_next, pending};
pub use proposals::OwedProposal;
pub use state::{AlertStep, Alerts, Answer, Proposal, RaisedAlert};
pub use table::Receiver;
pub use waiting::{Waits, still_waits, waiting};

/// On what an alert rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A fact said a last day. No fact when the day follows from the case as a whole.
    Said {
        /// The fact.
        by: Option<EventId>,
        /// The last day that it said.
        last_day: CivilDay,
    },
    /// A day that follows from the birth date of this person: the day itself would give that away, so it stands in no name of anything.
    Of(PersonId),
}

/// What makes an alert the same one: the same key is told once at each step, whoever asks and however often.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AlertKey {
    /// What is waited for: a stable word.
    pub what: String,
    /// On what it rests.
    pub ground: Ground,
    /// Of several that are alike: which one, from 0.
    pub nth: u32,
}

impl AlertKey {
    /// A name that is the same for the same alert, and holds nothing about a person.
    #[must_use]
    pub fn name(&self) -> String {
        let Self { what, ground, nth } = self;
        match ground {
            Ground::Said { by: Some(fact), last_day } => format!("{what}/{fact}/{last_day}/{nth}"),
            Ground::Said { by: None, last_day } => format!("{what}/case/{last_day}/{nth}"),
            Ground::Of(person) => format!("{what}/{person}/{nth}"),
        }
    }
}

/// What the system proposes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// To ask a divorce advice team, anonymously or with names.
    SatConsultation,
    /// To look together whether rest was reached.
    RestReview,
    /// That each is heard apart by a different colleague, and that the conference goes on about a week later.
    SeparateConversations,
    /// To go a step back after a flare-up: a relapse is normal.
    StepBack,
}

impl ProposalKind {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SatConsultation => "sat_consultation",
            Self::RestReview => "rest_review",
            Self::SeparateConversations => "separate_conversations",
            Self::StepBack => "step_back",
        }
    }
}

/// What a proposal is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalAbout {
    /// A conflict between named people.
    Conflict(ConflictId),
    /// A conference.
    Conference(ConferenceId),
    /// The divorce as a whole.
    Episode,
}

/// What can happen by itself, and what people answer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum AlertEvent {
    /// Somebody is told that something waits.
    AlertRaised {
        /// The alert; the same through all its steps.
        alert: AlertId,
        /// What is waited for: a stable word.
        what: String,
        /// The fact that said so, if one did.
        said_by: Option<EventId>,
        /// The last day, as that fact said it.
        last_day: Option<CivilDay>,
        /// The day, where it follows from somebody's birth date.
        own_day: Option<Personal<CivilDay>>,
        /// Whom it concerns, where no fact says so.
        persons: Vec<PersonId>,
        /// Of several that are alike: which one, from 0.
        nth: u32,
        /// Which step of the chain, from 1.
        step: u32,
        /// For whom.
        to: Receiver,
        /// Who of the professionals does what is waited for, at the step of the owner.
        owner: Option<WorkerId>,
        /// When the next step follows if it still waits then.
        next: Option<Timestamp>,
    },
    /// Something is proposed.
    ProposalMade {
        /// The proposal.
        proposal: ProposalId,
        /// What.
        kind: ProposalKind,
        /// About what.
        about: ProposalAbout,
        /// The fact that caused it.
        cause: EventId,
        /// Whom it concerns.
        persons: Vec<PersonId>,
    },
    /// Somebody accepted a proposal: what follows is done by the acts it asks for.
    ProposalAccepted {
        /// The proposal.
        proposal: ProposalId,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// Somebody dismissed a proposal.
    ProposalDismissed {
        /// The proposal.
        proposal: ProposalId,
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked. The first two are for the system alone: they have no mutation, and a person who gave one would be refused.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum AlertCommand {
    /// Tell of what waits, if it does and its moment has come.
    RaiseAlert {
        /// Which alert.
        key: AlertKey,
        /// Which step, from 1.
        step: u32,
    },
    /// Propose something, if that is still so.
    MakeProposal {
        /// What.
        kind: ProposalKind,
        /// About what.
        about: ProposalAbout,
        /// The fact that causes it.
        cause: EventId,
    },
    /// Accept a proposal.
    AcceptProposal {
        /// The proposal.
        proposal: ProposalId,
        /// More about it.
        words: Option<Text>,
    },
    /// Dismiss a proposal.
    DismissProposal {
        /// The proposal.
        proposal: ProposalId,
        /// Why.
        reason: Text,
    },
}

impl AlertEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::AlertRaised { persons, .. } | Self::ProposalMade { persons, .. } => {
                persons.iter().copied().map(Subject::Person).collect()
            }
            Self::ProposalAccepted { words, .. } => words.iter().map(Personal::owner).collect(),
            Self::ProposalDismissed { reason, .. } => vec![reason.owner()],
        }
    }

    /// Whom it names of the case.
    #[must_use]
    pub fn persons(&self) -> &[PersonId] {
        match self {
            Self::AlertRaised { persons, .. } | Self::ProposalMade { persons, .. } => persons,
            Self::ProposalAccepted { .. } | Self::ProposalDismissed { .. } => &[],
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub const fn owner(&self) -> Option<WorkerId> {
        match self {
            Self::AlertRaised { owner, .. } => *owner,
            Self::ProposalMade { .. } | Self::ProposalAccepted { .. } | Self::ProposalDismissed { .. } => None,
        }
    }

    /// Whether the system said it: that stays as it was said.
    #[must_use]
    pub const fn is_by_itself(&self) -> bool {
        matches!(self, Self::AlertRaised { .. } | Self::ProposalMade { .. })
    }

    /// The earlier fact it rests on.
    #[must_use]
    pub const fn rests_on(&self) -> Option<EventId> {
        match self {
            Self::AlertRaised { said_by, .. } => *said_by,
            Self::ProposalMade { cause, .. } => Some(*cause),
            Self::ProposalAccepted { .. } | Self::ProposalDismissed { .. } => None,
        }
    }
}

impl AlertCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RaiseAlert { .. } => "raiseAlert",
            Self::MakeProposal { .. } => "makeProposal",
            Self::AcceptProposal { .. } => "acceptProposal",
            Self::DismissProposal { .. } => "dismissProposal",
        }
    }

    /// Whether only the system gives it.
    #[must_use]
    pub const fn is_of_the_system(&self) -> bool {
        matches!(self, Self::RaiseAlert { .. } | Self::MakeProposal { .. })
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::RaiseAlert { .. } | Self::MakeProposal { .. } => Vec::new(),
            Self::AcceptProposal { words, .. } => words.iter().map(Text::as_str).collect(),
            Self::DismissProposal { reason, .. } => vec![reason.as_str()],
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &AlertCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    decide::decide(history, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &AlertEvent) {
    state.alerts.apply(fact, event);
}
