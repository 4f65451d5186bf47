//! What this room writes and refuses with, for the generated documents.

use super::ApplicationEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// There is no such application in this case.
pub const APPLICATION_UNKNOWN: Code = Code("APPLICATION_UNKNOWN");
/// This application was answered already.
pub const APPLICATION_ANSWERED: Code = Code("APPLICATION_ANSWERED");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE`, `ABOUT_NOBODY`, `TRAJECTORY_UNKNOWN` and
/// `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[APPLICATION_UNKNOWN, APPLICATION_ANSWERED];

const APPLICATION: FieldInfo = FieldInfo::structure("application", "the application");

/// For which help a decision is asked tells of health: in clear nothing does.
const MADE: EventInfo = EventInfo {
    name: "ApplicationMade",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["makeApplication"],
    meaning: "A decision of the municipality, or material aid, was asked for somebody; beside it the concern that waits.",
    fields: &[
        APPLICATION,
        FieldInfo::structure("kind", "a decision or material aid"),
        FieldInfo::structure("persons", "for whom"),
        FieldInfo::personal("what", "what is needed"),
        FieldInfo::personal("of_whom", "of whom it was asked"),
        FieldInfo::personal("concern", "which concern it leaves open while nobody answers"),
        FieldInfo::structure("trajectory", "for which trajectory"),
        FieldInfo::structure("answer_by", "by when an answer was promised"),
    ],
};

const DELAYED: EventInfo = EventInfo {
    name: "ApplicationDelayed",
    caused_by: &["delayApplication"],
    meaning: "Whoever must answer said that it takes longer.",
    fields: &[
        APPLICATION,
        FieldInfo::personal("reason", "why"),
        FieldInfo::structure("answer_by", "by when an answer is promised now"),
    ],
    ..MADE
};

const ANSWERED: EventInfo = EventInfo {
    name: "ApplicationAnswered",
    caused_by: &["answerApplication"],
    meaning: "An application was answered.",
    fields: &[
        APPLICATION,
        FieldInfo::structure("outcome", "given, partly given, refused, no longer needed"),
        FieldInfo::personal("words", "why, or what of it"),
    ],
    ..MADE
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[MADE, DELAYED, ANSWERED];

pub(super) const fn info(event: &ApplicationEvent) -> &'static EventInfo {
    match event {
        ApplicationEvent::ApplicationMade { .. } => &MADE,
        ApplicationEvent::ApplicationDelayed { .. } => &DELAYED,
        ApplicationEvent::ApplicationAnswered { .. } => &ANSWERED,
    }
}
