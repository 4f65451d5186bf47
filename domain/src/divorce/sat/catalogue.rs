//! What holds for each type of event of a request to a divorce advice team, and the codes of refusals.

use super::SatEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// With names means: about somebody. Name them, or ask anonymously.
pub const SAT_SCOPE_EMPTY: Code = Code("SAT_SCOPE_EMPTY");
/// For none of the people named is the sharing consent complete: ask who is named in `still_to_ask`, or ask anonymously.
pub const SAT_CONSENT_MISSING: Code = Code("SAT_CONSENT_MISSING");
/// There is no such request in this case.
pub const SAT_UNKNOWN: Code = Code("SAT_UNKNOWN");
/// An advisor accepted this request already.
pub const SAT_ALREADY_ACCEPTED: Code = Code("SAT_ALREADY_ACCEPTED");
/// This request has ended.
pub const SAT_OVER: Code = Code("SAT_OVER");
/// This request was withdrawn by who asked: nothing is answered any more; ask anew.
pub const SAT_WITHDRAWN: Code = Code("SAT_WITHDRAWN");
/// A request is accepted, or passed on with *not me*, by an advisor of the team that was asked.
pub const NOT_THE_SAT_TEAM: Code = Code("NOT_THE_SAT_TEAM");
/// Nobody of the team accepted this request yet.
pub const SAT_NOT_ACCEPTED: Code = Code("SAT_NOT_ACCEPTED");
/// Somebody else of the team accepted this request: that advisor advises.
pub const NOT_THE_SAT_ADVISOR: Code = Code("NOT_THE_SAT_ADVISOR");
/// The access of the advisor is over: an advice would be on what could not be seen any more. Ask anew.
pub const SAT_ACCESS_OVER: Code = Code("SAT_ACCESS_OVER");
/// The advisor never saw the case as it was there: name the revision that you looked at since you accepted.
pub const SAT_POSITION_UNSEEN: Code = Code("SAT_POSITION_UNSEEN");
/// There is no such advice on this request.
pub const SAT_ADVICE_UNKNOWN: Code = Code("SAT_ADVICE_UNKNOWN");
/// This advice was answered before.
pub const SAT_ADVICE_ANSWERED: Code = Code("SAT_ADVICE_ANSWERED");
/// An advice is answered by who asked, or by the case director.
pub const NOT_WHO_ASKED_SAT: Code = Code("NOT_WHO_ASKED_SAT");
/// Whoever departs from an advice says why.
pub const SAT_REASON_MISSING: Code = Code("SAT_REASON_MISSING");
/// This question was asked anonymously: there is nobody to speak with. Ask with names.
pub const SAT_ANONYMOUS: Code = Code("SAT_ANONYMOUS");
/// A consultation is what a request is: agree on direct contact or an intervention.
pub const SAT_MODE_IS_CONSULTATION: Code = Code("SAT_MODE_IS_CONSULTATION");
/// An intervention has a last day.
pub const SAT_MODE_WITHOUT_END: Code = Code("SAT_MODE_WITHOUT_END");
/// On some of those days the team is there in such a way already.
pub const SAT_MODE_PRESENT: Code = Code("SAT_MODE_PRESENT");
/// On that day the team is there in no other way than by advising.
pub const SAT_MODE_ABSENT: Code = Code("SAT_MODE_ABSENT");

const REVIEW: FieldInfo = FieldInfo::structure("review", "the request");
const ADVISOR: FieldInfo = FieldInfo::structure("advisor", "the advisor");
const ADVICE: FieldInfo = FieldInfo::structure("advice", "the advice");
const WHY: FieldInfo = FieldInfo::personal("reason", "why");

pub(crate) const REQUESTED: EventInfo = EventInfo {
    name: "SatRequested",
    version: 1,
    outer: "SatRequested",
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["requestSat"],
    meaning: "A divorce advice team was asked, anonymously or about those whose consent stands.",
    fields: &[
        REVIEW,
        FieldInfo::structure("team", "which team"),
        FieldInfo::personal("question", "the question"),
        FieldInfo::structure("anonymous", "whether nobody is named"),
        FieldInfo::structure("scope", "those whose part is given"),
        FieldInfo::structure("withheld", "those whose part is kept back, for want of consent"),
        FieldInfo::structure("consents", "the sharing consents it rests on"),
    ],
};

