//! What this subject writes and refuses with, for the generated documents.

use super::TopologyEvent;
use crate::fact::{Axis, EventInfo, FieldInfo, NEUTRAL};
use crate::rejection::Code;

/// The plans went apart before: there is a plan per household already.
pub const PLANS_ALREADY_SPLIT: Code = Code("PLANS_ALREADY_SPLIT");
/// Going apart takes at least two households.
pub const TOO_FEW_HOUSEHOLDS: Code = Code("TOO_FEW_HOUSEHOLDS");
/// Not every parent said that they wish it; `still_to_ask` names who did not. On the ground that both wish it, both must.
pub const WISH_MISSING: Code = Code("WISH_MISSING");
/// On the ground of recognition something stays open: `open` says what, `still_to_hear` who has not heard the vision, `still_to_accept`
/// which parent has not accepted.
pub const TWO_PLANS_NOT_READY: Code = Code("TWO_PLANS_NOT_READY");
/// The offer and the wish are for parents of the case.
pub const NOT_A_PARENT: Code = Code("NOT_A_PARENT");
/// No parent declines: then the plans go apart for everyone, or not yet.
pub const NOBODY_DECLINES: Code = Code("NOBODY_DECLINES");
/// The professionals work with a plan per household already.
pub const PROFESSIONALS_ALREADY_APART: Code = Code("PROFESSIONALS_ALREADY_APART");
/// Something that runs has no place yet; `items` names it.
pub const ITEM_UNASSIGNED: Code = Code("ITEM_UNASSIGNED");
/// Something is given a place twice.
pub const ITEM_ASSIGNED_TWICE: Code = Code("ITEM_ASSIGNED_TWICE");
/// This does not run in a plan that is given up: there is nothing to place.
pub const ITEM_NOT_RUNNING: Code = Code("ITEM_NOT_RUNNING");
/// What concerns people of another household only does not go to this one.
pub const ITEM_OF_ANOTHER_HOUSEHOLD: Code = Code("ITEM_OF_ANOTHER_HOUSEHOLD");
/// What stands in the layer of the children concerns at least one child.
pub const CHILD_LAYER_WITHOUT_CHILD: Code = Code("CHILD_LAYER_WITHOUT_CHILD");
/// A minimal shared agreement binds people of at least two households.
pub const AGREEMENT_BINDS_TOO_FEW: Code = Code("AGREEMENT_BINDS_TOO_FEW");
/// There is no such agreement that holds.
pub const AGREEMENT_UNKNOWN: Code = Code("AGREEMENT_UNKNOWN");
/// Not each parent agreed to one plan; `still_to_ask` names who did not.
pub const JOINING_NOT_AGREED: Code = Code("JOINING_NOT_AGREED");
/// What can be marked as safe to share is who directs, what stands in the layer of the children, and a minimal shared agreement.
pub const NOT_SHAREABLE: Code = Code("NOT_SHAREABLE");
/// It is marked as safe to share already.
pub const ALREADY_SAFE: Code = Code("ALREADY_SAFE");
/// It is not marked as safe to share.
pub const NOT_MARKED_SAFE: Code = Code("NOT_MARKED_SAFE");
/// There is no such question to a divorce advice team.
pub const ADVICE_UNKNOWN: Code = Code("ADVICE_UNKNOWN");

/// That safety asks for two plans, that the professionals work with them, and what may be shared, is for the director, or who stands in.
pub const FOR_THE_DIRECTOR: Code = Code("FOR_THE_DIRECTOR");
/// The plans did not go apart: there is nothing to join.
pub const PLANS_NOT_APART: Code = Code("PLANS_NOT_APART");

const PERSON: FieldInfo = FieldInfo::structure("person", "who");
const WORDS: FieldInfo = FieldInfo::personal("words", "in whose words");
const REASON: FieldInfo = FieldInfo::personal("reason", "why, in the director's words");
const HOUSEHOLDS: FieldInfo = FieldInfo::structure("households", "the households that get a plan of their own");
const REVIEW: FieldInfo = FieldInfo::structure("review", "the question to the divorce advice team that it rests on");
const AGREEMENT: FieldInfo = FieldInfo::structure("agreement", "the agreement");
const WHAT: FieldInfo = FieldInfo::structure("what", "the director's name, a goal, an action or an agreement");

pub(in crate::divorce) const PLAN_SPLIT: EventInfo = EventInfo {
    name: "PlanSplitPerHousehold",
    version: 1,
    outer: "PlanSplitPerHousehold",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["splitPlanPerHousehold"],
    meaning: "From one plan to a plan per household; on the ground of safety only the director may know it.",
    fields: &[
        FieldInfo::structure("ground", "recognition, both wish it, or safety"),
        REASON,
        HOUSEHOLDS,
        FieldInfo::structure("wishes", "the parents who said that they wish it"),
        FieldInfo::structure("assignment", "where each running goal and action went"),
        REVIEW.optional(),
    ],
};

pub(in crate::divorce) const ADVISED: EventInfo = EventInfo {
    name: "TwoPlansAdvised",
    outer: "TwoPlansAdvised",
    may_precede: true,
    caused_by: &["adviseTwoPlans"],
    meaning: "Two plans were advised, never imposed.",
    fields: &[REVIEW, FieldInfo::personal("words", "the advice")],
    ..PLAN_SPLIT
};

