//! Conferences, and what is done with schools.

use async_graphql::Enum;

/// Which kind of conference.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::conference::ConferenceKind")]
pub enum ConferenceKind {
    /// The family and its network decide, professionals inform (netwerkberaad).
    NetworkMeeting,
    /// Several parties consult, with the family (MDO).
    Mdo,
    /// The same around a stuck case, with the regional expert team (RET-MDO).
    RetMdo,
}

/// What somebody does in a conference.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::conference::Part")]
pub enum ConferencePart {
    /// Decides: the family and its network.
    Decides,
    /// Tells what is known, and decides nothing: professionals.
    Informs,
}

/// From which side somebody takes part in an intake with a school.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::school::Side")]
pub enum IntakeSide {
    /// The school.
    School,
    /// Whoever gives help.
    Provider,
    /// The parents, or who is there in their place.
    Parents,
    /// The pupil.
    Pupil,
}

/// What came of weighing what a school can do and what is asked.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::school::TriageOutcome")]
pub enum TriageOutcome {
    /// What the school can do is enough.
    SchoolAlone,
    /// Help in the school (onderwijs-jeugdhulparrangement).
    Arrangement,
    /// Another route.
    OtherRoute,
}

/// How the question of a school ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::school::QuestionEnd", name = "SchoolQuestionEnd")]
pub enum QuestionEnd {
    /// It was answered.
    Answered,
    /// The answer was no.
    Refused,
    /// Not this way; the way that is open was named.
    AnotherWay,
    /// It was no longer needed.
    NoLongerNeeded,
}
