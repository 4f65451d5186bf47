//! What this room writes and refuses with, for the generated documents.

use super::TrajectoryEvent;
use crate::fact::{Axis, EventInfo, FieldClass, FieldInfo, NEUTRAL};
use crate::personal::DataClass;
use crate::rejection::Code;

/// There is no such trajectory in this case.
pub const TRAJECTORY_UNKNOWN: Code = Code("TRAJECTORY_UNKNOWN");
/// This trajectory has ended already.
pub const TRAJECTORY_OVER: Code = Code("TRAJECTORY_OVER");
/// The trajectory serves these goals already.
pub const SAME_GOALS: Code = Code("SAME_GOALS");
/// There is no such extension in this case.
pub const EXTENSION_UNKNOWN: Code = Code("EXTENSION_UNKNOWN");
/// An extension of this trajectory waits for its decision already.
pub const EXTENSION_OPEN: Code = Code("EXTENSION_OPEN");
/// An extension goes on for longer than was agreed.
pub const EXTENSION_NO_LONGER: Code = Code("EXTENSION_NO_LONGER");
/// No goal changed, so nobody reviews this extension.
pub const EXTENSION_NOT_REVIEWED: Code = Code("EXTENSION_NOT_REVIEWED");
/// This extension was decided, and nobody objected since.
pub const EXTENSION_DECIDED: Code = Code("EXTENSION_DECIDED");
/// Nothing was decided on this extension yet.
pub const EXTENSION_NOT_DECIDED: Code = Code("EXTENSION_NOT_DECIDED");
/// What is refused has no last day of its own.
pub const REFUSED_UNTIL: Code = Code("REFUSED_UNTIL");
/// This person objected to that decision already.
pub const OBJECTED_ALREADY: Code = Code("OBJECTED_ALREADY");

/// Every code this room refuses with, besides `PERSON_UNKNOWN`, `ABOUT_NOBODY`, `GOAL_UNKNOWN`, `PERSON_NAMED_TWICE` and
/// `UNTIL_BEFORE_FROM`.
pub const CODES: &[Code] = &[
    TRAJECTORY_UNKNOWN,
    TRAJECTORY_OVER,
    SAME_GOALS,
    EXTENSION_UNKNOWN,
    EXTENSION_OPEN,
    EXTENSION_NO_LONGER,
    EXTENSION_NOT_REVIEWED,
    EXTENSION_DECIDED,
    EXTENSION_NOT_DECIDED,
    REFUSED_UNTIL,
    OBJECTED_ALREADY,
];

/// The rule that a trajectory begins with goals (seed 003 R42).
pub const GOALS_AT_START: &str = "trajectory_goals_at_start";
/// The rule that three roles review an extension after the goals changed, each by somebody else (rule 13).
pub const REVIEWED_BY_THREE: &str = "extension_reviewed_by_three";
/// The rule that an objection is made within its term (Awb 6:7).
pub const OBJECTION_IN_TIME: &str = "objection_in_time";

const fn health(name: &'static str, meaning: &'static str) -> FieldInfo {
    FieldInfo { name, class: FieldClass::Personal(DataClass::Health), meaning, optional: false }
}

const TRAJECTORY: FieldInfo = FieldInfo::structure("trajectory", "the trajectory");
const EXTENSION: FieldInfo = FieldInfo::structure("extension", "the extension");
const WORDS: FieldInfo = FieldInfo::personal("words", "more about it");

/// Which help somebody gets tells of health: in clear nothing does.
const STARTED: EventInfo = EventInfo {
    name: "TrajectoryStarted",
    version: 1,
    outer: NEUTRAL,
    axis: Axis::Dated,
    may_precede: true,
    audience: "persons",
    caused_by: &["startTrajectory"],
    meaning: "Help of a provider began: a product, for somebody, from a day until a day.",
    fields: &[
        TRAJECTORY,
        health("product", "which product"),
        health("provider", "by which provider"),
        FieldInfo::structure("persons", "for whom"),
        FieldInfo::structure("worker", "which professional gives it, when known"),
        FieldInfo::structure("from", "the first day"),
        FieldInfo::structure("until", "the agreed last day, when there is one"),
        FieldInfo::structure("may_harm", "whether it may harm, so that it needs a justification"),
    ],
};

