//! What this room writes and refuses with, for the generated documents.

use super::ProtectionEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// Everything asked is protected already.
pub const ALREADY_PROTECTED: Code = Code("ALREADY_PROTECTED");
/// There is no protection to lift.
pub const NOT_PROTECTED: Code = Code("NOT_PROTECTED");
/// Somebody proposed to lift it already: a second worker can confirm.
pub const LIFTING_ALREADY_PROPOSED: Code = Code("LIFTING_ALREADY_PROPOSED");
/// Nobody proposed to lift it with the protected person's agreement.
pub const LIFTING_NOT_PROPOSED: Code = Code("LIFTING_NOT_PROPOSED");
/// Who proposed to lift it, or acts for who did, cannot confirm it.
pub const SECOND_PERSON_NEEDED: Code = Code("SECOND_PERSON_NEEDED");

/// Every code this room refuses with, besides those of `people` and `households`.
pub const CODES: &[Code] =
    &[ALREADY_PROTECTED, NOT_PROTECTED, LIFTING_ALREADY_PROPOSED, LIFTING_NOT_PROPOSED, SECOND_PERSON_NEEDED];

const PERSON: FieldInfo = FieldInfo::structure("person", "the protected person");

/// What all events of this room have in common. None can be back-dated: protection works from when it is recorded.
const SAFETY: EventInfo = EventInfo {
    name: "",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &[],
    meaning: "",
    fields: &[PERSON],
};

const LOCATING_DATA_PROTECTED: EventInfo = EventInfo {
    name: "LocatingDataProtected",
    caused_by: &["protectLocatingData"],
    meaning: "What could lead to this person is protected from now on.",
    fields: &[
        PERSON,
        FieldInfo::structure("households", "the households that could lead to the person"),
        FieldInfo::personal("reason", "why"),
    ],
    ..SAFETY
};

const LIFTING_PROPOSED: EventInfo = EventInfo {
    name: "LiftingProposed",
    // The protected person may have said so on an earlier day.
    may_precede: true,
    caused_by: &["proposeLiftingProtection"],
    meaning: "Somebody proposed to lift protection, and the protected person agreed.",
    fields: &[PERSON, FieldInfo::personal("agreed", "how the protected person said so")],
    ..SAFETY
};

const PROTECTION_LIFTED: EventInfo = EventInfo {
    name: "ProtectionLifted",
    caused_by: &["confirmLiftingProtection"],
    meaning: "A second worker confirmed; protection ended.",
    ..SAFETY
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[LOCATING_DATA_PROTECTED, LIFTING_PROPOSED, PROTECTION_LIFTED];

pub(super) const fn info(event: &ProtectionEvent) -> &'static EventInfo {
    match event {
        ProtectionEvent::LocatingDataProtected { .. } => &LOCATING_DATA_PROTECTED,
        ProtectionEvent::LiftingProposed { .. } => &LIFTING_PROPOSED,
        ProtectionEvent::ProtectionLifted { .. } => &PROTECTION_LIFTED,
    }
}
