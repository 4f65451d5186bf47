//! From one plan to two.

use async_graphql::Enum;

/// What a parent answers to the offer of two plans.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::OfferAnswer")]
pub enum TwoPlansAnswer {
    /// Accepts.
    Accepts,
    /// Declines for now: the offer stays open, and a later yes is possible.
    Declines,
}

/// Whether a parent wishes two plans.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::Wish")]
pub enum TwoPlansWish {
    /// Wishes two plans.
    Wishes,
    /// Wishes them no longer.
    NoLonger,
}

/// What kind of thing is marked as safe to share.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SafeKind {
    /// The name of the case director or deputy.
    Director,
    /// A goal in the layer of the children.
    Goal,
    /// An action in the layer of the children.
    Action,
    /// A minimal shared agreement.
    Agreement,
}

/// Where a goal or action went.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlanPlace {
    /// To the one plan of the family.
    Family,
    /// To the plan of a household.
    Household,
    /// To the layer of the children, for both households.
    Children,
    /// Into a minimal shared agreement.
    Agreement,
}

/// What a goal is about: a person chooses it.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::GoalSubject")]
pub enum GoalSubject {
    /// The own household or who says it.
    Own,
    /// A child.
    Child,
    /// What the other parent does or must do.
    OtherParent,
    /// Contact between a child and a parent, or between parents.
    Contact,
}

/// What becomes of a goal that cannot be asked of somebody.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::GoalHandling")]
pub enum GoalHandling {
    /// It stays as a wish: nobody is held to it, and nobody is asked to endorse it.
    Wish,
    /// It is looked at as a matter of safety, not as a goal.
    Safety,
}

/// Why a goal is pointed at. Nothing is refused for it.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::GoalWarning")]
pub enum GoalWarningKind {
    /// It asks something of the other parent.
    AboutOtherParent,
    /// It asks for contact while there is no rest: contact is never required.
    ContactBeforeRest,
}
