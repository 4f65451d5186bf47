//! The regional expert team (RET; rule 21; 004b R47, 7702-7711, 7766-7770): asked when regular help is stuck and nobody sees a way on. It
//! brings calm and overview and does not fix: the family is told so before it joins. Its members read the crisis plan and the child layer of
//! the children it was asked about, as long as somebody's consent names them, and nothing else.
//!
//! That a body joined and left is drawn with the weight of help (`service`); here is what was asked, what the family was told, and who reads.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::decider::{Context, History, Order};
use crate::fact::{Draft, EventInfo, Fact, Organisation};
use crate::ids::{PersonId, RetId, Subject, WorkerId};
use crate::personal::Personal;
use crate::rejection::Rejection;
use crate::text::Text;

pub(crate) mod catalogue;
mod decide;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use catalogue::{CATALOGUE, CODES, RET_UNKNOWN};
pub(crate) use state::end_with_the_case;
pub use state::{JoinedRet, Ret, RetMember, Rets, ret_members_on};

/// What must follow: that something comes of having asked the team.
pub const RET_ASKED_DUE: &str = "ret_asked";

/// What can happen about a regional expert team.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum RetEvent {
    /// The team was asked.
    RetAsked {
        /// The involvement.
        ret: RetId,
        /// Which team.
        organisation: Organisation,
        /// About which children; each once, never nobody.
        children: Vec<PersonId>,
        /// Why regular help is stuck.
        stuck: Personal<Text>,
    },
    /// The family was told what the team does, and that it does not fix.
    RetFamilyTold {
        /// The involvement.
        ret: RetId,
        /// Who was told; each once, never nobody.
        told: Vec<PersonId>,
        /// In which words.
        words: Personal<Text>,
    },
    /// The team joined, or others of it did: these are its members from now on.
    RetJoined {
        /// The involvement.
        ret: RetId,
        /// Who; each once, never nobody.
        members: Vec<WorkerId>,
    },
    /// It is over.
    RetEnded {
        /// The involvement.
        ret: RetId,
        /// With what result, or why.
        words: Personal<Text>,
    },
}

/// What can be asked about a regional expert team.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum RetCommand {
    /// Ask the team.
    AskRet(Box<NewRet>),
    /// Record what the family was told.
    TellFamilyOfRet {
        /// The involvement.
        ret: RetId,
        /// What, to whom.
        told: NewTold,
    },
    /// Let its members join.
    JoinRet {
        /// The involvement.
        ret: RetId,
        /// Who.
        members: Vec<WorkerId>,
    },
    /// Record that it is over.
    EndRet {
        /// The involvement.
        ret: RetId,
        /// With what result, or why.
        words: Text,
    },
}

/// A question to the team as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewRet {
    /// Which team.
    pub organisation: Organisation,
    /// About which children.
    pub children: Vec<PersonId>,
    /// Why regular help is stuck.
    pub stuck: Text,
    /// What the family was told, when it was told already.
    pub told: Option<NewTold>,
}

/// What the family was told, as given in a command.
#[derive(Clone, Debug, Serialize)]
pub struct NewTold {
    /// Who was told.
    pub persons: Vec<PersonId>,
    /// In which words.
    pub words: Text,
}

impl RetEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    /// Which involvement.
    #[must_use]
    pub const fn ret(&self) -> RetId {
        match self {
            Self::RetAsked { ret, .. }
            | Self::RetFamilyTold { ret, .. }
            | Self::RetJoined { ret, .. }
            | Self::RetEnded { ret, .. } => *ret,
        }
    }

    /// The professionals it names, besides who recorded it.
    #[must_use]
    pub fn workers(&self) -> Vec<WorkerId> {
        match self {
            Self::RetJoined { members, .. } => members.clone(),
            Self::RetAsked { .. } | Self::RetFamilyTold { .. } | Self::RetEnded { .. } => Vec::new(),
        }
    }

    /// The people it is about, and the records it holds.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let (persons, words): (&[PersonId], _) = match self {
            Self::RetAsked { children, stuck, .. } => (children, Some(stuck)),
            Self::RetFamilyTold { told, words, .. } => (told, Some(words)),
            Self::RetJoined { .. } => (&[], None),
            Self::RetEnded { words, .. } => (&[], Some(words)),
        };
        persons.iter().copied().map(Subject::Person).chain(words.map(Personal::owner)).collect()
    }
}

impl RetCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AskRet(_) => "askRet",
            Self::TellFamilyOfRet { .. } => "tellFamilyOfRet",
            Self::JoinRet { .. } => "joinRet",
            Self::EndRet { .. } => "endRet",
        }
    }

    /// Whether this creates rights: who joins may read.
    #[must_use]
    pub const fn is_act(&self) -> bool {
        matches!(self, Self::JoinRet { .. })
    }

    /// The earlier involvement that it names.
    #[must_use]
    pub const fn ret(&self) -> Option<RetId> {
        match self {
            Self::AskRet(_) => None,
            Self::TellFamilyOfRet { ret, .. } | Self::JoinRet { ret, .. } | Self::EndRet { ret, .. } => Some(*ret),
        }
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::AskRet(new) => {
                let NewRet { organisation: _, children: _, stuck, told } = &**new;
                let told = told.iter().map(|NewTold { persons: _, words }| words);
                std::iter::once(stuck).chain(told).map(Text::as_str).collect()
            }
            Self::TellFamilyOfRet { ret: _, told: NewTold { persons: _, words } } | Self::EndRet { ret: _, words } => {
                vec![words.as_str()]
            }
            Self::JoinRet { ret: _, members: _ } => Vec::new(),
        }
    }
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &RetCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let on = order.happened(context.today());
    decide::decide(history, on, command, context)
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &RetEvent) {
    state.ret.apply(&state.regie, fact, event);
}

/// Whether the involvement is not there that this fact speaks of, or somebody joins in a case that is closed.
pub(crate) fn missing(state: &CaseState, event: &RetEvent) -> bool {
    match event {
        RetEvent::RetAsked { .. } => false,
        RetEvent::RetFamilyTold { ret, .. } | RetEvent::RetEnded { ret, .. } => state.ret.get(*ret).is_none(),
        RetEvent::RetJoined { ret, .. } => state.ret.get(*ret).is_none() || state.regie.is_closed(),
    }
}
