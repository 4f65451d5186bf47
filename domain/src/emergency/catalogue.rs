//! What this room writes and refuses with, for the generated documents.

use super::EmergencyEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// The worker has an emergency access to this case that has not ended.
pub const EMERGENCY_OPEN: Code = Code("EMERGENCY_OPEN");
/// For no hours at all, or for more than policy allows.
pub const EMERGENCY_TOO_LONG: Code = Code("EMERGENCY_TOO_LONG");
/// There is no such emergency access in this case.
pub const EMERGENCY_UNKNOWN: Code = Code("EMERGENCY_UNKNOWN");
/// The emergency access has ended.
pub const EMERGENCY_OVER: Code = Code("EMERGENCY_OVER");
/// Only who has it, the case director or the deputy ends an emergency access.
pub const MAY_NOT_END_EMERGENCY: Code = Code("MAY_NOT_END_EMERGENCY");
/// Somebody reviewed it already.
pub const EMERGENCY_REVIEWED: Code = Code("EMERGENCY_REVIEWED");
/// Who had it, or acts for who had it, does not review it.
pub const REVIEWED_BY_ANOTHER: Code = Code("REVIEWED_BY_ANOTHER");
/// What was opened in an emergency, and what somebody found of it, stays on record: neither struck out nor corrected.
pub const EMERGENCY_STAYS: Code = Code("EMERGENCY_STAYS");

/// Every code this room refuses with, besides `WORKER_EXCLUDED`.
pub const CODES: &[Code] = &[
    EMERGENCY_OPEN,
    EMERGENCY_TOO_LONG,
    EMERGENCY_UNKNOWN,
    EMERGENCY_OVER,
    MAY_NOT_END_EMERGENCY,
    EMERGENCY_REVIEWED,
    REVIEWED_BY_ANOTHER,
    EMERGENCY_STAYS,
];

const EMERGENCY: FieldInfo = FieldInfo::structure("emergency", "which access");

/// What all events of this room have in common. None can be back-dated: access is from when it is recorded.
const SAFETY: EventInfo = EventInfo {
    name: "",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: false,
    audience: "director",
    caused_by: &[],
    meaning: "",
    fields: &[EMERGENCY],
};

const OPENED: EventInfo = EventInfo {
    name: "EmergencyAccessOpened",
    caused_by: &["openEmergencyAccess"],
    meaning: "A worker opened the case for themself in an emergency, until a moment.",
    fields: &[
        EMERGENCY,
        FieldInfo::structure("worker", "who has it"),
        FieldInfo::structure("organisation", "for which organisation"),
        FieldInfo::personal("ground", "vital interest, or conflict of duties with its six answers"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::structure("until", "when it ends by itself"),
    ],
    ..SAFETY
};

const ENDED: EventInfo = EventInfo {
    name: "EmergencyAccessEnded",
    caused_by: &["endEmergencyAccess"],
    meaning: "An emergency access ended before its term.",
    ..SAFETY
};

const REVIEWED: EventInfo = EventInfo {
    name: "EmergencyAccessReviewed",
    caused_by: &["reviewEmergencyAccess"],
    meaning: "Somebody else reviewed an emergency access.",
    fields: &[
        EMERGENCY,
        FieldInfo::structure("outcome", "justified or not"),
        FieldInfo::personal("finding", "in words"),
    ],
    ..SAFETY
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[OPENED, ENDED, REVIEWED];

pub(super) const fn info(event: &EmergencyEvent) -> &'static EventInfo {
    match event {
        EmergencyEvent::EmergencyAccessOpened { .. } => &OPENED,
        EmergencyEvent::EmergencyAccessEnded { .. } => &ENDED,
        EmergencyEvent::EmergencyAccessReviewed { .. } => &REVIEWED,
    }
}
