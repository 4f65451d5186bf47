//! What is sent: `CloudEvents` 1.0 in the NL GOV profile 1.1 ("informatiearm notificeren"). No personal data, no words, not what it is about:
//! that something was told in a case, when, and where to read it under one's own rights.

use domain::ids::{CaseId, EventId};
use domain::time::Timestamp;
use serde_json::json;

/// What happened, as far as outsiders hear it. The words are neutral on purpose: an alert about safety is an alert like any other.
///
/// The number of a letter counts these from the beginning of the history. A kind that is added later is counted too when a receiver reads
/// from the beginning again, so numbers of an older release may then differ; ids never do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Somebody was told that something waits.
    Alert,
    /// Something was proposed.
    Proposal,
    /// Somebody answered a proposal; not how.
    Answer,
}

impl Kind {
    /// What a fact is to outsiders, by its type in clear; most are nothing.
    #[must_use]
    pub fn of(outer_type: &str) -> Option<Self> {
        match outer_type {
            "AlertRaised" => Some(Self::Alert),
            "ProposalMade" => Some(Self::Proposal),
            "ProposalAccepted" | "ProposalDismissed" => Some(Self::Answer),
            _ => None,
        }
    }

    /// The type of the `CloudEvent`.
    #[must_use]
    pub const fn event_type(self) -> &'static str {
        match self {
            Self::Alert => "nl.jeugdigen.sein-gegeven.v1",
            Self::Proposal => "nl.jeugdigen.voorstel-gedaan.v1",
            Self::Answer => "nl.jeugdigen.voorstel-beantwoord.v1",
        }
    }

    /// The word under which it is kept.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Proposal => "proposal",
            Self::Answer => "answer",
        }
    }

    pub(super) fn kept_as(word: &str) -> Option<Self> {
        [Self::Alert, Self::Proposal, Self::Answer].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One thing to send. It follows from the history alone, so it is the same however often it is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Letter {
    pub event: EventId,
    pub case: CaseId,
    pub kind: Kind,
    /// Its number among everything that is sent of this history, from 1.
    pub number: i64,
    /// When it was recorded.
    pub recorded: Timestamp,
}

/// What is the same in every letter.
pub(super) struct Envelope {
    /// Who sends.
    pub source: String,
    /// Below what a case is read; without a slash at the end.
    pub dataref: String,
}

impl Envelope {
    /// The body: the same bytes for the same letter, however often it is sent.
    pub fn body(&self, letter: &Letter) -> String {
        let event = json!({
            "specversion": "1.0",
            "id": letter.event.to_string(),
            "source": self.source,
            "type": letter.kind.event_type(),
            "subject": letter.case.to_string(),
            "time": letter.recorded.to_string(),
            "dataref": format!("{}/{}", self.dataref, letter.case),
            "sequence": letter.number.to_string(),
            "sequencetype": "Integer",
        });
        event.to_string()
    }
}