pub(in crate::divorce) const VISION: EventInfo = EventInfo {
    name: "VisionShared",
    outer: "VisionShared",
    caused_by: &["shareVision"],
    meaning: "The vision of two households, two plans was shared with somebody, as often as it needs to sink in.",
    fields: &[
        PERSON,
        FieldInfo::personal("said", "what that person said, in their words"),
        FieldInfo::personal("effect", "what it did to them"),
    ],
    ..ADVISED
};

pub(in crate::divorce) const ANSWERED: EventInfo = EventInfo {
    name: "TwoPlansAnswered",
    outer: "TwoPlansAnswered",
    caused_by: &["answerTwoPlans"],
    meaning: "A parent accepted the offer of two plans, or declined it for now.",
    fields: &[PERSON, FieldInfo::personal("answer", "accepts or declines"), WORDS],
    ..ADVISED
};

pub(in crate::divorce) const WISHED: EventInfo = EventInfo {
    name: "TwoPlansWished",
    outer: "TwoPlansWished",
    caused_by: &["wishTwoPlans", "splitPlanPerHousehold"],
    meaning: "A parent said to wish two plans, or to wish them no longer.",
    fields: &[PERSON, FieldInfo::personal("wish", "wishes it, or no longer"), WORDS],
    ..ADVISED
};

pub(in crate::divorce) const PROFESSIONALS: EventInfo = EventInfo {
    name: "PlansApartForProfessionals",
    outer: "PlansApartForProfessionals",
    caused_by: &["workWithTwoPlans"],
    meaning: "The professionals work with a plan per household while a parent declines and stays invited.",
    fields: &[REASON, HOUSEHOLDS, FieldInfo::structure("invited", "the parents who decline and stay invited")],
    ..PLAN_SPLIT
};

pub(in crate::divorce) const JOINED: EventInfo = EventInfo {
    name: "PlansJoined",
    outer: "PlansJoined",
    caused_by: &["joinPlans"],
    meaning: "The plans were joined again: one plan for the family.",
    fields: &[
        REASON,
        FieldInfo::structure("agreed", "the parents who agree"),
        FieldInfo::structure("assignment", "where each running goal, action and agreement went"),
    ],
    ..PLAN_SPLIT
};

pub(in crate::divorce) const AGREED: EventInfo = EventInfo {
    name: "SharedAgreementMade",
    outer: "SharedAgreementMade",
    caused_by: &["makeSharedAgreement", "splitPlanPerHousehold"],
    meaning: "A minimal shared agreement was made: one topic, one channel.",
    fields: &[
        AGREEMENT,
        FieldInfo::structure("item", "the goal or action that it comes from"),
        FieldInfo::personal("topic", "about what"),
        FieldInfo::personal("channel", "by which way they tell each other"),
        FieldInfo::structure("between", "whom it binds"),
        FieldInfo::structure("households", "the households whose workers know it"),
    ],
    ..PLAN_SPLIT
};

pub(in crate::divorce) const AGREEMENT_ENDED: EventInfo = EventInfo {
    name: "SharedAgreementEnded",
    outer: "SharedAgreementEnded",
    caused_by: &["endSharedAgreement"],
    meaning: "A minimal shared agreement ended.",
    fields: &[AGREEMENT, FieldInfo::personal("words", "more about it")],
    ..ADVISED
};

/// That something may be shared says that something else may not: only the director knows.
pub(in crate::divorce) const MARKED: EventInfo = EventInfo {
    name: "SafeToShareMarked",
    outer: NEUTRAL,
    audience: "director",
    caused_by: &["markSafeToShare"],
    meaning: "The director looked whether this gives away where somebody protected is, and it does not.",
    fields: &[WHAT],
    ..PLAN_SPLIT
};

pub(in crate::divorce) const REVOKED: EventInfo = EventInfo {
    name: "SafeToShareRevoked",
    caused_by: &["revokeSafeToShare"],
    meaning: "What was marked as safe to share counts as locating again.",
    fields: &[WHAT, FieldInfo::personal("reason", "why")],
    ..MARKED
};

/// Every event of this subject.
pub(in crate::divorce) const CATALOGUE: [EventInfo; 11] =
    [PLAN_SPLIT, ADVISED, VISION, ANSWERED, WISHED, PROFESSIONALS, JOINED, AGREED, AGREEMENT_ENDED, MARKED, REVOKED];

pub(super) const fn info(event: &TopologyEvent) -> &'static EventInfo {
    match event {
        TopologyEvent::PlanSplitPerHousehold { .. } => &PLAN_SPLIT,
        TopologyEvent::TwoPlansAdvised { .. } => &ADVISED,
        TopologyEvent::VisionShared { .. } => &VISION,
        TopologyEvent::TwoPlansAnswered { .. } => &ANSWERED,
        TopologyEvent::TwoPlansWished { .. } => &WISHED,
        TopologyEvent::PlansApartForProfessionals { .. } => &PROFESSIONALS,
        TopologyEvent::PlansJoined { .. } => &JOINED,
        TopologyEvent::SharedAgreementMade { .. } => &AGREED,
        TopologyEvent::SharedAgreementEnded { .. } => &AGREEMENT_ENDED,
        TopologyEvent::SafeToShareMarked { .. } => &MARKED,
        TopologyEvent::SafeToShareRevoked { .. } => &REVOKED,
    }
}
