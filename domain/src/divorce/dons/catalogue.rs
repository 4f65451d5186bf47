//! What holds for each type of event of `DOnS`, and the codes of refusals.

use super::DonsEvent;
use crate::fact::{Axis, EventInfo, FieldInfo};
use crate::rejection::Code;

/// A duo is two different people.
pub const DUO_IS_ONE_PERSON: Code = Code("DUO_IS_ONE_PERSON");
/// Somebody of the duo is not recorded as trained as a family representative for that organisation on that day; `untrained` names who.
pub const DUO_UNTRAINED: Code = Code("DUO_UNTRAINED");
/// No track was chosen, or another: record what was signalled, screen each alone, and choose `DOnS` in triage or switch to it, first.
pub const DONS_NOT_THE_TRACK: Code = Code("DONS_NOT_THE_TRACK");
/// There is a duo on some of those days already.
pub const DUO_PRESENT: Code = Code("DUO_PRESENT");
/// This trajectory does not run on that day.
pub const DONS_ABSENT: Code = Code("DONS_ABSENT");
/// There is no such trajectory in this case.
pub const DONS_UNKNOWN: Code = Code("DONS_UNKNOWN");
/// A conversation is with somebody: say who was present, or record that it was not held.
pub const DONS_WITH_NOBODY: Code = Code("DONS_WITH_NOBODY");
/// More minutes than a day has.
pub const DONS_TOO_LONG: Code = Code("DONS_TOO_LONG");
/// There is no such conversation in this case that was held.
pub const DONS_CONVERSATION_UNKNOWN: Code = Code("DONS_CONVERSATION_UNKNOWN");
/// There is no such goal of the parents in this case.
pub const PARENT_GOAL_UNKNOWN: Code = Code("PARENT_GOAL_UNKNOWN");
/// This goal was fixed as it stands.
pub const PARENT_GOAL_FIXED: Code = Code("PARENT_GOAL_FIXED");
/// A goal of the parents is of parents: somebody named is none.
pub const GOAL_OF_PARENTS: Code = Code("GOAL_OF_PARENTS");
/// There is no such barrier in this case.
pub const BARRIER_UNKNOWN: Code = Code("BARRIER_UNKNOWN");
/// This barrier was lifted before.
pub const BARRIER_LIFTED: Code = Code("BARRIER_LIFTED");
/// Completed means that something came of it: say what, for communication, contact or agreements; else it ended early.
pub const DONS_WITHOUT_OUTCOME: Code = Code("DONS_WITHOUT_OUTCOME");

const TRAJECTORY: FieldInfo = FieldInfo::structure("trajectory", "the trajectory");
const CONVERSATION: FieldInfo = FieldInfo::structure("conversation", "the conversation");
const KIND: FieldInfo =
    FieldInfo::structure("kind", "information, preparatory, four-way (both parents) or process guidance");
const GOAL: FieldInfo = FieldInfo::structure("goal", "the goal");
const IN: FieldInfo = FieldInfo::structure("conversation", "in which conversation");
const BARRIER: FieldInfo = FieldInfo::structure("barrier", "what stands in the way");
const PREPARATION: FieldInfo = FieldInfo::structure("preparation", "minutes of preparing and writing up");
const MORE: FieldInfo = FieldInfo::personal("words", "more about it");

pub(crate) const DUO_ASSIGNED: EventInfo = EventInfo {
    name: "DonsDuoAssigned",
    version: 1,
    outer: "DonsDuoAssigned",
    axis: Axis::Dated,
    may_precede: false,
    audience: "case",
    caused_by: &["assignDonsDuo"],
    meaning: "Two family representatives accompany both parents: the DOnS trajectory began.",
    fields: &[
        TRAJECTORY,
        FieldInfo::structure("representatives", "the two of them, each with an organisation"),
        FieldInfo::structure("from", "first day"),
    ],
};

pub(crate) const DONS_ENDED: EventInfo = EventInfo {
    name: "DonsEnded",
    outer: "DonsEnded",
    may_precede: true,
    caused_by: &["endDons"],
    meaning: "The DOnS trajectory ended before it was completed: back to triage.",
    fields: &[TRAJECTORY, FieldInfo::structure("last_day", "last day"), FieldInfo::personal("reason", "why")],
    ..DUO_ASSIGNED
};

