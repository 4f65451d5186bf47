//! What this room writes and refuses with, for the generated documents.

use super::ReflectionEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// A reflection is held with somebody.
pub const REFLECTION_WITH_NOBODY: Code = Code("REFLECTION_WITH_NOBODY");
/// Somebody who reflected said something, in words, to at least one of both questions.
pub const REFLECTION_WITHOUT_WORDS: Code = Code("REFLECTION_WITHOUT_WORDS");
/// What somebody said stands in two places: put it together.
pub const SPOKE_TWICE: Code = Code("SPOKE_TWICE");
/// The next reflection would be before this one.
pub const NEXT_BEFORE_REFLECTION: Code = Code("NEXT_BEFORE_REFLECTION");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`.
pub const CODES: &[Code] = &[REFLECTION_WITH_NOBODY, REFLECTION_WITHOUT_WORDS, SPOKE_TWICE, NEXT_BEFORE_REFLECTION];

const REFLECTION: FieldInfo = FieldInfo::structure("reflection", "the reflection");

const HELD: EventInfo = EventInfo {
    name: "ReflectionHeld",
    version: 1,
    outer: "ReflectionHeld",
    axis: Axis::Process,
    may_precede: true,
    audience: "case",
    caused_by: &["recordReflection"],
    meaning: "Those around a family reflected: still the right thing? how are we doing together? For whoever works for all of them.",
    fields: &[
        REFLECTION,
        FieldInfo::structure("with", "with whom of the family and network"),
        FieldInfo::structure("workers", "with which professionals"),
        FieldInfo::personal("changes", "what changes"),
        FieldInfo::structure("next", "the last day for the next one"),
    ],
};

const SAID: EventInfo = EventInfo {
    name: "ReflectionSaid",
    outer: "ReflectionSaid",
    audience: "persons",
    meaning: "What one of them said: that person's own; a child's for the director.",
    fields: &[
        REFLECTION,
        FieldInfo::structure("by", "who"),
        FieldInfo::personal("right_thing", "still the right thing?"),
        FieldInfo::personal("together", "how are we doing together?"),
    ],
    ..HELD
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[HELD, SAID];

pub(super) const fn info(event: &ReflectionEvent) -> &'static EventInfo {
    match event {
        ReflectionEvent::ReflectionHeld { .. } => &HELD,
        ReflectionEvent::ReflectionSaid { .. } => &SAID,
    }
}
