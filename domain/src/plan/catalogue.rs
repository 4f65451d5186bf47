//! What this room writes and refuses with, for the generated documents.

use super::PlanEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// A goal and an action name at least one person whom they concern.
pub const CONCERNS_NOBODY: Code = Code("CONCERNS_NOBODY");
/// The plan of the family is frozen since the plans went apart: act in the plan of a household.
pub const PLAN_FROZEN: Code = Code("PLAN_FROZEN");
/// A coordinator works in the plan of the own household.
pub const PLAN_NOT_YOURS: Code = Code("PLAN_NOT_YOURS");
/// There is no such goal in this plan.
pub const GOAL_UNKNOWN: Code = Code("GOAL_UNKNOWN");
/// The goal is reached or withdrawn: take it up again first.
pub const GOAL_NOT_OPEN: Code = Code("GOAL_NOT_OPEN");
/// The goal is open already.
pub const GOAL_OPEN: Code = Code("GOAL_OPEN");
/// What a goal was through time can neither be struck out nor corrected: reword it, withdraw it, take it up again.
pub const GOAL_HISTORY_STAYS: Code = Code("GOAL_HISTORY_STAYS");
/// There is no such action.
pub const ACTION_UNKNOWN: Code = Code("ACTION_UNKNOWN");
/// The action is over.
pub const ACTION_OVER: Code = Code("ACTION_OVER");
/// The action has that owner, or is due on that day, already.
pub const ACTION_UNCHANGED: Code = Code("ACTION_UNCHANGED");
/// There is no goal and no action to offer.
pub const PLAN_EMPTY: Code = Code("PLAN_EMPTY");
/// Nobody is known who must be asked about this plan: record who has authority, or which parent lives in the household.
pub const PLAN_ASKS_NOBODY: Code = Code("PLAN_ASKS_NOBODY");
/// There is no such version.
pub const VERSION_UNKNOWN: Code = Code("VERSION_UNKNOWN");
/// A later version was offered: that one can become active.
pub const VERSION_SUPERSEDED: Code = Code("VERSION_SUPERSEDED");
/// This version is active already.
pub const VERSION_ACTIVE: Code = Code("VERSION_ACTIVE");
/// A reservation is said in words.
pub const RESERVATION_WITHOUT_WORDS: Code = Code("RESERVATION_WITHOUT_WORDS");
/// Not everyone whom it concerns was asked; `still_to_ask` names who was not.
pub const PLAN_NOT_ANSWERED: Code = Code("PLAN_NOT_ANSWERED");
/// Somebody whom it concerns did not endorse it: give the reason and the interest of the child.
pub const REFUSAL_WITHOUT_REASON: Code = Code("REFUSAL_WITHOUT_REASON");
/// That a plan becomes active although somebody did not endorse it is for the director, or who stands in.
pub const DIRECTOR_DECIDES: Code = Code("DIRECTOR_DECIDES");
/// Nobody took part in the evaluation: it is held with the family.
pub const EVALUATED_WITH_NOBODY: Code = Code("EVALUATED_WITH_NOBODY");
/// The layer of the children and a minimal shared agreement are no plan that is offered, endorsed or evaluated.
pub const NO_PLAN_TO_OFFER: Code = Code("NO_PLAN_TO_OFFER");
/// The next evaluation would be before this one.
pub const NEXT_BEFORE_EVALUATION: Code = Code("NEXT_BEFORE_EVALUATION");

/// Every code this room refuses with, besides those of `people`, `households`, `regie` and `divorce`.
pub const CODES: &[Code] = &[
    CONCERNS_NOBODY,
    PLAN_FROZEN,
    PLAN_NOT_YOURS,
    GOAL_UNKNOWN,
    GOAL_NOT_OPEN,
    GOAL_OPEN,
    GOAL_HISTORY_STAYS,
    ACTION_UNKNOWN,
    ACTION_OVER,
    ACTION_UNCHANGED,
    PLAN_EMPTY,
    PLAN_ASKS_NOBODY,
    VERSION_UNKNOWN,
    VERSION_SUPERSEDED,
    VERSION_ACTIVE,
    RESERVATION_WITHOUT_WORDS,
    PLAN_NOT_ANSWERED,
    REFUSAL_WITHOUT_REASON,
    DIRECTOR_DECIDES,
    EVALUATED_WITH_NOBODY,
    NEXT_BEFORE_EVALUATION,
    NO_PLAN_TO_OFFER,
];