pub(crate) const ACCEPTED: EventInfo = EventInfo {
    name: "SatAccepted",
    outer: "SatAccepted",
    caused_by: &["acceptSat"],
    meaning: "An advisor of the team accepted the request; access begins, for a term.",
    fields: &[REVIEW, ADVISOR],
    ..REQUESTED
};

pub(crate) const ENDED: EventInfo = EventInfo {
    name: "SatEnded",
    outer: "SatEnded",
    caused_by: &["endSat"],
    meaning: "The request ended, and with it the access.",
    fields: &[
        REVIEW,
        FieldInfo::structure("reason", "answered, not needed, or not me"),
        FieldInfo::personal("explanation", "more about it"),
    ],
    ..REQUESTED
};

pub(crate) const NOT_ME: EventInfo = EventInfo {
    name: "SatNotMeSaid",
    outer: "SatNotMeSaid",
    caused_by: &["saySatNotMe"],
    meaning: "An advisor said *not me*; the request stays open for the others of the team.",
    fields: &[REVIEW, ADVISOR, WHY],
    ..REQUESTED
};

pub(crate) const ADVISED: EventInfo = EventInfo {
    name: "SatAdviceGiven",
    outer: "SatAdviceGiven",
    caused_by: &["giveSatAdvice"],
    meaning: "The advisor advised, on the case exactly as the advisor saw it.",
    fields: &[
        REVIEW,
        ADVICE,
        ADVISOR,
        FieldInfo::structure("position", "the case as the advisor saw it: up to this fact and no further"),
        FieldInfo::structure("recommended", "which track is recommended: DOnS, a plan per household, or other help"),
        FieldInfo::personal("conditions", "on which conditions"),
        FieldInfo::personal("words", "the advice"),
    ],
    ..REQUESTED
};

pub(crate) const ANSWERED: EventInfo = EventInfo {
    name: "SatAdviceAnswered",
    outer: "SatAdviceAnswered",
    caused_by: &["answerSatAdvice"],
    meaning: "Who asked answered the advice; access ends, unless the team intervenes until a day.",
    fields: &[
        REVIEW,
        ADVICE,
        FieldInfo::structure("follows", "whether it is followed; else departed from"),
        WHY,
        FieldInfo::structure("told", "the case director who is told"),
    ],
    ..REQUESTED
};

pub(crate) const MODE_AGREED: EventInfo = EventInfo {
    name: "SatModeAgreed",
    outer: "SatModeAgreed",
    caused_by: &["agreeSatMode"],
    meaning: "The team speaks with people itself or steps in, with the consent of each.",
    fields: &[
        REVIEW,
        FieldInfo::structure("mode", "direct contact or intervention"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day; an intervention always has one"),
        FieldInfo::structure("persons", "with whom"),
        FieldInfo::structure("consents", "the sharing consents it rests on"),
    ],
    ..REQUESTED
};

pub(crate) const MODE_ENDED: EventInfo = EventInfo {
    name: "SatModeEnded",
    outer: "SatModeEnded",
    may_precede: true,
    caused_by: &["endSatMode"],
    meaning: "Direct contact or an intervention of the team ended before its last day.",
    fields: &[REVIEW, FieldInfo::structure("last_day", "last day"), WHY],
    ..REQUESTED
};

/// Every event of a request.
pub(crate) const CATALOGUE: &[EventInfo] =
    &[REQUESTED, ACCEPTED, ENDED, NOT_ME, ADVISED, ANSWERED, MODE_AGREED, MODE_ENDED];

pub(super) const fn info(event: &SatEvent) -> &'static EventInfo {
    match event {
        SatEvent::SatRequested { .. } => &REQUESTED,
        SatEvent::SatAccepted { .. } => &ACCEPTED,
        SatEvent::SatEnded { .. } => &ENDED,
        SatEvent::SatNotMeSaid { .. } => &NOT_ME,
        SatEvent::SatAdviceGiven { .. } => &ADVISED,
        SatEvent::SatAdviceAnswered { .. } => &ANSWERED,
        SatEvent::SatModeAgreed { .. } => &MODE_AGREED,
        SatEvent::SatModeEnded { .. } => &MODE_ENDED,
    }
}