const GOALS: EventInfo = EventInfo {
    name: "TrajectoryGoalsSet",
    axis: Axis::Process,
    caused_by: &["startTrajectory", "setTrajectoryGoals"],
    meaning: "Which goals of the plan a trajectory serves from now on. Nobody can rewrite it.",
    fields: &[TRAJECTORY, FieldInfo::structure("goals", "the goals"), FieldInfo::personal("words", "why these")],
    ..STARTED
};

const ASKED: EventInfo = EventInfo {
    name: "ExtensionAsked",
    axis: Axis::Process,
    caused_by: &["askExtension"],
    meaning: "The provider asks to extend a trajectory. When its goals changed since it began, three roles review it under a pseudonym.",
    fields: &[
        EXTENSION,
        TRAJECTORY,
        FieldInfo::structure("until", "until when"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::structure("changed", "which goals changed since it began"),
        FieldInfo::structure("pseudonym", "the name under which the reviewers see it"),
    ],
    ..STARTED
};

const VIEW: EventInfo = EventInfo {
    name: "ExtensionViewGiven",
    axis: Axis::Process,
    audience: "director",
    caused_by: &["giveExtensionView"],
    meaning: "A role gave its view on an extension: core team, contract manager or legal adviser.",
    fields: &[
        EXTENSION,
        FieldInfo::structure("role", "which role"),
        FieldInfo::structure("worker", "who spoke for it"),
        FieldInfo::structure("advice", "what it advises"),
        FieldInfo::personal("view", "why"),
    ],
    ..STARTED
};

const DECIDED: EventInfo = EventInfo {
    name: "ExtensionDecided",
    axis: Axis::Process,
    caused_by: &["decideExtension"],
    meaning: "The college decided on an extension. Until a day objection is open.",
    fields: &[
        EXTENSION,
        FieldInfo::structure("outcome", "granted or refused"),
        FieldInfo::structure("until", "until when help goes on, when granted"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::personal("decided_by", "who decided"),
        FieldInfo::structure("objection_until", "until and with this day objection is open"),
    ],
    ..STARTED
};

const OBJECTED: EventInfo = EventInfo {
    name: "ExtensionObjected",
    axis: Axis::Process,
    caused_by: &["objectToExtension"],
    meaning: "Somebody of the family objected to the decision on an extension.",
    fields: &[EXTENSION, FieldInfo::structure("person", "who"), FieldInfo::personal("words", "in their words")],
    ..STARTED
};

const ENDED: EventInfo = EventInfo {
    name: "TrajectoryEnded",
    caused_by: &["endTrajectory"],
    meaning: "Help of a provider ended. None of the ways it ends blames anybody.",
    fields: &[
        TRAJECTORY,
        FieldInfo::structure("last_day", "the last day"),
        FieldInfo::structure("how", "enough, scaled down, other help, by the family, by the provider"),
        WORDS,
    ],
    ..STARTED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[STARTED, GOALS, ASKED, VIEW, DECIDED, OBJECTED, ENDED];

pub(super) const fn info(event: &TrajectoryEvent) -> &'static EventInfo {
    match event {
        TrajectoryEvent::TrajectoryStarted { .. } => &STARTED,
        TrajectoryEvent::TrajectoryGoalsSet { .. } => &GOALS,
        TrajectoryEvent::ExtensionAsked { .. } => &ASKED,
        TrajectoryEvent::ExtensionViewGiven { .. } => &VIEW,
        TrajectoryEvent::ExtensionDecided { .. } => &DECIDED,
        TrajectoryEvent::ExtensionObjected { .. } => &OBJECTED,
        TrajectoryEvent::TrajectoryEnded { .. } => &ENDED,
    }
}