const PLAN: FieldInfo = FieldInfo::structure("plan", "the plan of the family, or of which household");
const GOAL: FieldInfo = FieldInfo::structure("goal", "the goal");
const ACTION: FieldInfo = FieldInfo::structure("action", "the action");
const VERSION: FieldInfo = FieldInfo::structure("version", "the version");
const CONCERNS: FieldInfo = FieldInfo::structure("concerns", "whom it concerns");
const MORE: FieldInfo = FieldInfo::personal("words", "more about it");

const PROPOSED: EventInfo = EventInfo {
    name: "GoalProposed",
    version: 1,
    outer: "GoalProposed",
    axis: Axis::Process,
    may_precede: true,
    audience: "case",
    caused_by: &["proposeGoal"],
    meaning: "A goal was proposed, in the words of who did.",
    fields: &[
        PLAN,
        GOAL,
        FieldInfo::personal("words", "in the words of who proposed it"),
        FieldInfo::structure("proposed_by", "who proposed it"),
        CONCERNS,
    ],
};

const REWORDED: EventInfo = EventInfo {
    name: "GoalReworded",
    outer: "GoalReworded",
    caused_by: &["rewordGoal"],
    meaning: "A goal was said in other words; the earlier ones stay in its history.",
    fields: &[
        GOAL,
        FieldInfo::personal("words", "the words from now on"),
        FieldInfo::structure("proposed_by", "who said it so"),
    ],
    ..PROPOSED
};

const REACHED: EventInfo = EventInfo {
    name: "GoalReached",
    outer: "GoalReached",
    caused_by: &["reachGoal"],
    meaning: "Somebody of the family says that a goal is reached: good enough is theirs to say.",
    fields: &[GOAL, FieldInfo::structure("said_by", "who of the family says so"), MORE],
    ..PROPOSED
};

const WITHDRAWN: EventInfo = EventInfo {
    name: "GoalWithdrawn",
    outer: "GoalWithdrawn",
    caused_by: &["withdrawGoal"],
    meaning: "A goal was withdrawn: neutral, never failed.",
    fields: &[GOAL, MORE],
    ..PROPOSED
};

const RESUMED: EventInfo = EventInfo {
    name: "GoalResumed",
    outer: "GoalResumed",
    caused_by: &["resumeGoal"],
    meaning: "A goal that was reached or withdrawn is taken up again.",
    ..WITHDRAWN
};

/// Neutral: a goal may have been moved to safety.
const SUBJECT: EventInfo = EventInfo {
    name: "GoalSubjectChosen",
    outer: NEUTRAL,
    caused_by: &["chooseGoalSubject"],
    meaning: "A person chose what a goal is about, and what becomes of one that cannot be asked of somebody.",
    fields: &[
        GOAL,
        FieldInfo::structure("subject", "the own household, a child, the other parent, or contact"),
        FieldInfo::structure("handling", "kept as a wish, or moved to safety"),
    ],
    ..PROPOSED
};

const AGREED: EventInfo = EventInfo {
    name: "ActionAgreed",
    outer: "ActionAgreed",
    caused_by: &["agreeAction"],
    meaning: "An action was agreed: what, who, by when.",
    fields: &[
        PLAN,
        ACTION,
        FieldInfo::personal("what", "what must happen"),
        FieldInfo::structure("owner", "who does it, or nobody yet"),
        FieldInfo::structure("due", "by when"),
        FieldInfo::structure("goal", "for which goal"),
        CONCERNS,
    ],
    ..PROPOSED
};

const OWNED: EventInfo = EventInfo {
    name: "ActionOwned",
    outer: "ActionOwned",
    caused_by: &["ownAction"],
    meaning: "Somebody owns an action from now on, or nobody does any more.",
    fields: &[ACTION, FieldInfo::structure("owner", "who does it, or nobody yet")],
    ..PROPOSED
};

