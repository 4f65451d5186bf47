//! What can be asked about the layout of the plans.

use serde::Serialize;

use super::{Held, OfferAnswer, Shareable, SplitGround, Wish};
use crate::ids::{AgreementId, HouseholdId, PersonId, ReviewId};
use crate::plan::Item;
use crate::text::Text;

/// A minimal shared agreement: one topic, and the channel by which the households tell each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NewAgreement {
    /// About what.
    pub topic: Text,
    /// By which way.
    pub channel: Text,
    /// Whom it binds: people of at least two households.
    pub between: Vec<PersonId>,
}

/// Where a goal or action of the family's plan goes when the plans go apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub enum SplitTo {
    /// To the plan of this household.
    Household(HouseholdId),
    /// To the layer of the children.
    Child,
    /// It becomes a minimal shared agreement.
    Agreement(NewAgreement),
    /// It is closed, in neutral words.
    Closed(Option<Text>),
}

/// A goal or action with where it goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SplitAssign {
    /// What.
    pub item: Item,
    /// Where to.
    pub to: SplitTo,
}

/// What becomes of a goal, an action or an agreement when the plans are joined.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct JoinAssign {
    /// What.
    pub item: Held,
    /// Whether it is closed, and in which words; else it goes on in the one plan.
    pub closed: Option<Option<Text>>,
}

/// What can be asked about the layout of the plans.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum TopologyCommand {
    /// Record that two plans were advised.
    AdviseTwoPlans {
        /// On which question to the divorce advice team it rests.
        review: Option<ReviewId>,
        /// The advice.
        words: Text,
    },
    /// Record that the vision was shared with somebody.
    ShareVision {
        /// With whom.
        person: PersonId,
        /// What that person said, in their words.
        said: Option<Text>,
        /// What it did to them.
        effect: Option<Text>,
    },
    /// Record what a parent answered to the offer of two plans.
    AnswerTwoPlans {
        /// Who.
        person: PersonId,
        /// What.
        answer: OfferAnswer,
        /// In whose words.
        words: Option<Text>,
    },
    /// Record that a parent wishes two plans, or no longer.
    WishTwoPlans {
        /// Who.
        person: PersonId,
        /// What.
        wish: Wish,
        /// In whose words.
        words: Option<Text>,
    },
    /// Let the professionals work with a plan per household while a parent declines.
    WorkWithTwoPlans {
        /// Why.
        reason: Text,
        /// The households.
        households: Vec<HouseholdId>,
    },
    /// Go from one plan to a plan per household.
    SplitPlanPerHousehold {
        /// On what it rests.
        ground: SplitGround,
        /// Why.
        reason: Text,
        /// The households.
        households: Vec<HouseholdId>,
        /// The parents who say now that they wish it, besides those who said so before.
        wishes: Vec<PersonId>,
        /// Where each running goal and action goes.
        assignment: Vec<SplitAssign>,
        /// On which question to the divorce advice team it rests.
        review: Option<ReviewId>,
    },
    /// Join the plans again.
    JoinPlans {
        /// Why.
        reason: Text,
        /// The parents who agree.
        agreed: Vec<PersonId>,
        /// What becomes of each running goal, action and agreement.
        assignment: Vec<JoinAssign>,
    },
    /// Make a minimal shared agreement while the plans are apart.
    MakeSharedAgreement {
        /// What is agreed.
        agreement: NewAgreement,
    },
    /// Record that a minimal shared agreement ended.
    EndSharedAgreement {
        /// The agreement.
        agreement: AgreementId,
        /// More about it.
        words: Option<Text>,
    },
    /// Mark something as safe to share.
    MarkSafeToShare {
        /// What.
        what: Shareable,
    },
    /// Take that mark away.
    RevokeSafeToShare {
        /// What.
        what: Shareable,
        /// Why.
        reason: Option<Text>,
    },
}

impl TopologyCommand {
    pub(in crate::divorce) const fn name(&self) -> &'static str {
        match self {
            Self::AdviseTwoPlans { .. } => "adviseTwoPlans",
            Self::ShareVision { .. } => "shareVision",
            Self::AnswerTwoPlans { .. } => "answerTwoPlans",
            Self::WishTwoPlans { .. } => "wishTwoPlans",
            Self::WorkWithTwoPlans { .. } => "workWithTwoPlans",
            Self::SplitPlanPerHousehold { .. } => "splitPlanPerHousehold",
            Self::JoinPlans { .. } => "joinPlans",
            Self::MakeSharedAgreement { .. } => "makeSharedAgreement",
            Self::EndSharedAgreement { .. } => "endSharedAgreement",
            Self::MarkSafeToShare { .. } => "markSafeToShare",
            Self::RevokeSafeToShare { .. } => "revokeSafeToShare",
        }
    }

    /// Whether it gives somebody rights or duties. What was advised, shared, answered or wished, and that an agreement ended, are reports
    /// (rule 0); so is that something may give somebody away, which is never too late to say.
    pub(in crate::divorce) const fn is_act(&self) -> bool {
        matches!(
            self,
            Self::WorkWithTwoPlans { .. }
                | Self::SplitPlanPerHousehold { .. }
                | Self::JoinPlans { .. }
                | Self::MakeSharedAgreement { .. }
                | Self::MarkSafeToShare { .. }
        )
    }

    /// Its free texts, for the names they may hold.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::AdviseTwoPlans { review: _, words } => vec![words.as_str()],
            Self::ShareVision { person: _, said, effect } => said.iter().chain(effect).map(Text::as_str).collect(),
            Self::AnswerTwoPlans { person: _, answer: _, words }
            | Self::WishTwoPlans { person: _, wish: _, words }
            | Self::EndSharedAgreement { agreement: _, words }
            | Self::RevokeSafeToShare { what: _, reason: words } => words.iter().map(Text::as_str).collect(),
            Self::WorkWithTwoPlans { reason, households: _ } => vec![reason.as_str()],
            Self::SplitPlanPerHousehold { ground: _, reason, households: _, wishes: _, assignment, review: _ } => {
                std::iter::once(reason.as_str()).chain(assignment.iter().flat_map(split_texts)).collect()
            }
            Self::JoinPlans { reason, agreed: _, assignment } => {
                let closed = assignment.iter().filter_map(|given| given.closed.as_ref()?.as_ref());
                std::iter::once(reason).chain(closed).map(Text::as_str).collect()
            }
            Self::MakeSharedAgreement { agreement } => agreement_texts(agreement),
            Self::MarkSafeToShare { what: _ } => Vec::new(),
        }
    }
}

fn agreement_texts(agreement: &NewAgreement) -> Vec<&str> {
    let NewAgreement { topic, channel, between: _ } = agreement;
    vec![topic.as_str(), channel.as_str()]
}

fn split_texts(given: &SplitAssign) -> Vec<&str> {
    match &given.to {
        SplitTo::Household(_) | SplitTo::Child => Vec::new(),
        SplitTo::Agreement(agreement) => agreement_texts(agreement),
        SplitTo::Closed(words) => words.iter().map(Text::as_str).collect(),
    }
}
