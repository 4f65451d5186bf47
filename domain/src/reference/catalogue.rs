//! What this room writes and refuses with, for the generated documents.

use super::ReferenceEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such reference in this case.
pub const REFERENCE_UNKNOWN: Code = Code("REFERENCE_UNKNOWN");
/// This reference was ended before.
pub const REFERENCE_ENDED: Code = Code("REFERENCE_ENDED");
/// The same number in the same kind of register is on record about this person already.
pub const REFERENCE_PRESENT: Code = Code("REFERENCE_PRESENT");
/// It stands there since a day that has not come yet.
pub const REFERENCE_FROM_FUTURE: Code = Code("REFERENCE_FROM_FUTURE");
/// A citizen service number or a telephone number leads to a person wherever it stands: it is no number of a register.
pub const REFERENCE_LEADS_TO_PERSON: Code = Code("REFERENCE_LEADS_TO_PERSON");
/// A reference leads to something and says nothing itself: a number or short name without words.
pub const REFERENCE_NOT_OPAQUE: Code = Code("REFERENCE_NOT_OPAQUE");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[
    REFERENCE_UNKNOWN,
    REFERENCE_ENDED,
    REFERENCE_PRESENT,
    REFERENCE_FROM_FUTURE,
    REFERENCE_LEADS_TO_PERSON,
    REFERENCE_NOT_OPAQUE,
];

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { class: FieldClass::Personal(DataClass::Health), ..FieldInfo::personal(name, meaning) }
}

const REFERENCE: FieldInfo = FieldInfo::structure("reference", "the reference");

const RECORDED: EventInfo = EventInfo {
    name: "ExternalReferenceRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Dated,
    may_precede: true,
    audience: "persons",
    caused_by: &["recordExternalReference"],
    meaning: "Something about somebody stands in a register elsewhere: where, under which number, and who keeps it. Never what it says.",
    fields: &[
        REFERENCE,
        FieldInfo::structure("person", "about whom"),
        health("register", "in which kind of register or file"),
        health("number", "under which number or name there"),
        health("keeper", "who keeps it"),
        FieldInfo::structure("since", "since which day it is known to stand there"),
    ],
};

const ENDED: EventInfo = EventInfo {
    name: "ExternalReferenceEnded",
    caused_by: &["endExternalReference"],
    meaning: "Something about somebody stands in a register elsewhere no longer.",
    fields: &[REFERENCE, FieldInfo::structure("last_day", "the last day"), health("reason", "why")],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, ENDED];

pub(super) const fn info(event: &ReferenceEvent) -> &'static EventInfo {
    match event {
        ReferenceEvent::ExternalReferenceRecorded { .. } => &RECORDED,
        ReferenceEvent::ExternalReferenceEnded { .. } => &ENDED,
    }
}
