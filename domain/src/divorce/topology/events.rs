//! What can happen to the layout of the plans, as it is stored.

use serde::{Deserialize, Serialize};

use super::catalogue;
use crate::fact::EventInfo;
use crate::ids::{ActionId, AgreementId, GoalId, HouseholdId, PersonId, ReviewId, Subject, WorkerId};
use crate::personal::Personal;
use crate::plan::Item;
use crate::text::Text;

/// On what the plans go apart; one is enough.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitGround {
    /// A complex divorce was recognised, each parent and child heard the vision, and each parent accepts.
    Recognition,
    /// Both parents wish it: nothing more is needed, from any state.
    BothWish,
    /// Safety asks for it: nothing more is needed, from any state, and nobody is told beforehand.
    Safety,
}

/// What a parent answers to the offer of two plans.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferAnswer {
    /// Accepts.
    Accepts,
    /// Declines for now: the offer stays open, and a later yes is possible.
    Declines,
}

/// Whether a parent wishes two plans.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Wishes it.
    Wishes,
    /// Wishes it no longer.
    NoLonger,
}

/// What is given a place when one plan becomes two, or two become one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// A goal.
    Goal(GoalId),
    /// An action.
    Action(ActionId),
    /// A minimal shared agreement that came from no goal or action.
    Agreement(AgreementId),
}

impl From<Item> for Held {
    fn from(item: Item) -> Self {
        match item {
            Item::Goal(goal) => Self::Goal(goal),
            Item::Action(action) => Self::Action(action),
        }
    }
}

impl Held {
    /// The goal or action, of one.
    #[must_use]
    pub const fn item(self) -> Option<Item> {
        match self {
            Self::Goal(goal) => Some(Item::Goal(goal)),
            Self::Action(action) => Some(Item::Action(action)),
            Self::Agreement(_) => None,
        }
    }
}

/// Where something went.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// To the plan of this household.
    Household(HouseholdId),
    /// To the layer of the children, for both households.
    Child,
    /// To this minimal shared agreement.
    Agreement(AgreementId),
    /// To the one plan of the family.
    Family,
    /// It is closed, in neutral words.
    Closed,
}

/// Where one running goal, action or agreement went. Each is named once, and none is left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assigned {
    /// What.
    pub item: Held,
    /// Where to.
    pub to: Place,
}

/// What the director can mark as safe to share: it is not locating from then on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shareable {
    /// The name of this worker, who directs.
    Director(WorkerId),
    /// A goal in the layer of the children.
    Goal(GoalId),
    /// An action in the layer of the children.
    Action(ActionId),
    /// A minimal shared agreement.
    Agreement(AgreementId),
}

