//! Help as it runs, what was asked, direct referrals.

use async_graphql::Enum;

/// A role that weighs an extension of help.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::trajectory::ReviewRole", name = "ExtensionReviewRole")]
pub enum ReviewRole {
    /// The core team of the municipality (kernteam).
    CoreTeam,
    /// The contract manager.
    ContractManager,
    /// The legal adviser.
    LegalAdviser,
}

/// What a role advises on an extension of help.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::trajectory::ExtensionAdvice")]
pub enum ExtensionAdvice {
    /// To extend.
    Extend,
    /// To extend for a shorter time.
    ExtendShorter,
    /// Not to extend.
    DoNotExtend,
}

/// What the college decided on an extension of help.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::trajectory::ExtensionOutcome")]
pub enum ExtensionOutcome {
    /// It is granted, wholly or for a shorter time.
    Granted,
    /// It is refused.
    Refused,
}

/// How help of a provider ended. None of them blames anybody.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::trajectory::TrajectoryEnding")]
pub enum TrajectoryEnding {
    /// It was enough, in the family's eyes.
    Enough,
    /// Lighter help goes on (afgeschaald).
    ScaledDown,
    /// Other help took its place.
    OtherHelp,
    /// The family stopped it.
    ByFamily,
    /// The provider stopped it.
    ByProvider,
}

/// What is asked for.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::application::ApplicationKind")]
pub enum ApplicationKind {
    /// A decision of the municipality (beschikking).
    Decision,
    /// Something material, of a fund or a scheme.
    MaterialAid,
}

/// What became of something that was asked for.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::application::ApplicationOutcome")]
pub enum ApplicationOutcome {
    /// It was given.
    Given,
    /// A part of it was given.
    PartlyGiven,
    /// It was refused.
    Refused,
    /// It is not needed any more.
    NoLongerNeeded,
}

/// Who refers straight to a provider.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::referral::Referrer", name = "DirectReferrer")]
pub enum Referrer {
    /// A general practitioner (huisarts).
    Gp,
    /// A medical specialist.
    MedicalSpecialist,
    /// A youth doctor (jeugdarts).
    YouthDoctor,
}
