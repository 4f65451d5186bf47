//! What this room writes and refuses with, for the generated documents.

use super::AlertEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// There is no such proposal in this case.
pub const PROPOSAL_UNKNOWN: Code = Code("PROPOSAL_UNKNOWN");
/// This proposal was accepted or dismissed before.
pub const PROPOSAL_ANSWERED: Code = Code("PROPOSAL_ANSWERED");
/// What this proposal rests on is gone: it waits no longer.
pub const PROPOSAL_LAPSED: Code = Code("PROPOSAL_LAPSED");
/// Only the system itself raises alerts and makes proposals; a person says what there is to say in another way.
pub const BY_ITSELF_ONLY: Code = Code("BY_ITSELF_ONLY");
/// A person answers a proposal, never the system.
pub const PROPOSAL_NEEDS_A_PERSON: Code = Code("PROPOSAL_NEEDS_A_PERSON");

/// That the system told or proposed something stays as it was: correct what it rests on, or answer the proposal.
pub const BY_ITSELF_STAYS: Code = Code("BY_ITSELF_STAYS");

/// Every code this room refuses with.
pub const CODES: &[Code] =
    &[PROPOSAL_UNKNOWN, PROPOSAL_ANSWERED, PROPOSAL_LAPSED, BY_ITSELF_ONLY, PROPOSAL_NEEDS_A_PERSON, BY_ITSELF_STAYS];

const RAISED: EventInfo = EventInfo {
    name: "AlertRaised",
    version: 1,
    outer: "AlertRaised",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["raiseAlert"],
    meaning: "The system told somebody that a term ran out, or that a day comes near. For whoever may know the fact it rests on.",
    fields: &[
        FieldInfo::structure("alert", "the alert, the same through all its steps"),
        FieldInfo::structure("what", "what is waited for"),
        FieldInfo::structure("said_by", "the fact that said so, if one did"),
        FieldInfo::structure("last_day", "the last day, as that fact said it"),
        FieldInfo::personal("own_day", "the day, where it follows from somebody's birth date"),
        FieldInfo::structure("persons", "whom it concerns, where no fact says so"),
        FieldInfo::structure("nth", "of several that are alike: which one, from 0"),
        FieldInfo::structure("step", "which step of the chain, from 1"),
        FieldInfo::structure("to", "for whom"),
        FieldInfo::structure("owner", "who does what is waited for, at the step of the owner"),
        FieldInfo::structure("next", "when the next step follows if it still waits then"),
    ],
};

const MADE: EventInfo = EventInfo {
    name: "ProposalMade",
    outer: "ProposalMade",
    caused_by: &["makeProposal"],
    meaning: "The system proposed something; a person accepts or dismisses it.",
    fields: &[
        FieldInfo::structure("proposal", "the proposal"),
        FieldInfo::structure("kind", "a consultation, a review for rest, separate conversations, or a step back"),
        FieldInfo::structure("about", "which conflict or conference, or the divorce as a whole"),
        FieldInfo::structure("cause", "the fact that caused it"),
        FieldInfo::structure("persons", "whom it concerns"),
    ],
    ..RAISED
};

const ACCEPTED: EventInfo = EventInfo {
    name: "ProposalAccepted",
    outer: "ProposalAccepted",
    caused_by: &["acceptProposal"],
    meaning: "Somebody accepted a proposal.",
    fields: &[FieldInfo::structure("proposal", "the proposal"), FieldInfo::personal("words", "more about it")],
    ..RAISED
};

const DISMISSED: EventInfo = EventInfo {
    name: "ProposalDismissed",
    outer: "ProposalDismissed",
    caused_by: &["dismissProposal"],
    meaning: "Somebody dismissed a proposal, with a reason.",
    fields: &[FieldInfo::structure("proposal", "the proposal"), FieldInfo::personal("reason", "why")],
    ..RAISED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RAISED, MADE, ACCEPTED, DISMISSED];

pub(super) const fn info(event: &AlertEvent) -> &'static EventInfo {
    match event {
        AlertEvent::AlertRaised { .. } => &RAISED,
        AlertEvent::ProposalMade { .. } => &MADE,
        AlertEvent::ProposalAccepted { .. } => &ACCEPTED,
        AlertEvent::ProposalDismissed { .. } => &DISMISSED,
    }
}
