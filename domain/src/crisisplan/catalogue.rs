//! What this room writes and refuses with, for the generated documents.

use super::CrisisPlanEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// A crisis plan is about the children of the case.
pub const CRISIS_PLAN_FOR_A_CHILD: Code = Code("CRISIS_PLAN_FOR_A_CHILD");
/// A crisis plan says who does what: at least one action. Who does it may be nobody yet.
pub const CRISIS_PLAN_EMPTY: Code = Code("CRISIS_PLAN_EMPTY");
/// There was no crisis plan yet on this day.
pub const CRISIS_PLAN_UNKNOWN: Code = Code("CRISIS_PLAN_UNKNOWN");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`.
pub const CODES: &[Code] = &[CRISIS_PLAN_FOR_A_CHILD, CRISIS_PLAN_EMPTY, CRISIS_PLAN_UNKNOWN];

const WRITTEN: EventInfo = EventInfo {
    name: "CrisisPlanWritten",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "director",
    caused_by: &["writeCrisisPlan"],
    meaning: "The crisis plan was written; it takes the place of an earlier one. An action without an owner makes it incomplete.",
    fields: &[
        FieldInfo::structure("children", "of which children"),
        FieldInfo::personal("signs", "what shows that it begins"),
        FieldInfo::personal("actions", "who does what; nobody yet makes it incomplete"),
    ],
};

const REVIEWED: EventInfo = EventInfo {
    name: "CrisisPlanReviewed",
    caused_by: &["reviewCrisisPlan"],
    meaning: "The crisis plan was looked at, and holds.",
    fields: &[FieldInfo::personal("words", "what was found")],
    ..WRITTEN
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[WRITTEN, REVIEWED];

pub(super) const fn info(event: &CrisisPlanEvent) -> &'static EventInfo {
    match event {
        CrisisPlanEvent::CrisisPlanWritten { .. } => &WRITTEN,
        CrisisPlanEvent::CrisisPlanReviewed { .. } => &REVIEWED,
    }
}