const MOVED: EventInfo = EventInfo {
    name: "ActionMoved",
    outer: "ActionMoved",
    caused_by: &["moveAction"],
    meaning: "An action is due on another day.",
    fields: &[ACTION, FieldInfo::structure("due", "by when"), FieldInfo::personal("reason", "why")],
    ..PROPOSED
};

const ENDED: EventInfo = EventInfo {
    name: "ActionEnded",
    outer: "ActionEnded",
    caused_by: &["endAction"],
    meaning: "An action is over: done, tried without working out, or not needed any more.",
    fields: &[ACTION, FieldInfo::structure("outcome", "how"), MORE],
    ..PROPOSED
};

const OFFERED: EventInfo = EventInfo {
    name: "PlanOffered",
    outer: "PlanOffered",
    may_precede: false,
    caused_by: &["offerPlan"],
    meaning: "The content of a plan was offered as it stood: a version that each person answers for themself.",
    fields: &[
        PLAN,
        VERSION,
        FieldInfo::structure("lines", "its goals and actions, with whom of those asked each touches"),
    ],
    ..PROPOSED
};

const ANSWERED: EventInfo = EventInfo {
    name: "PlanAnswered",
    outer: "PlanAnswered",
    caused_by: &["answerPlan"],
    meaning: "Somebody endorsed a version, with or without a reservation, refused it, or gave no answer when asked.",
    fields: &[
        VERSION,
        FieldInfo::structure("person", "who"),
        FieldInfo::personal("answer", "what"),
        FieldInfo::personal("words", "the reservation, or why not, in their words"),
    ],
    ..PROPOSED
};

const ACTIVATED: EventInfo = EventInfo {
    name: "PlanActivated",
    outer: "PlanActivated",
    may_precede: false,
    caused_by: &["activatePlan"],
    meaning: "A version became the plan that is worked by; a no stands beside it. That of a family with a no is for the director.",
    fields: &[
        VERSION,
        FieldInfo::structure("despite", "who was asked and did not endorse it"),
        FieldInfo::personal("reason", "why all the same, in the director's words"),
        FieldInfo::personal("interest", "the interest of the child"),
    ],
    ..PROPOSED
};

const EVALUATED: EventInfo = EventInfo {
    name: "PlanEvaluated",
    outer: "PlanEvaluated",
    caused_by: &["evaluatePlan"],
    meaning: "A plan was evaluated with the family.",
    fields: &[
        PLAN,
        FieldInfo::structure("took_part", "who of the family and network took part"),
        FieldInfo::structure("workers", "which professionals took part"),
        FieldInfo::structure("heard", "which children were heard"),
        FieldInfo::structure("outcome", "goes on, adjusted or enough"),
        FieldInfo::personal("words", "in words"),
        FieldInfo::structure("next", "last day for the next one"),
    ],
    ..PROPOSED
};

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[
    PROPOSED, REWORDED, REACHED, WITHDRAWN, RESUMED, AGREED, OWNED, MOVED, ENDED, OFFERED, ANSWERED, ACTIVATED,
    EVALUATED, SUBJECT,
];

pub(super) const fn info(event: &PlanEvent) -> &'static EventInfo {
    match event {
        PlanEvent::GoalProposed { .. } => &PROPOSED,
        PlanEvent::GoalReworded { .. } => &REWORDED,
        PlanEvent::GoalReached { .. } => &REACHED,
        PlanEvent::GoalWithdrawn { .. } => &WITHDRAWN,
        PlanEvent::GoalResumed { .. } => &RESUMED,
        PlanEvent::GoalSubjectChosen { .. } => &SUBJECT,
        PlanEvent::ActionAgreed { .. } => &AGREED,
        PlanEvent::ActionOwned { .. } => &OWNED,
        PlanEvent::ActionMoved { .. } => &MOVED,
        PlanEvent::ActionEnded { .. } => &ENDED,
        PlanEvent::PlanOffered { .. } => &OFFERED,
        PlanEvent::PlanAnswered { .. } => &ANSWERED,
        PlanEvent::PlanActivated { .. } => &ACTIVATED,
        PlanEvent::PlanEvaluated { .. } => &EVALUATED,
    }
}