pub(crate) const HELD: EventInfo = EventInfo {
    name: "DonsConversationHeld",
    outer: "DonsConversationHeld",
    axis: Axis::Process,
    may_precede: true,
    caused_by: &["recordDonsConversation"],
    meaning: "A conversation of a DOnS trajectory was held; outside the usual pattern, or with somebody absent, it is marked.",
    fields: &[
        CONVERSATION,
        TRAJECTORY,
        KIND,
        FieldInfo::structure("present", "who of the family was present"),
        FieldInfo::structure("apart", "whether they were spoken with one after the other"),
        FieldInfo::structure("representatives", "which workers were present"),
        FieldInfo::structure("minutes", "how long it lasted"),
        PREPARATION,
        FieldInfo::personal("topics", "what it was about"),
        FieldInfo::structure("sub_goals", "on which of the three sub-goals it worked"),
        FieldInfo::personal("words", "what came of it"),
    ],
    ..DUO_ASSIGNED
};

pub(crate) const NOT_HELD: EventInfo = EventInfo {
    name: "DonsConversationNotHeld",
    outer: "DonsConversationNotHeld",
    caused_by: &["recordDonsNotHeld"],
    meaning: "A conversation of a DOnS trajectory was planned and not held: neither held nor a deviation.",
    fields: &[
        CONVERSATION,
        TRAJECTORY,
        KIND,
        FieldInfo::structure("absent", "who did not come"),
        PREPARATION,
        FieldInfo::personal("reason", "why it was not held"),
    ],
    ..HELD
};

pub(crate) const GOAL_DRAFTED: EventInfo = EventInfo {
    name: "ParentGoalDrafted",
    outer: "ParentGoalDrafted",
    caused_by: &["draftParentGoal"],
    meaning: "The parents drafted a goal of theirs.",
    fields: &[
        GOAL,
        TRAJECTORY,
        FieldInfo::structure("parents", "whose goal"),
        IN,
        FieldInfo::personal("words", "in their words"),
    ],
    ..HELD
};

pub(crate) const GOAL_ADJUSTED: EventInfo = EventInfo {
    name: "ParentGoalAdjusted",
    outer: "ParentGoalAdjusted",
    caused_by: &["adjustParentGoal"],
    meaning: "The parents adjusted a goal of theirs.",
    fields: &[GOAL, IN, FieldInfo::personal("words", "in their words, as it is now")],
    ..HELD
};

pub(crate) const GOAL_FIXED: EventInfo = EventInfo {
    name: "ParentGoalFixed",
    outer: "ParentGoalFixed",
    caused_by: &["fixParentGoal"],
    meaning: "The parents fixed a goal of theirs as it stood.",
    fields: &[GOAL, IN],
    ..HELD
};

pub(crate) const BARRIER_OPENED: EventInfo = EventInfo {
    name: "BarrierOpened",
    outer: "BarrierOpened",
    caused_by: &["openBarrier"],
    meaning: "Something stands in the way of shared parenting.",
    fields: &[
        BARRIER,
        FieldInfo::personal(
            "kind",
            "court case, language, housing, closed attitude, negative dynamic or wrong expectations",
        ),
        FieldInfo::structure("persons", "for whom"),
        MORE,
    ],
    ..HELD
};

pub(crate) const LIFTED: EventInfo = EventInfo {
    name: "BarrierLifted",
    outer: "BarrierLifted",
    caused_by: &["liftBarrier"],
    meaning: "What stood in the way does so no longer.",
    fields: &[BARRIER, MORE],
    ..HELD
};

pub(crate) const COMPLETED: EventInfo = EventInfo {
    name: "DonsCompleted",
    outer: "DonsCompleted",
    caused_by: &["completeDons"],
    meaning: "The DOnS trajectory was completed, with what came of it.",
    fields: &[
        TRAJECTORY,
        FieldInfo::structure("last_day", "last day"),
        FieldInfo::personal("communication", "for how the parents communicate"),
        FieldInfo::personal("contact", "for the contact with the children"),
        FieldInfo::personal("agreements", "what was agreed"),
    ],
    ..DONS_ENDED
};

pub(super) const fn info(event: &DonsEvent) -> &'static EventInfo {
    match event {
        DonsEvent::DonsDuoAssigned { .. } => &DUO_ASSIGNED,
        DonsEvent::DonsEnded { .. } => &DONS_ENDED,
        DonsEvent::DonsConversationHeld { .. } => &HELD,
        DonsEvent::DonsConversationNotHeld { .. } => &NOT_HELD,
        DonsEvent::ParentGoalDrafted { .. } => &GOAL_DRAFTED,
        DonsEvent::ParentGoalAdjusted { .. } => &GOAL_ADJUSTED,
        DonsEvent::ParentGoalFixed { .. } => &GOAL_FIXED,
        DonsEvent::BarrierOpened { .. } => &BARRIER_OPENED,
        DonsEvent::BarrierLifted { .. } => &LIFTED,
        DonsEvent::DonsCompleted { .. } => &COMPLETED,
    }
}
