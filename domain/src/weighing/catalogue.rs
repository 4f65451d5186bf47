//! What this room writes and refuses with, for the generated documents.

use super::WeighingEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such weighing in this case.
pub const WEIGHING_UNKNOWN: Code = Code("WEIGHING_UNKNOWN");
/// This came to an end already.
pub const WEIGHING_OVER: Code = Code("WEIGHING_OVER");
/// A wait that goes on has a next day on which somebody looks.
pub const WAITING_WITHOUT_REVIEW: Code = Code("WAITING_WITHOUT_REVIEW");
/// What ends is not looked at again.
pub const REVIEW_AFTER_END: Code = Code("REVIEW_AFTER_END");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE`, `ABOUT_NOBODY`, `DECIDED_BY_NOBODY`,
/// `TRAJECTORY_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[WEIGHING_UNKNOWN, WEIGHING_OVER, WAITING_WITHOUT_REVIEW, REVIEW_AFTER_END];

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { name, class: FieldClass::Personal(DataClass::Health), meaning, optional: false }
}

const WEIGHING: FieldInfo = FieldInfo::structure("weighing", "the weighing");
const PERSONS: FieldInfo = FieldInfo::structure("persons", "whom it concerns");
const DECIDED: FieldInfo = FieldInfo::structure("decided", "who decided");
const REVIEW: FieldInfo = FieldInfo::structure("review", "the day on which somebody looks again");

/// Which help may harm somebody, and with what is waited, tells of health or safety: in clear nothing does.
const JUSTIFIED: EventInfo = EventInfo {
    name: "HarmfulHelpJustified",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["justifyHarmfulHelp"],
    meaning: "Help that may harm was justified: what it may bring, what harm it may do, and why it is done all the same.",
    fields: &[
        WEIGHING,
        PERSONS,
        health("help", "which help"),
        FieldInfo::structure("trajectory", "the trajectory it is, when it runs as one"),
        FieldInfo::personal("benefit", "what it may bring"),
        health("harm", "what harm it may do"),
        FieldInfo::personal("lighter", "which lighter help was weighed"),
        FieldInfo::personal("justification", "why it is done all the same"),
        FieldInfo::personal("child_interest", "the interest of the child"),
        DECIDED,
        REVIEW,
    ],
};

const WAITING: EventInfo = EventInfo {
    name: "WaitingDecided",
    caused_by: &["decideToWait"],
    meaning: "It was decided to wait on purpose, with a reason and a day on which somebody looks again.",
    fields: &[
        WEIGHING,
        PERSONS,
        FieldInfo::personal("what", "with what is waited"),
        FieldInfo::personal("reason", "why"),
        DECIDED,
        REVIEW,
    ],
    ..JUSTIFIED
};

const REVIEWED: EventInfo = EventInfo {
    name: "WeighingReviewed",
    caused_by: &["reviewWeighing"],
    meaning: "Somebody looked again at help that may harm, or at a deliberate wait: it goes on, or ends.",
    fields: &[
        WEIGHING,
        FieldInfo::structure("goes_on", "whether it goes on"),
        FieldInfo::personal("finding", "what was found"),
        FieldInfo::structure("next", "the next day on which somebody looks again"),
    ],
    ..JUSTIFIED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[JUSTIFIED, WAITING, REVIEWED];

pub(super) const fn info(event: &WeighingEvent) -> &'static EventInfo {
    match event {
        WeighingEvent::HarmfulHelpJustified { .. } => &JUSTIFIED,
        WeighingEvent::WaitingDecided { .. } => &WAITING,
        WeighingEvent::WeighingReviewed { .. } => &REVIEWED,
    }
}
