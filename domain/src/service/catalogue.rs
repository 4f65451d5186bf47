//! What this room writes and refuses with, for the generated documents.

use super::ServiceEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such step in this case.
pub const STEP_UNKNOWN: Code = Code("STEP_UNKNOWN");
/// A step is decided by somebody: say by whom.
pub const DECIDED_BY_NOBODY: Code = Code("DECIDED_BY_NOBODY");
/// The level is not one of the ladder.
pub const LEVEL_OUT_OF_RANGE: Code = Code("LEVEL_OUT_OF_RANGE");
/// A body joins about somebody: say about whom.
pub const ABOUT_NOBODY: Code = Code("ABOUT_NOBODY");
/// This body did not join, as far as this case knows.
pub const INVOLVEMENT_UNKNOWN: Code = Code("INVOLVEMENT_UNKNOWN");
/// This body has left already.
pub const INVOLVEMENT_OVER: Code = Code("INVOLVEMENT_OVER");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `PERSON_NAMED_TWICE` and `CONFLICT_UNKNOWN`.
pub const CODES: &[Code] =
    &[STEP_UNKNOWN, DECIDED_BY_NOBODY, LEVEL_OUT_OF_RANGE, ABOUT_NOBODY, INVOLVEMENT_UNKNOWN, INVOLVEMENT_OVER];

/// The rule that the family hears what an expert team does and does not do (rule 21; 004b R47).
pub const FAMILY_TOLD_OF_RET: &str = "family_told_of_ret";

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { name, class: FieldClass::Personal(DataClass::Health), meaning, optional: false }
}

const STEP: FieldInfo = FieldInfo::structure("step", "the step");
const INVOLVEMENT: FieldInfo = FieldInfo::structure("involvement", "the involvement");

const STEP_TAKEN: EventInfo = EventInfo {
    name: "ServiceStepTaken",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Process,
    may_precede: true,
    audience: "child",
    caused_by: &["takeServiceStep"],
    meaning: "Help for somebody went to a level in an environment: up, down, or for the first time.",
    fields: &[
        STEP,
        FieldInfo::structure("person", "whose help"),
        FieldInfo::structure(
            "environment",
            "where: family, childcare, primary school, after-school care, secondary school",
        ),
        FieldInfo::personal("level", "the level since then, 1 to 10"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::structure("decided", "who decided"),
        health("programme", "which programme, when known"),
        health("provider", "who provides it, when known"),
    ],
};

const WISH: EventInfo = EventInfo {
    name: "FamilyWishTold",
    audience: "persons",
    meaning: "Somebody of the family said what they wish with a step in help.",
    fields: &[STEP, FieldInfo::structure("person", "who"), FieldInfo::personal("wish", "what, in own words")],
    ..STEP_TAKEN
};

const JOINED: EventInfo = EventInfo {
    name: "BodyJoined",
    caused_by: &["recordBodyJoined"],
    meaning: "A body joined: the regional expert team, Veilig Thuis, the Raad or a certified institution.",
    fields: &[
        INVOLVEMENT,
        FieldInfo::structure("body", "which body"),
        FieldInfo::personal("organisation", "of which region or organisation, when known"),
        FieldInfo::structure("persons", "about whom"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::personal("family_told", "what the family was told of what it does and does not do"),
    ],
    ..STEP_TAKEN
};

const LEFT: EventInfo = EventInfo {
    name: "BodyLeft",
    caused_by: &["recordBodyLeft"],
    meaning: "A body left.",
    fields: &[INVOLVEMENT, FieldInfo::personal("reason", "why, or with what result")],
    ..STEP_TAKEN
};

const ADVICE: EventInfo = EventInfo {
    name: "AdviceRecorded",
    caused_by: &["recordAdvice"],
    meaning: "Somebody advised on a conflict or a step in help. An advice is data with its source, never a gate.",
    fields: &[
        FieldInfo::structure("conflict", "on which conflict"),
        FieldInfo::structure("step", "on which step"),
        FieldInfo::structure("persons", "about whom"),
        FieldInfo::personal("source", "whose advice"),
        FieldInfo::personal("advice", "the advice"),
    ],
    ..STEP_TAKEN
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[STEP_TAKEN, WISH, JOINED, LEFT, ADVICE];

pub(super) const fn info(event: &ServiceEvent) -> &'static EventInfo {
    match event {
        ServiceEvent::ServiceStepTaken { .. } => &STEP_TAKEN,
        ServiceEvent::FamilyWishTold { .. } => &WISH,
        ServiceEvent::BodyJoined { .. } => &JOINED,
        ServiceEvent::BodyLeft { .. } => &LEFT,
        ServiceEvent::AdviceRecorded { .. } => &ADVICE,
    }
}
