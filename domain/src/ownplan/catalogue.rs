//! What this room writes and refuses with, for the generated documents.

use super::OwnPlanEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// Name at least one parent.
pub const NO_PARENT_NAMED: Code = Code("NO_PARENT_NAMED");
/// There is no such own plan.
pub const OWN_PLAN_UNKNOWN: Code = Code("OWN_PLAN_UNKNOWN");
/// The plan was presented already.
pub const OWN_PLAN_PRESENTED: Code = Code("OWN_PLAN_PRESENTED");
/// The agreed day lies before the day it was taken.
pub const OWN_PLAN_BEFORE: Code = Code("OWN_PLAN_BEFORE");

/// Every code this room refuses with, besides those of `people`.
pub const CODES: &[Code] = &[NO_PARENT_NAMED, OWN_PLAN_UNKNOWN, OWN_PLAN_PRESENTED, OWN_PLAN_BEFORE];

const PARENTS: FieldInfo = FieldInfo::structure("parents", "which parents");
const OWN_PLAN: FieldInfo = FieldInfo::structure("own_plan", "the family's own plan");

const EXPLAINED: EventInfo = EventInfo {
    name: "OwnPlanExplained",
    version: 1,
    outer: "OwnPlanExplained",
    axis: Axis::Process,
    may_precede: true,
    audience: "case",
    caused_by: &["explainOwnPlan"],
    meaning: "It was explained to parents that they may make a plan of their own first.",
    fields: &[PARENTS],
};

const TAKEN: EventInfo = EventInfo {
    name: "OwnPlanTaken",
    outer: "OwnPlanTaken",
    caused_by: &["takeOwnPlan"],
    meaning: "Parents make a plan of their own, ready by an agreed day; that of one parent binds only the own household.",
    fields: &[
        OWN_PLAN,
        PARENTS,
        FieldInfo::structure("binds", "the family, or which households"),
        FieldInfo::structure("agreed", "by when it is ready"),
    ],
    ..EXPLAINED
};

const PRESENTED: EventInfo = EventInfo {
    name: "OwnPlanPresented",
    outer: "OwnPlanPresented",
    caused_by: &["presentOwnPlan"],
    meaning: "Parents presented the plan they made.",
    fields: &[OWN_PLAN, FieldInfo::personal("words", "more about it")],
    ..EXPLAINED
};

const WAIVED: EventInfo = EventInfo {
    name: "OwnPlanWaived",
    outer: "OwnPlanWaived",
    caused_by: &["waiveOwnPlan"],
    meaning: "Parents waived a plan of their own; terms run for a provider or certified institution that makes one.",
    fields: &[
        PARENTS,
        FieldInfo::structure("maker", "who makes the plan for help instead"),
        FieldInfo::personal("reason", "why, in their words"),
    ],
    ..EXPLAINED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[EXPLAINED, TAKEN, PRESENTED, WAIVED];

pub(super) const fn info(event: &OwnPlanEvent) -> &'static EventInfo {
    match event {
        OwnPlanEvent::OwnPlanExplained { .. } => &EXPLAINED,
        OwnPlanEvent::OwnPlanTaken { .. } => &TAKEN,
        OwnPlanEvent::OwnPlanPresented { .. } => &PRESENTED,
        OwnPlanEvent::OwnPlanWaived { .. } => &WAIVED,
    }
}
