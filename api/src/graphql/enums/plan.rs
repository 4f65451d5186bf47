//! Plans.

use async_graphql::Enum;

/// Where a goal stands. None of them means that it failed.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::GoalStanding")]
pub enum GoalStanding {
    /// It is worked on.
    Open,
    /// The family says it is reached: good enough is theirs to say.
    Reached,
    /// Withdrawn.
    Withdrawn,
}

/// How an action ended. None of them blames anybody.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::ActionOutcome")]
pub enum ActionOutcome {
    /// It was done.
    Done,
    /// It was tried and did not work out.
    DidNotWorkOut,
    /// It is not needed any more: it leaves the plan.
    Dropped,
}

/// What somebody says of a version of a plan.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::Answer")]
pub enum PlanAnswer {
    /// Endorsed.
    Endorsed,
    /// Endorsed, with a reservation in words.
    Reserved,
    /// Refused.
    Refused,
    /// Asked, and gave no answer: no endorsement.
    NotAnswered,
}

/// What came out of an evaluation with the family.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::plan::EvaluationOutcome")]
pub enum EvaluationOutcome {
    /// The help still fits: it goes on as it is.
    GoesOn,
    /// The plan is adjusted.
    Adjusted,
    /// It is enough: the family goes on by itself.
    Enough,
}

/// Who makes the plan for help when the family waives its own: the law sets terms for providers and certified institutions.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::ownplan::PlanMaker")]
pub enum PlanMaker {
    /// The municipality.
    Municipality,
    /// A provider of youth care (jeugdhulpaanbieder).
    Provider,
    /// A certified institution (gecertificeerde instelling).
    CertifiedInstitution,
}
