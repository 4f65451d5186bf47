//! What the system tells and proposes by itself.

use async_graphql::Enum;

/// For whom an alert is: what somebody is to the case on the day they look.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::alert::Receiver")]
pub enum AlertReceiver {
    /// The professional who does what is waited for.
    Owner,
    /// The access workers of the municipality.
    AccessWorkers,
    /// The case director, and the deputy.
    Director,
    /// The team lead.
    TeamLead,
    /// The divorce advice team (SAT) that was asked.
    Sat,
    /// Who leads that team.
    SatTeamLead,
    /// The aandachtsfunctionaris.
    AttentionOfficer,
    /// The privacy officer and the manager.
    PrivacyOfficerAndManager,
}

/// What the system proposes.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::alert::ProposalKind")]
pub enum ProposalKind {
    /// To ask a divorce advice team (SAT), anonymously or with names.
    SatConsultation,
    /// To look together whether rest was reached.
    RestReview,
    /// That each is heard apart by a different colleague, and that the conference goes on about a week later.
    SeparateConversations,
    /// To go a step back after a flare-up: a relapse is normal.
    StepBack,
}
