//! What this room writes and refuses with, for the generated documents.

use super::FrameworkEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// This is the framework on that day already.
pub const FRAMEWORK_ALREADY: Code = Code("FRAMEWORK_ALREADY");
/// A condition is set in voluntary help: under a measure the measure says what must be done.
pub const CONDITION_NOT_VOLUNTARY: Code = Code("CONDITION_NOT_VOLUNTARY");
/// There is no such condition in this case.
pub const CONDITION_UNKNOWN: Code = Code("CONDITION_UNKNOWN");
/// This condition has ended already.
pub const CONDITION_OVER: Code = Code("CONDITION_OVER");
/// The condition asks nothing of this person.
pub const NOT_ASKED_OF: Code = Code("NOT_ASKED_OF");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE`, `ABOUT_NOBODY`, `RULING_UNKNOWN`, `BEFORE_CASE_OPENED`
/// and `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] =
    &[FRAMEWORK_ALREADY, CONDITION_NOT_VOLUNTARY, CONDITION_UNKNOWN, CONDITION_OVER, NOT_ASKED_OF];

/// The rule that it is explained to whoever a condition asks something of that it may be refused.
pub const MAY_REFUSE_EXPLAINED: &str = "condition_may_be_refused_explained";

const CONDITION: FieldInfo = FieldInfo::structure("condition", "the condition");

/// That a measure came tells of safety: in clear nothing does.
const CHANGED: EventInfo = EventInfo {
    name: "LegalFrameworkChanged",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Dated,
    may_precede: true,
    audience: "case",
    caused_by: &["changeLegalFramework"],
    meaning: "Help became compulsory, by a measure, or voluntary again.",
    fields: &[
        FieldInfo::structure("framework", "voluntary or compulsory, from that day on"),
        FieldInfo::structure("from", "the first day"),
        FieldInfo::structure("ruling", "the ruling it rests on, when that is in the case"),
    ],
};

const SET: EventInfo = EventInfo {
    name: "ConditionSet",
    axis: Axis::Process,
    audience: "persons",
    caused_by: &["setCondition"],
    meaning: "A condition was set in voluntary help: what, why, by whom, until when. It may be refused.",
    fields: &[
        CONDITION,
        FieldInfo::structure("persons", "of whom it asks something"),
        FieldInfo::personal("what", "what"),
        FieldInfo::personal("why", "why"),
        FieldInfo::personal("set_by", "who sets it"),
        FieldInfo::structure("until", "the last day"),
        FieldInfo::structure("explained", "to whom it was explained that it may be refused"),
    ],
    ..CHANGED
};

const ANSWERED: EventInfo = EventInfo {
    name: "ConditionAnswered",
    caused_by: &["answerCondition"],
    meaning: "Somebody accepted a condition in voluntary help, or refused it.",
    fields: &[
        CONDITION,
        FieldInfo::structure("person", "who"),
        FieldInfo::personal("accepts", "whether they accept it"),
        FieldInfo::personal("words", "in their words"),
    ],
    ..SET
};

const ENDED: EventInfo = EventInfo {
    name: "ConditionEnded",
    caused_by: &["endCondition"],
    meaning: "A condition in voluntary help ended before its last day.",
    fields: &[CONDITION, FieldInfo::personal("reason", "why")],
    ..SET
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[CHANGED, SET, ANSWERED, ENDED];

pub(super) const fn info(event: &FrameworkEvent) -> &'static EventInfo {
    match event {
        FrameworkEvent::LegalFrameworkChanged { .. } => &CHANGED,
        FrameworkEvent::ConditionSet { .. } => &SET,
        FrameworkEvent::ConditionAnswered { .. } => &ANSWERED,
        FrameworkEvent::ConditionEnded { .. } => &ENDED,
    }
}
