//! What this room writes and refuses with, for the generated documents.

use super::ReferralEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such referral in this case.
pub const REFERRAL_UNKNOWN: Code = Code("REFERRAL_UNKNOWN");
/// A direct referral is recorded when the family agrees.
pub const REFERRAL_NOT_AGREED: Code = Code("REFERRAL_NOT_AGREED");
/// The referral stands in the plan with this already.
pub const REFERRAL_IN_PLAN: Code = Code("REFERRAL_IN_PLAN");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE`, `ABOUT_NOBODY`, `GOAL_UNKNOWN` and `ACTION_UNKNOWN`.
pub const CODES: &[Code] = &[REFERRAL_UNKNOWN, REFERRAL_NOT_AGREED, REFERRAL_IN_PLAN];

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { name, class: FieldClass::Personal(DataClass::Health), meaning, optional: false }
}

const REFERRAL: FieldInfo = FieldInfo::structure("referral", "the referral");

/// That a doctor referred somebody tells of health: in clear nothing does.
const RECORDED: EventInfo = EventInfo {
    name: "ReferralRecorded",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "persons",
    caused_by: &["recordReferral"],
    meaning: "A doctor referred somebody straight to a provider, and the family agreed to record it.",
    fields: &[
        REFERRAL,
        FieldInfo::structure("persons", "of whom"),
        FieldInfo::structure("by", "by a general practitioner, a medical specialist or a youth doctor"),
        FieldInfo::personal("who", "who, when known"),
        health("provider", "to which provider"),
        health("help", "for which help, when known"),
        FieldInfo::structure("referred", "on which day, when known"),
        FieldInfo::structure("agreed", "who of the family agreed to record it"),
    ],
};

const PLANNED: EventInfo = EventInfo {
    name: "ReferralPlanned",
    caused_by: &["planReferral"],
    meaning: "A direct referral was brought into the one plan.",
    fields: &[REFERRAL, FieldInfo::structure("item", "as which goal or action")],
    ..RECORDED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[RECORDED, PLANNED];

pub(super) const fn info(event: &ReferralEvent) -> &'static EventInfo {
    match event {
        ReferralEvent::ReferralRecorded { .. } => &RECORDED,
        ReferralEvent::ReferralPlanned { .. } => &PLANNED,
    }
}
