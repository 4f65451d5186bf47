//! What this room writes and refuses with, for the generated documents.

use super::RequestEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// Who asks is somebody of the case, or named. A parent without authority is somebody of the case.
pub const REQUESTER_MISSING: Code = Code("REQUESTER_MISSING");
/// A request is about somebody of the case.
pub const REQUEST_ABOUT_NOBODY: Code = Code("REQUEST_ABOUT_NOBODY");
/// There is no such request in this case.
pub const REQUEST_UNKNOWN: Code = Code("REQUEST_UNKNOWN");
/// This request was decided before.
pub const REQUEST_ALREADY_DECIDED: Code = Code("REQUEST_ALREADY_DECIDED");
/// A request is never decided by the worker alone.
pub const DECIDED_ALONE: Code = Code("DECIDED_ALONE");
/// What is given has a kind, and what is refused has none.
pub const GIVEN_NOTHING: Code = Code("GIVEN_NOTHING");
/// What a parent without authority is told is weighed first.
pub const WEIGHING_MISSING: Code = Code("WEIGHING_MISSING");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[
    REQUESTER_MISSING,
    REQUEST_ABOUT_NOBODY,
    REQUEST_UNKNOWN,
    REQUEST_ALREADY_DECIDED,
    DECIDED_ALONE,
    GIVEN_NOTHING,
    WEIGHING_MISSING,
];

const REQUEST: FieldInfo = FieldInfo::structure("request", "the request");

/// That the police or the Raad asked tells of safety or crime: in clear nothing does.
const RECORDED: EventInfo = EventInfo {
    name: "OutsideRequestRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "director",
    caused_by: &["recordOutsideRequest"],
    meaning: "Somebody outside asked for information.",
    fields: &[
        REQUEST,
        FieldInfo::structure("requester", "in which capacity"),
        FieldInfo::structure("person", "who, when of the case"),
        FieldInfo::personal("who", "who, when not of the case"),
        FieldInfo::structure("about", "about whom"),
        FieldInfo::personal("asked", "what was asked"),
        FieldInfo::personal("article", "by which article"),
        FieldInfo::structure("in_writing", "whether in writing"),
        FieldInfo::structure("answer_by", "by when an answer is asked"),
    ],
};

const DECIDED: EventInfo = EventInfo {
    name: "OutsideRequestDecided",
    caused_by: &["decideOutsideRequest"],
    meaning: "A request from outside was decided, never by the worker alone.",
    fields: &[
        REQUEST,
        FieldInfo::structure("outcome", "given, partly given or refused"),
        FieldInfo::structure("categories", "which data are given"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::structure("decided_by", "who decided"),
        FieldInfo::personal("weighing", "how the request of a parent without authority was weighed"),
    ],
    ..RECORDED
};

const TOLD: EventInfo = EventInfo {
    name: "FamilyToldOfRequest",
    caused_by: &["tellFamilyOfRequest"],
    meaning: "The family was told of a request from outside.",
    fields: &[REQUEST, FieldInfo::structure("persons", "who was told")],
    ..RECORDED
};

const LATER: EventInfo = EventInfo {
    name: "FamilyToldLater",
    caused_by: &["tellFamilyLater"],
    meaning: "The family is told of a request from outside later, and somebody looks at that again.",
    fields: &[
        REQUEST,
        FieldInfo::personal("ground", "on which ground"),
        FieldInfo::structure("review", "the day on which somebody looks at it again"),
    ],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, DECIDED, TOLD, LATER];

pub(super) const fn info(event: &RequestEvent) -> &'static EventInfo {
    match event {
        RequestEvent::OutsideRequestRecorded { .. } => &RECORDED,
        RequestEvent::OutsideRequestDecided { .. } => &DECIDED,
        RequestEvent::FamilyToldOfRequest { .. } => &TOLD,
        RequestEvent::FamilyToldLater { .. } => &LATER,
    }
}
