//! What this room writes and refuses with, for the generated documents.

use super::HouseholdEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// A household named by the command is not in the case.
pub const HOUSEHOLD_UNKNOWN: Code = Code("HOUSEHOLD_UNKNOWN");
/// A label may not say where people live.
pub const LABEL_NOT_NEUTRAL: Code = Code("LABEL_NOT_NEUTRAL");
/// Another household of the case has this label.
pub const LABEL_TAKEN: Code = Code("LABEL_TAKEN");
/// Somebody lives there already on some of these days.
pub const MEMBERSHIP_OVERLAPS: Code = Code("MEMBERSHIP_OVERLAPS");
/// Somebody does not live there on that day.
pub const NOT_A_MEMBER: Code = Code("NOT_A_MEMBER");
/// The last day lies before the first on which somebody lives there.
pub const MEMBERSHIP_NOT_BEGUN: Code = Code("MEMBERSHIP_NOT_BEGUN");
/// It is recorded already that this is the last day.
pub const MEMBERSHIP_ALREADY_ENDED: Code = Code("MEMBERSHIP_ALREADY_ENDED");

/// Every code this room refuses with, besides those of `people`.
pub const CODES: &[Code] = &[
    HOUSEHOLD_UNKNOWN,
    LABEL_NOT_NEUTRAL,
    LABEL_TAKEN,
    MEMBERSHIP_OVERLAPS,
    NOT_A_MEMBER,
    MEMBERSHIP_NOT_BEGUN,
    MEMBERSHIP_ALREADY_ENDED,
];

/// The rule that a label says nothing about the place, as a departure names it (rule 0).
pub const NEUTRAL_LABEL: &str = "neutral_label";

const HOUSEHOLD: FieldInfo = FieldInfo::structure("household", "the household");
const PERSON: FieldInfo = FieldInfo::structure("person", "the person");
const FROM: FieldInfo = FieldInfo::structure("from", "first day");
const LABEL: FieldInfo = FieldInfo::personal("label", "a neutral label");

/// What all events of this room have in common, but for a label: that has no day of its own.
const DATED: EventInfo = EventInfo {
    name: "",
    version: 1,
    outer: "",
    axis: Axis::Dated,
    may_precede: true,
    audience: "case",
    caused_by: &[],
    meaning: "",
    fields: &[],
};

const HOUSEHOLD_FORMED: EventInfo = EventInfo {
    name: "HouseholdFormed",
    outer: "HouseholdFormed",
    caused_by: &["formHousehold"],
    meaning: "A household was recorded.",
    fields: &[HOUSEHOLD, LABEL, FROM],
    ..DATED
};

const HOUSEHOLD_RELABELLED: EventInfo = EventInfo {
    name: "HouseholdRelabelled",
    outer: "HouseholdRelabelled",
    axis: Axis::Process,
    caused_by: &["relabelHousehold"],
    meaning: "A household got another label.",
    fields: &[HOUSEHOLD, LABEL],
    ..DATED
};

const MEMBERSHIP_RECORDED: EventInfo = EventInfo {
    name: "MembershipRecorded",
    outer: "MembershipRecorded",
    caused_by: &["recordMembership", "formHousehold"],
    meaning: "Somebody lives in a household, wholly or partly.",
    fields: &[HOUSEHOLD, PERSON, FROM, FieldInfo::structure("until", "last day, when known")],
    ..DATED
};

const MEMBERSHIP_ENDED: EventInfo = EventInfo {
    name: "MembershipEnded",
    outer: "MembershipEnded",
    caused_by: &["endMembership"],
    meaning: "Somebody no longer lives in a household.",
    fields: &[HOUSEHOLD, PERSON, FieldInfo::structure("last_day", "last day")],
    ..DATED
};

const ADDRESS_RECORDED: EventInfo = EventInfo {
    name: "AddressRecorded",
    outer: "AddressRecorded",
    audience: "director",
    caused_by: &["recordAddress"],
    meaning: "Where a household is. Locating data.",
    fields: &[
        HOUSEHOLD,
        FieldInfo::personal("address", "the address"),
        FROM,
        FieldInfo::structure("source", "where it comes from"),
    ],
    ..DATED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] =
    &[HOUSEHOLD_FORMED, HOUSEHOLD_RELABELLED, MEMBERSHIP_RECORDED, MEMBERSHIP_ENDED, ADDRESS_RECORDED];

pub(super) const fn info(event: &HouseholdEvent) -> &'static EventInfo {
    match event {
        HouseholdEvent::HouseholdFormed { .. } => &HOUSEHOLD_FORMED,
        HouseholdEvent::HouseholdRelabelled { .. } => &HOUSEHOLD_RELABELLED,
        HouseholdEvent::MembershipRecorded { .. } => &MEMBERSHIP_RECORDED,
        HouseholdEvent::MembershipEnded { .. } => &MEMBERSHIP_ENDED,
        HouseholdEvent::AddressRecorded { .. } => &ADDRESS_RECORDED,
    }
}
