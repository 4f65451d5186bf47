//! What this room writes and refuses with, for the generated documents.

use super::ConflictEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// There is no such conflict in this case: name it first.
pub const CONFLICT_UNKNOWN: Code = Code("CONFLICT_UNKNOWN");
/// A conflict is between at least two people.
pub const CONFLICT_NEEDS_TWO: Code = Code("CONFLICT_NEEDS_TWO");
/// Somebody named is not one of those in this conflict.
pub const NOT_IN_CONFLICT: Code = Code("NOT_IN_CONFLICT");
/// An assessment of nobody: name at least one person.
pub const NOBODY_ASSESSED: Code = Code("NOBODY_ASSESSED");
/// One person is named twice in one command.
pub const PERSON_NAMED_TWICE: Code = Code("PERSON_NAMED_TWICE");
/// An assessment is made by a person, never by the system.
pub const ASSESSED_BY_A_PERSON: Code = Code("ASSESSED_BY_A_PERSON");
/// How parents are parents beside each other is said of parents.
pub const FORM_OF_PARENTS: Code = Code("FORM_OF_PARENTS");
/// What somebody of the network does to a conflict is said of somebody of the network.
pub const EFFECT_OF_NETWORK: Code = Code("EFFECT_OF_NETWORK");
/// The stage is not one of the ladder.
pub const STAGE_OUT_OF_RANGE: Code = Code("STAGE_OUT_OF_RANGE");
/// The energy is not a share of a hundred.
pub const ENERGY_OUT_OF_RANGE: Code = Code("ENERGY_OUT_OF_RANGE");
/// A calm period that somebody reports has begun.
pub const CALM_NOT_BEGUN: Code = Code("CALM_NOT_BEGUN");

/// Every code this room refuses with, besides `PERSON_UNKNOWN` and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[
    CONFLICT_UNKNOWN,
    CONFLICT_NEEDS_TWO,
    NOT_IN_CONFLICT,
    NOBODY_ASSESSED,
    PERSON_NAMED_TWICE,
    ASSESSED_BY_A_PERSON,
    FORM_OF_PARENTS,
    EFFECT_OF_NETWORK,
    STAGE_OUT_OF_RANGE,
    ENERGY_OUT_OF_RANGE,
    CALM_NOT_BEGUN,
];

const CONFLICT: FieldInfo = FieldInfo::structure("conflict", "the conflict");
const BY: FieldInfo = FieldInfo::structure("by", "who assessed it");

const NAMED: EventInfo = EventInfo {
    name: "ConflictNamed",
    version: 1,
    outer: "ConflictNamed",
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["nameConflict"],
    meaning: "A conflict between named people was named, with what it is about.",
    fields: &[CONFLICT, FieldInfo::structure("between", "between whom"), FieldInfo::personal("about", "about what")],
};

const ASSESSED: EventInfo = EventInfo {
    name: "GlaslStageAssessed",
    outer: "GlaslStageAssessed",
    caused_by: &["assessConflict"],
    meaning: "A person assessed how one of those in a conflict experiences it, on the ladder of Glasl.",
    fields: &[
        CONFLICT,
        FieldInfo::structure("person", "who experiences it so"),
        FieldInfo::personal("stage", "stage 1 to 9; nothing when it could not be said"),
        FieldInfo::personal("observations", "what was seen or heard"),
        BY,
        FieldInfo::structure("model", "the ladder and its version"),
    ],
    ..NAMED
};

const FORM: EventInfo = EventInfo {
    name: "ParentingFormAssessed",
    outer: "ParentingFormAssessed",
    caused_by: &["assessParentingForm"],
    meaning: "A person assessed how a parent is a parent beside the other: cooperative, parallel or in conflict.",
    fields: &[
        FieldInfo::structure("person", "the parent"),
        FieldInfo::personal("form", "cooperative, parallel or conflict"),
        FieldInfo::personal("basis", "on what it rests"),
        BY,
    ],
    ..NAMED
};

const NETWORK: EventInfo = EventInfo {
    name: "NetworkEffectAssessed",
    outer: "NetworkEffectAssessed",
    caused_by: &["assessNetworkEffect"],
    meaning: "A person assessed what somebody of the network does to a conflict: feeds it, calms it, or it cannot be said. The newest counts.",
    fields: &[
        CONFLICT,
        FieldInfo::structure("person", "who of the network"),
        FieldInfo::personal("effect", "feeds, calms or unknown"),
        FieldInfo::personal("basis", "on what it rests"),
        BY,
    ],
    ..NAMED
};

const FLARE_UP: EventInfo = EventInfo {
    name: "FlareUpRecorded",
    outer: "FlareUpRecorded",
    caused_by: &["recordFlareUp"],
    meaning: "A conflict flared up: by which way, what set it off, what each did.",
    fields: &[
        CONFLICT,
        FieldInfo::personal("medium", "by which way"),
        FieldInfo::personal("trigger", "what set it off"),
        FieldInfo::personal("reactions", "what each did"),
        FieldInfo::structure("told_by", "who of those in the conflict told it"),
    ],
    ..NAMED
};

const ENERGY: EventInfo = EventInfo {
    name: "ConflictEnergyReported",
    outer: "ConflictEnergyReported",
    caused_by: &["reportConflictEnergy"],
    meaning: "Somebody said how much of their energy a conflict takes.",
    fields: &[
        CONFLICT,
        FieldInfo::structure("person", "whose energy, as that person says it"),
        FieldInfo::personal("percent", "of a hundred"),
    ],
    ..NAMED
};

const CALM: EventInfo = EventInfo {
    name: "CalmPeriodReported",
    outer: "CalmPeriodReported",
    axis: Axis::Dated,
    caused_by: &["reportCalmPeriod"],
    meaning: "Somebody said that it was calm from a day on, or until a day.",
    fields: &[
        FieldInfo::structure("person", "who says so"),
        FieldInfo::structure("conflict", "in which conflict, if one is meant"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day"),
        FieldInfo::personal("words", "what helped, or what it was like"),
    ],
    ..NAMED
};

const RESTED: EventInfo = EventInfo {
    name: "ConflictRested",
    outer: "ConflictRested",
    caused_by: &["restConflict"],
    meaning: "A conflict came to rest, or is over. A flare-up later is normal.",
    fields: &[
        CONFLICT,
        FieldInfo::structure("kind", "resting or ended"),
        FieldInfo::personal("reason", "what shows it"),
    ],
    ..NAMED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[NAMED, ASSESSED, FORM, NETWORK, FLARE_UP, ENERGY, CALM, RESTED];

pub(super) const fn info(event: &ConflictEvent) -> &'static EventInfo {
    match event {
        ConflictEvent::ConflictNamed { .. } => &NAMED,
        ConflictEvent::GlaslStageAssessed { .. } => &ASSESSED,
        ConflictEvent::ParentingFormAssessed { .. } => &FORM,
        ConflictEvent::NetworkEffectAssessed { .. } => &NETWORK,
        ConflictEvent::FlareUpRecorded { .. } => &FLARE_UP,
        ConflictEvent::ConflictEnergyReported { .. } => &ENERGY,
        ConflictEvent::CalmPeriodReported { .. } => &CALM,
        ConflictEvent::ConflictRested { .. } => &RESTED,
    }
}
