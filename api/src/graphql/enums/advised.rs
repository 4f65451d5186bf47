//! `DOnS` trajectories and divorce advice teams.

use async_graphql::Enum;

/// What kind of conversation of a `DOnS` trajectory.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::DonsConversationKind")]
pub enum DonsConversationKind {
    /// What the trajectory is, told to the parents apart (informatiegesprek).
    Information,
    /// With each parent alone (voorgesprek).
    Preparatory,
    /// Both parents and both representatives (viergesprek).
    FourWay,
    /// On the way, with whoever needs it (procesbegeleiding).
    ProcessGuidance,
}

/// On which of its three sub-goals a `DOnS` trajectory works.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::DonsSubGoal")]
pub enum DonsSubGoal {
    /// To see the divorce as a transition, and what stress does.
    Transition,
    /// A shared vision of parenthood, and goals that are the parents' own.
    SharedVision,
    /// Parents who find solutions themselves.
    Ownership,
}

/// What can stand in the way of shared parenting.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::BarrierKind")]
pub enum BarrierKind {
    /// A court case that is pending.
    CourtCase,
    /// Language.
    Language,
    /// Housing, and what else comes first.
    Housing,
    /// A closed attitude.
    ClosedAttitude,
    /// A negative dynamic between the parents.
    NegativeDynamic,
    /// Wrong expectations.
    WrongExpectations,
}

/// What became of a goal of the parents in one step.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::GoalStep", name = "ParentGoalStepKind")]
pub enum GoalStep {
    /// It was drafted.
    Drafted,
    /// It was adjusted.
    Adjusted,
    /// It was fixed as it stood.
    Fixed,
}

/// In which way a divorce advice team is there.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::SatMode")]
pub enum SatMode {
    /// It advises who asked.
    Consultation,
    /// It speaks with parents itself.
    DirectContact,
    /// It steps in, from a day until a day.
    Intervention,
}

/// Which track a divorce advice team recommends.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::divorce::SatTrack", name = "SatRecommendation")]
pub enum SatTrack {
    /// Shared parenting after divorce.
    Dons,
    /// A plan per household.
    PlanPerHousehold,
    /// Other help, elsewhere.
    Redirected,
}
