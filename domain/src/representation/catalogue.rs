//! What this room writes and refuses with, for the generated documents.

use super::RepresentationEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// This worker represents this person on some of those days already.
pub const REPRESENTATIVE_PRESENT: Code = Code("REPRESENTATIVE_PRESENT");
/// This worker does not represent this person on that day.
pub const REPRESENTATIVE_ABSENT: Code = Code("REPRESENTATIVE_ABSENT");

/// Every code this room refuses with, besides those of `people`.
pub const CODES: &[Code] = &[REPRESENTATIVE_PRESENT, REPRESENTATIVE_ABSENT];

const PERSON: FieldInfo = FieldInfo::structure("person", "who is represented");
const WORKER: FieldInfo = FieldInfo::structure("worker", "who represents them");

const NAMED: EventInfo = EventInfo {
    name: "RepresentativeNamed",
    version: 1,
    outer: "RepresentativeNamed",
    axis: Axis::Dated,
    may_precede: true,
    audience: "persons",
    caused_by: &["nameRepresentative"],
    meaning: "Somebody represents this person: guardian, curator, mentor, proxy or jeugdbeschermer.",
    fields: &[
        PERSON,
        WORKER,
        FieldInfo::structure("organisation", "for which organisation"),
        FieldInfo::personal("kind", "in which capacity"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day, when known"),
        FieldInfo::structure("source", "where it comes from"),
    ],
};

const ENDED: EventInfo = EventInfo {
    name: "RepresentativeEnded",
    outer: "RepresentativeEnded",
    caused_by: &["endRepresentative"],
    meaning: "Somebody represents this person no longer.",
    fields: &[PERSON, WORKER, FieldInfo::structure("last_day", "last day"), FieldInfo::personal("reason", "why")],
    ..NAMED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[NAMED, ENDED];

pub(super) const fn info(event: &RepresentationEvent) -> &'static EventInfo {
    match event {
        RepresentationEvent::RepresentativeNamed { .. } => &NAMED,
        RepresentationEvent::RepresentativeEnded { .. } => &ENDED,
    }
}
