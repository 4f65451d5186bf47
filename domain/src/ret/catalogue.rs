//! What this room writes and refuses with, for the generated documents.

use super::RetEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// The regional expert team is asked about a child of the case.
pub const RET_FOR_A_CHILD: Code = Code("RET_FOR_A_CHILD");
/// The team was asked already, and that is not over.
pub const RET_ALREADY_ASKED: Code = Code("RET_ALREADY_ASKED");
/// The team was not asked in this case.
pub const RET_UNKNOWN: Code = Code("RET_UNKNOWN");
/// The involvement of the team is over.
pub const RET_OVER: Code = Code("RET_OVER");
/// Nobody is named who joins, or who was told.
pub const RET_WITH_NOBODY: Code = Code("RET_WITH_NOBODY");
/// The family was not told yet what the team does not do (rule 21; 004b R47).
pub const RET_FAMILY_NOT_TOLD: Code = Code("RET_FAMILY_NOT_TOLD");
/// For one of the children nobody's consent names a member who is to join.
pub const RET_CONSENT_MISSING: Code = Code("RET_CONSENT_MISSING");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `WORKER_EXCLUDED`.
pub const CODES: &[Code] = &[
    RET_FOR_A_CHILD,
    RET_ALREADY_ASKED,
    RET_UNKNOWN,
    RET_OVER,
    RET_WITH_NOBODY,
    RET_FAMILY_NOT_TOLD,
    RET_CONSENT_MISSING,
];

const RET: FieldInfo = FieldInfo::structure("ret", "the involvement");

const ASKED: EventInfo = EventInfo {
    name: "RetAsked",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "child",
    caused_by: &["askRet"],
    meaning: "The regional expert team was asked, because regular help is stuck.",
    fields: &[
        RET,
        FieldInfo::structure("organisation", "which team"),
        FieldInfo::structure("children", "about which children"),
        FieldInfo::personal("stuck", "why regular help is stuck"),
    ],
};

const TOLD: EventInfo = EventInfo {
    name: "RetFamilyTold",
    caused_by: &["askRet", "tellFamilyOfRet"],
    meaning: "The family was told what the regional expert team does, and that it does not fix.",
    fields: &[RET, FieldInfo::structure("told", "who was told"), FieldInfo::personal("words", "in which words")],
    ..ASKED
};

/// Not back-dated: from it on its members read.
const JOINED: EventInfo = EventInfo {
    name: "RetJoined",
    may_precede: false,
    caused_by: &["joinRet"],
    meaning: "These members of the regional expert team joined: they read the crisis plan and the child layer.",
    fields: &[RET, FieldInfo::structure("members", "who")],
    ..ASKED
};

const ENDED: EventInfo = EventInfo {
    name: "RetEnded",
    caused_by: &["endRet"],
    meaning: "The involvement of the regional expert team is over: its members read nothing from then on.",
    fields: &[RET, FieldInfo::personal("words", "with what result, or why")],
    ..ASKED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[ASKED, TOLD, JOINED, ENDED];

pub(super) const fn info(event: &RetEvent) -> &'static EventInfo {
    match event {
        RetEvent::RetAsked { .. } => &ASKED,
        RetEvent::RetFamilyTold { .. } => &TOLD,
        RetEvent::RetJoined { .. } => &JOINED,
        RetEvent::RetEnded { .. } => &ENDED,
    }
}