/// What can happen to the layout of the plans.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum TopologyEvent {
    /// Two plans were advised, never imposed.
    TwoPlansAdvised {
        /// The question to the divorce advice team whose advice it rests on.
        review: Option<ReviewId>,
        /// The advice, in the words in which it was given.
        words: Personal<Text>,
    },
    /// The vision of two households, two plans was shared with somebody. It needs to sink in, so it is shared as often as that takes.
    VisionShared {
        /// With whom: a parent or a child.
        person: PersonId,
        /// What that person said, in their words.
        said: Option<Personal<Text>>,
        /// What it did to them.
        effect: Option<Personal<Text>>,
    },
    /// A parent accepted the offer of two plans, or declined it.
    TwoPlansAnswered {
        /// Who.
        person: PersonId,
        /// What.
        answer: Personal<OfferAnswer>,
        /// In whose words.
        words: Option<Personal<Text>>,
    },
    /// A parent said to wish two plans, or to wish them no longer.
    TwoPlansWished {
        /// Who.
        person: PersonId,
        /// What.
        wish: Personal<Wish>,
        /// In whose words.
        words: Option<Personal<Text>>,
    },
    /// The professionals work with a plan per household while a parent declines; the family keeps its plan, and that parent is invited.
    PlansApartForProfessionals {
        /// Why, in the director's words.
        reason: Personal<Text>,
        /// The households that get a plan, in order.
        households: Vec<HouseholdId>,
        /// The parents who decline and stay invited, in order.
        invited: Vec<PersonId>,
    },
    /// From one plan to a plan per household.
    PlanSplitPerHousehold {
        /// On what it rests.
        ground: SplitGround,
        /// Why, in the director's words.
        reason: Personal<Text>,
        /// The households that get a plan of their own: at least two, each once, in order.
        households: Vec<HouseholdId>,
        /// The parents who said that they wish it; each of them on the ground that both do.
        wishes: Vec<PersonId>,
        /// Where each running goal and action went: explicitly, none lost.
        assignment: Vec<Assigned>,
        /// The question to the divorce advice team whose advice it rests on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<ReviewId>,
    },
    /// The plans were joined again: one plan for the family.
    PlansJoined {
        /// Why, in the director's words.
        reason: Personal<Text>,
        /// The parents who agree, in order.
        agreed: Vec<PersonId>,
        /// Where each running goal, action and agreement went: none lost.
        assignment: Vec<Assigned>,
    },
    /// A minimal shared agreement was made: one topic, one channel.
    SharedAgreementMade {
        /// The agreement.
        agreement: AgreementId,
        /// The goal or action of the family's plan that it comes from.
        item: Option<Item>,
        /// About what.
        topic: Personal<Text>,
        /// By which way they tell each other.
        channel: Personal<Text>,
        /// Whom it binds: at least two, in order.
        between: Vec<PersonId>,
        /// The households whose workers know it, in order.
        households: Vec<HouseholdId>,
    },
    /// A minimal shared agreement ended.
    SharedAgreementEnded {
        /// The agreement.
        agreement: AgreementId,
        /// More about it.
        words: Option<Personal<Text>>,
    },
    /// The director looked whether something gives away where somebody protected is, and it does not.
    SafeToShareMarked {
        /// What.
        what: Shareable,
    },
    /// What was marked counts as locating again.
    SafeToShareRevoked {
        /// What.
        what: Shareable,
        /// Why.
        reason: Option<Personal<Text>>,
    },
}

impl TopologyEvent {
    pub(in crate::divorce) const fn info(&self) -> &'static EventInfo {
        catalogue::info(self)
    }

    pub(in crate::divorce) fn subjects(&self) -> Vec<Subject> {
        let persons = |list: &[PersonId]| list.iter().copied().map(Subject::Person).collect::<Vec<_>>();
        let places = |list: &[HouseholdId]| list.iter().copied().map(Subject::Household).collect::<Vec<_>>();
        let record = |words: &Option<Personal<Text>>| words.as_ref().map(Personal::owner).into_iter();
        match self {
            Self::TwoPlansAdvised { words, .. } => vec![words.owner()],
            Self::VisionShared { person, said, effect } => {
                [Subject::Person(*person)].into_iter().chain(record(said)).chain(record(effect)).collect()
            }
            Self::TwoPlansAnswered { person, words, .. } | Self::TwoPlansWished { person, words, .. } => {
                [Subject::Person(*person)].into_iter().chain(record(words)).collect()
            }
            Self::PlansApartForProfessionals { reason, households, invited } => {
                places(households).into_iter().chain(persons(invited)).chain([reason.owner()]).collect()
            }
            Self::PlanSplitPerHousehold { reason, households, wishes, .. } => {
                places(households).into_iter().chain(persons(wishes)).chain([reason.owner()]).collect()
            }
            Self::PlansJoined { reason, agreed, .. } => persons(agreed).into_iter().chain([reason.owner()]).collect(),
            Self::SharedAgreementMade { topic, channel, between, households, .. } => {
                places(households).into_iter().chain(persons(between)).chain([topic.owner(), channel.owner()]).collect()
            }
            Self::SharedAgreementEnded { words, .. } => record(words).collect(),
            Self::SafeToShareMarked { .. } => Vec::new(),
            Self::SafeToShareRevoked { reason, .. } => record(reason).collect(),
        }
    }
}
