//! What this room writes and refuses with, for the generated documents.

use super::CrisisEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// A crisis card is about a child of the case.
pub const CARD_FOR_A_CHILD: Code = Code("CARD_FOR_A_CHILD");
/// The card would have expired before it was written.
pub const CARD_EXPIRED: Code = Code("CARD_EXPIRED");
/// The card would be relied on for longer than policy allows.
pub const CARD_TOO_LONG: Code = Code("CARD_TOO_LONG");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`.
pub const CODES: &[Code] = &[CARD_FOR_A_CHILD, CARD_EXPIRED, CARD_TOO_LONG];

/// Not back-dated: a card is read from when it is written.
const WRITTEN: EventInfo = EventInfo {
    name: "CrisisCardWritten",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &["writeCrisisCard"],
    meaning: "The crisis card of a child was written; it takes the place of an earlier one.",
    fields: &[
        FieldInfo::structure("child", "which child"),
        FieldInfo::personal("sleeps", "where the child sleeps"),
        FieldInfo::personal("call", "whom to call, with numbers"),
        FieldInfo::personal("do_not_call", "whom not to call"),
        FieldInfo::personal("agreements", "what was agreed for a crisis"),
        FieldInfo::personal("rulings", "which rulings are in force"),
        FieldInfo::structure("expires", "last day on which it can be relied on"),
    ],
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[WRITTEN];

pub(super) const fn info(event: &CrisisEvent) -> &'static EventInfo {
    match event {
        CrisisEvent::CrisisCardWritten { .. } => &WRITTEN,
    }
}
